"""Addresses of this part."""

from django.urls import URLPattern, path

from liftback.web.lifter.offline import views

urlpatterns: list[URLPattern] = [
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("offline/", views.offline, name="offline"),
    path("queue/", views.queue, name="queue"),
    path("signs-offline/", views.signs_offline, name="signs_offline"),
    path("sync/", views.sync, name="sync"),
]
