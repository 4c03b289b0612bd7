"""Access, tested as people over the whole list of addresses: see `access_table`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from liftback.records import write
from liftback.records.models import LogFile
from tests.people import NOW, People, entry, everybody, lifter_of, story
from tests.web.access_row import EVERYBODY, Row
from tests.web.access_table import PARTS, TABLE

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MARK = "words that only the lifter may see"
FILE = "log-of-the-lifter.csv"
THINGS: dict[str, str] = {}
"""Parts of addresses that name something of the clinic's side, by the name that rows give them."""


def names(patterns: Iterable[Any], space: str = "") -> Iterator[str]:
    """The name of every address there is."""
    for one in patterns:
        if hasattr(one, "url_patterns"):
            inner = getattr(one, "namespace", None)
            yield from names(one.url_patterns, f"{space}{inner}:" if inner else space)
        else:
            yield f"{space}{one.name}"


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert set(names(get_resolver().url_patterns)) == set(TABLE)


def test_every_row_says_what_everybody_gets() -> None:
    for name, row in TABLE.items():
        assert set(row.get) == set(row.post) == set(EVERYBODY), name


@pytest.fixture
def people(db: None) -> Iterator[People]:
    """Everybody, and a lifter who told something of every kind."""
    with time_machine.travel(NOW, tick=False):
        made = everybody()
        given: dict[str, Any] = {"actor": made.lifter, "lifter": lifter_of(made.lifter), "now": NOW}
        write.keep_story(**given, document=story(), via="interview")
        write.tell(**given, entries=[entry("check_in", pain=3, note=MARK), entry("flare", note=MARK)])
        write.import_file(**given, name=FILE, content=b"x", format="strong", sets=1, unit="", names={})
        write.make_calendar(**given)
        THINGS.clear()
        for part in PARTS:
            THINGS.update(part.make(made))
        yield made


def address(name: str, row: Row, people: People) -> str:
    own = {"lifter.file": str(LogFile.objects.get().pk), "lifter.calendar": lifter_of(people.lifter).calendar_token}
    own |= THINGS
    return reverse(name, args=[own.get(one, one) for one in row.args]) + row.query


def got(client: Client, method: str, where: str) -> tuple[str, bytes]:
    """What comes back, as the table writes it; whatever was changed is changed back."""
    cache.clear()
    with transaction.atomic():
        answer = getattr(client, method)(where)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    place = f" {answer.headers['Location'].partition('?')[0]}" if answer.status_code == 302 else ""
    return f"{answer.status_code}{place}", content


def shows(content: bytes, secret: str) -> bool:
    """Whether the words are there by themselves, not as the end of somebody else's address."""
    return re.search(rf"(?<![\w.]){re.escape(secret)}", content.decode(errors="replace")) is not None


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_what_the_table_says(people: People, who: str) -> None:
    wrong = []
    secrets = [MARK, FILE, people.lifter.email, lifter_of(people.lifter).calendar_token]
    for name, row in TABLE.items():
        where = address(name, row, people)
        for method, expected in (("get", row.get[who]), ("post", row.post[who])):
            client = Client(raise_request_exception=False)
            if who != "nobody":
                client.force_login(getattr(people, who), backend=BACKEND)
            answer, content = got(client, method, where)
            if answer != str(expected):
                wrong.append(f"{method} {name}: {answer}, not {expected}")
            if who not in row.sees:
                wrong += [f"{method} {name} shows {one!r}" for one in secrets if shows(content, one)]
    assert wrong == []


def test_the_lifter_sees_what_the_others_must_not(people: People) -> None:
    client = Client()
    client.force_login(people.lifter, backend=BACKEND)
    assert FILE.encode() in got(client, "get", "/log/")[1]
    assert people.lifter.email.encode() in got(client, "get", "/my-data/")[1]
    assert lifter_of(people.lifter).calendar_token.encode() in got(client, "get", "/calendar/")[1]


def test_a_calendar_with_a_wrong_secret_is_not_there(people: People) -> None:
    for token in ("x", "", lifter_of(people.other_lifter).calendar_token or "none"):
        assert Client().get(f"/calendar/{token}.ics").status_code == 404
