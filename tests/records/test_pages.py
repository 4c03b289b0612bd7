"""Pages are worked out once, kept, and never shown when something was told since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liftback.records import read, working_out, write
from liftback.records.models import Lifter, Snapshot
from liftback.records.permissions import NotAllowedError
from liftback.records.refreshing import refresh_day, refresh_stale
from tests.people import NOW, TODAY, entry, lifter_of, person, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Lifter:
    lifter = lifter_of(person("sam"))
    write.keep_story(actor=lifter.person, lifter=lifter, document=story(), via="interview", now=NOW)
    return lifter


def page(own: Lifter, name: str = "answers", now: Any = NOW) -> Any:
    return read.page(actor=own.person, lifter=read.lifter_of(own.person) or own, name=name, now=now)


def count(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often pages were worked out."""
    times: list[int] = []
    really = working_out.pages_from

    def counted(*given: Any, **more: Any) -> Any:
        times.append(1)
        return really(*given, **more)

    monkeypatch.setattr(working_out, "pages_from", counted)
    return times


def test_a_page_is_worked_out_once(own: Lifter, monkeypatch: pytest.MonkeyPatch) -> None:
    times = count(monkeypatch)
    first = page(own)
    assert page(own) == first
    assert page(own, "plan") is not None
    assert page(own, "course") is None, "no score yet"
    assert len(times) == 3, "each of them once"


def test_what_was_told_since_is_never_left_out(own: Lifter) -> None:
    before = page(own)["advice"]["level"]
    write.keep_story(actor=own.person, lifter=own, document=story(saddle_numbness="new_numbness"), via="signs", now=NOW)
    assert (before, page(own)["advice"]["level"]) == ("self_manage", "emergency")


def test_a_new_day_is_worked_out_anew(own: Lifter, monkeypatch: pytest.MonkeyPatch) -> None:
    page(own)
    times = count(monkeypatch)
    page(own, now=NOW + timedelta(days=1))
    assert len(times) == 1


def test_the_refresher_gets_there_first(own: Lifter, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refresh_stale(now=NOW) == 1
    assert Lifter.objects.get(pk=own.pk).stale_since is None
    times = count(monkeypatch)
    page(own)
    assert times == []
    assert refresh_stale(now=NOW) == 0
    assert refresh_day(now=NOW) == 0
    assert refresh_day(now=NOW + timedelta(days=1)) == 1


def test_one_lifter_who_cannot_be_worked_out_keeps_nobody_waiting(own: Lifter, monkeypatch: pytest.MonkeyPatch) -> None:
    other = lifter_of(person("kim"))
    write.keep_story(actor=other.person, lifter=other, document=story(), via="interview", now=NOW + timedelta(1))
    really = working_out.pages_from

    def failing(inputs: Any, **more: Any) -> Any:
        if not Snapshot.objects.exists() and not failed:
            failed.append(1)
            raise ValueError("a fault of ours")
        return really(inputs, **more)

    failed: list[int] = []
    monkeypatch.setattr(working_out, "pages_from", failing)
    assert refresh_stale(now=NOW) == 1
    assert refresh_stale(now=NOW) == 0


def test_an_older_working_out_does_not_replace_a_newer_one(own: Lifter, monkeypatch: pytest.MonkeyPatch) -> None:
    really = working_out.pages_from

    def slow(inputs: Any, **more: Any) -> Any:
        monkeypatch.setattr(working_out, "pages_from", really)
        write.tell(actor=own.person, lifter=own, entries=[entry("check_in", pain=3)], now=NOW)
        page(own)  # somebody else looks meanwhile
        return really(inputs, **more)

    monkeypatch.setattr(working_out, "pages_from", slow)
    working_out.work_out(own, today=TODAY, now=NOW)
    assert Snapshot.objects.get(name="answers").revision == 2


def test_a_log_that_can_no_longer_be_read_is_named_and_stops_nothing(own: Lifter) -> None:
    write.import_file(
        actor=own.person, lifter=own, name="old.csv", content=b"no log at all", format="strong", sets=3, unit="",
        names={}, now=NOW,
    )  # fmt: skip
    assert any("old.csv" in one for one in page(own)["troubles"])


def test_a_lifter_who_is_gone_meanwhile_is_nobodys(own: Lifter) -> None:
    Lifter.objects.filter(pk=own.pk).delete()
    with pytest.raises(NotAllowedError):
        working_out.work_out(own, today=TODAY, now=NOW)
    with pytest.raises(NotAllowedError):
        write.tell(actor=own.person, lifter=own, entries=[entry("check_in", pain=3)], now=NOW)
