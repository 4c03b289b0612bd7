"""Addresses of this part."""

from django.urls import URLPattern, path

from liftback.web.clinic.door import asked, consult, pages

urlpatterns: list[URLPattern] = [
    path("consult/", pages.consult, name="consult"),
    path("at/<slug:slug>/", pages.home, name="home"),
    path("at/<slug:slug>/consult/", consult.consult_form, name="consult_form"),
    path("at/<slug:slug>/colleagues/", pages.colleagues, name="colleagues"),
    path("asked/<str:token>/", asked.asked, name="asked"),
    path("asked/<str:token>/place/", asked.asked_place, name="asked_place"),
    path("asked/<str:token>/introduce/", asked.introduce, name="introduce"),
    path("asked/<str:token>/withdraw/", asked.withdraw, name="withdraw"),
]
