"""Who uses the pages of a clinic's own terms in the tests, each with a browser."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.test import Client

from liftback.records.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(who: Person) -> Client:
    """A browser in which somebody is signed in; nobody has sent too many forms yet."""
    cache.clear()
    client = Client()
    client.force_login(who, backend=BACKEND)
    return client


def text_of(answer: Any) -> str:
    """The page, with its lines joined."""
    return " ".join(answer.content.decode().split())
