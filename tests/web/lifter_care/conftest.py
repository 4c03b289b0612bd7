"""A clinic, a lifter, and browsers of both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from liftback.records import write
from liftback.records.models import Episode, Person
from tests.people import NOW, story
from tests.records.clinic.treated import Care, care, patient

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(who: Person) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(who, backend=BACKEND)
    return client


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    """The clock stands at one noon, and nobody has sent too many forms yet."""
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here(db: None) -> Care:
    """A clinic and a lifter with a calm story."""
    made = care()
    write.keep_story(**made.own, document=story(), via="interview", now=NOW)
    return made


@pytest.fixture
def episode(here: Care) -> Episode:
    """The lifter as a patient."""
    return patient(here)


@pytest.fixture
def at_home(here: Care) -> Client:
    """The lifter's browser."""
    return browser(here.person)


@pytest.fixture
def at_desk(here: Care) -> Client:
    """The therapist's browser."""
    return browser(here.staff.person)
