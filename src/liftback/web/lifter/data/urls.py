"""Addresses of this part."""

from django.urls import URLPattern, path

from liftback.web.lifter.data import log, mine, own_settings, waiting

urlpatterns: list[URLPattern] = [
    path("log/", log.log, name="log"),
    path("log/forget/", log.log_forget, name="log_forget"),
    path("log/<uuid:file>/", log.log_file, name="log_file"),
    path("log/<uuid:file>/remove/", log.log_remove, name="log_remove"),
    path("my-data/", mine.my_data, name="my_data"),
    path("my-data/export.zip", mine.export, name="export"),
    path("my-data/delete/", mine.delete, name="delete"),
    path("deleted/", mine.deleted, name="deleted"),
    path("settings/", own_settings.settings, name="settings"),
    path("units/", own_settings.units, name="units"),
    path("more/", own_settings.more, name="more"),
    path("kept-story/", waiting.waiting, name="waiting"),
]
