"""The Django app of the clinic's pages."""

from django.apps import AppConfig


class Config(AppConfig):
    """Its name and label."""

    name = "liftback.web.clinic"
    label = "clinic"
