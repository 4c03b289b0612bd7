"""The Django app of the lifter's pages."""

from django.apps import AppConfig


class Config(AppConfig):
    """Its name and label."""

    name = "liftback.web.lifter"
    label = "lifter"
