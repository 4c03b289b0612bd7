"""A lifter under a plan, on one fixed day: the injured sample lifter with a log, signed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
import yaml
from django.test import Client

from liftback.records import write
from liftback.records.models import Entry, Lifter
from liftback.records.write import NewEntry
from tests.people import lifter_of, person

ROOT = Path(__file__).resolve().parents[3]
LOG = ROOT / "examples" / "strong.csv"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BEGUN = date(2026, 11, 17)
NOW = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)
"""A Thursday, on which the sample lifter trains."""
TODAY = NOW.date()


@cache
def injured(day: date = TODAY, **answers: Any) -> str:
    """The injured sample lifter's story as it was told by a day, as a story file's text."""
    base = yaml.safe_load((ROOT / "examples" / "story.yaml").read_text(encoding="utf-8"))
    about = yaml.safe_load((ROOT / "docs" / "plans" / "injured.yaml").read_text(encoding="utf-8"))
    told = {**base["answers"], **about["answers"]}
    for week in about["weeks"]:
        told |= week["answers"] if week["from"] <= day else {}
    return yaml.safe_dump({"about": base["about"], "answers": {**told, **answers}})


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """The day of the tests; `clock.move_to(...)` for another one."""
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def make_lifter(name: str, document: str | None) -> Lifter:
    """A lifter with a log, and the story that is given."""
    made = lifter_of(person(name))
    if document is None:
        return made
    write.keep_story(actor=made.person, lifter=made, document=document, via="interview", now=NOW - timedelta(days=2))
    write.import_file(
        actor=made.person,
        lifter=made,
        name="strong.csv",
        content=LOG.read_bytes(),
        format="strong",
        sets=1,
        unit="kg",
        names={},
        now=NOW - timedelta(days=2),
    )
    return made


@pytest.fixture
def own(db: None) -> Lifter:
    """The injured lifter, two days into the plan."""
    return make_lifter("sam", injured())


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
def tell(own: Lifter) -> Callable[..., str]:
    """Tell something on a day: `tell("done", lift=..., told={...})`."""

    def told(kind: str, day: date = TODAY, *, at: datetime = NOW, **payload: Any) -> str:
        made = uuid4()
        one = NewEntry(kind=kind, client_id=made, device="test", day=day, client_time=at, payload=payload)
        own.refresh_from_db()
        (outcome,) = write.tell(actor=own.person, lifter=own, entries=[one], now=max(at, NOW))
        assert outcome.state == "kept", outcome.why
        return str(made)

    return told


def words(client: Client, path: str = "/today/", **more: Any) -> str:
    """The main part of a page without its scripts' values."""
    page = client.get(path, **more)
    assert page.status_code == 200, page.status_code
    return main_of(page.content.decode())


def main_of(text: str) -> str:
    """The main part of a page's text, without the values that it has for scripts."""
    inside = text.partition("<main")[2].partition("</main>")[0] or text
    return re.sub(r"<script.*?</script>", "", inside, flags=re.DOTALL)


def entries(kind: str) -> list[Entry]:
    """Entries of a kind, in the order in which they were told."""
    return list(Entry.objects.filter(kind=kind).order_by("pk"))
