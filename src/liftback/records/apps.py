"""The Django app that owns the tables."""

from django.apps import AppConfig


class Config(AppConfig):
    """Its name and label."""

    name = "liftback.records"
    label = "records"
