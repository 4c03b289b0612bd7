"""A stranger with a story, and people with accounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from liftback.records.models import Person
from liftback.web.shared.visiting import TOLD
from tests.people import NOW, PASSWORD, TODAY, person, story

NEW_PASSWORD = "seven quiet barbells"  # noqa: S105 - of made-up people
SIGN_IN, SIGN_UP, VERIFY = "/account/login/", "/account/signup/", "/account/confirm-email/"


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    """The clock begins at one noon, and nobody has tried too often yet."""
    cache.clear()
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def ann(db: None) -> Person:
    """Somebody with an account."""
    return person("ann")


@pytest.fixture
def stranger(db: None) -> Client:
    """A browser of nobody."""
    return Client()


def tell(client: Client, **answers: str) -> None:
    """Put a story into the session, as the interview does."""
    session = client.session
    session[TOLD] = story(TODAY - timedelta(days=14), **answers)
    session.save()


def code() -> str:
    """The code of the last e-mail."""
    found = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None, mail.outbox[-1].body
    return found[1]


@pytest.fixture
def sign_up() -> Callable[..., Client]:
    """Signs up with the code from the e-mail: `sign_up(client, "bob@people.example")`."""

    def up(client: Client, address: str) -> Client:
        answer = client.post(SIGN_UP, {"email": address, "password1": NEW_PASSWORD}, follow=True)
        assert answer.redirect_chain[-1][0] == VERIFY, answer.content.decode()
        answer = client.post(VERIFY, {"code": code()})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return up


def sign_in(client: Client, who: Person, password: str = PASSWORD, **more: str) -> str:
    """Sign in; where it leads, empty where the form came back."""
    answer = client.post(SIGN_IN, {"login": who.email, "password": password, "remember": "on", **more})
    return str(answer.headers.get("Location", ""))
