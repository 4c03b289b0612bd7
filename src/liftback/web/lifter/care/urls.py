"""Addresses of what joins a lifter and a clinic."""

from django.urls import URLPattern, path

from liftback.web.lifter.care import joining, looked, messages, sharing

urlpatterns: list[URLPattern] = [
    path("messages/", messages.messages, name="messages"),
    path("clinic/", sharing.my_clinic, name="my_clinic"),
    path("who-looked/", looked.who_looked, name="who_looked"),
    path("join/<str:token>/", joining.join, name="join"),
]
