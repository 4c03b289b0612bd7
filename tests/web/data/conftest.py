"""People and files for the tests of what a lifter owns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liftback.records.models import Lifter, Person
from tests.people import NOW, lifter_of, person

SAMPLES = Path(__file__).parents[2] / "samples"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    """The clock of these tests stands at one noon, and nobody has sent too many forms yet."""
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ann(db: None) -> Person:
    """A lifter."""
    made = person("ann")
    lifter_of(made)
    return made


@pytest.fixture
def lifter(ann: Person) -> Lifter:
    """Ann's records."""
    return Lifter.objects.get(person=ann)


@pytest.fixture
def at_home(ann: Person) -> Client:
    """A browser in which Ann is signed in."""
    client = Client()
    client.force_login(ann, backend=BACKEND)
    return client


@pytest.fixture
def stranger(db: None) -> Client:
    """A browser of nobody."""
    return Client()


@pytest.fixture
def dropped() -> Callable[..., dict[str, Any]]:
    """The values of the form with a sample file, or with other bytes: `dropped("strong_comma.csv", look="1")`."""

    def drop(name: str, content: bytes | None = None, **more: Any) -> dict[str, Any]:
        given = (SAMPLES / name).read_bytes() if content is None else content
        return {"file": SimpleUploadedFile(name, given), **more}

    return drop
