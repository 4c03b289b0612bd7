"""A lifter who checks in: a told story, a noon that stands still, and two browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from liftback.records import write
from liftback.records.models import Entry, Lifter
from tests.people import NOW, TODAY, entry, lifter_of, person, story

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """The clock of these tests stands at one noon, and nobody has sent too many forms yet."""
    cache.clear()
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def own(db: None) -> Lifter:
    """A lifter whose story is told, with nothing else."""
    made = lifter_of(person("sam"))
    write.keep_story(actor=made.person, lifter=made, document=story(), via="interview", now=NOW)
    return made


@pytest.fixture
def client(own: Lifter) -> Client:
    """Their browser."""
    return signed_in(own)


def signed_in(lifter: Lifter) -> Client:
    """The browser of a lifter."""
    browser = Client()
    browser.force_login(lifter.person, backend=BACKEND)
    return browser


@pytest.fixture
def diary(own: Lifter) -> Callable[..., None]:
    """Check-ins of so many days up to yesterday, told on their days."""

    def tell(days: int = 20, pain: float = 3) -> None:
        told = [
            entry("check_in", TODAY - timedelta(days=back), at=NOW - timedelta(days=back), pain=pain + back % 2)
            for back in range(days, 0, -1)
        ]
        write.tell(actor=own.person, lifter=own, entries=told, now=NOW)

    return tell


def send(client: Client, path: str = "/check-in/", **fields: Any) -> HttpResponse:
    """Send a form as its page would; by HTMX with `hx=True`."""
    hx = fields.pop("hx", False)
    given = {"client_id": str(uuid4()), "day": TODAY.isoformat(), **fields}
    headers = {"HX-Request": "true"} if hx else {}
    return client.post(path, given, headers=headers)  # type: ignore[return-value]  # a test's answer is one


def told(kind: str = "check_in") -> list[Any]:
    """The payloads of a kind, in the order they were told."""
    return [one.payload for one in Entry.objects.filter(kind=kind).order_by("pk")]


def text_of(client: Client, path: str, **more: Any) -> str:
    """The page's main part."""
    page = client.get(path, **more)
    assert page.status_code == 200, page.status_code
    return str(page.content.decode().partition("<main")[2].partition("</main>")[0])
