"""The Django app of what all pages share."""

from django.apps import AppConfig


class Config(AppConfig):
    """Its name and label."""

    name = "liftback.web.shared"
    label = "shared"
