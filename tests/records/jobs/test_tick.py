"""The tick: every step by itself, by whichever worker comes first, and nothing twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from liftback.records.health import look, troubles
from liftback.records.jobs import beats, reaper, tasks, tick
from liftback.records.mail import outbox
from liftback.records.models import Heartbeat, Mail
from liftback.records.read.clinic import alive
from tests.people import NOW

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)


def test_every_step_runs_on_an_empty_store() -> None:
    assert set(tick.tick(now=NOW)) == {*tick.STEPS, *tick.SELDOM}
    assert set(tick.tick(now=NOW + LATER)) == set(tick.STEPS)
    assert set(tick.tick(now=NOW + tick.TIDY_EVERY)) == {*tick.STEPS, *tick.SELDOM}


def test_a_step_that_fails_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*, now: datetime) -> int:
        raise OperationalError("planted words")

    monkeypatch.setitem(tick.STEPS, "escalate", fails)
    done = tick.tick(now=NOW)
    assert "escalate" not in done
    assert set(done) == {*tick.STEPS, *tick.SELDOM} - {"escalate"}
    assert "planted" not in caplog.text
    assert [one.__dict__["error"] for one in caplog.records if one.message == "tick"] == ["OperationalError"]
    words = troubles(look(now=NOW))
    assert words == ["a step of the tick does not come to its end"]


def test_only_one_worker_ticks_at_a_time() -> None:
    assert tick.tick_if_due(now=NOW) is not None
    assert tick.tick_if_due(now=NOW) is None
    assert tick.tick_if_due(now=NOW + tick.EVERY - timedelta(seconds=1)) is None
    assert tick.tick_if_due(now=NOW + tick.EVERY) is not None


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_was_an_hour_off_keeps_nobody_waiting(hours: int) -> None:
    tick.tick_if_due(now=NOW + timedelta(hours=hours))
    assert tick.tick_if_due(now=NOW) is not None


def test_a_turn_is_taken_once_where_two_saw_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    beats.beat("x", NOW)
    monkeypatch.setattr(beats, "last", lambda _name: NOW)
    now = NOW + timedelta(minutes=1)
    assert [beats.take_turn("x", now, every=tick.EVERY) for _ in range(2)] == [True, False]


def test_silence_is_seen_at_the_desk_and_in_health() -> None:
    assert alive.last_tick(NOW) is None
    assert alive.is_silent(alive.last_tick(NOW), now=NOW)
    assert "no worker has ever run" in troubles(look(now=NOW))
    tick.tick(now=NOW)
    assert alive.last_tick(NOW) == NOW
    assert troubles(look(now=NOW)) == []
    a_day_later = NOW + timedelta(days=1)
    assert not alive.is_silent(alive.last_tick(NOW), now=NOW + timedelta(minutes=5))
    assert alive.is_silent(alive.last_tick(a_day_later), now=a_day_later)
    assert "no worker has run for some minutes" in troubles(look(now=a_day_later))
    tick.tick(now=a_day_later)
    assert not alive.is_silent(alive.last_tick(a_day_later), now=a_day_later)


def test_the_command_says_what_each_step_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("tick")
    assert "escalate: 0" in capsys.readouterr().out


def running(tries: int, **more: Any) -> Any:
    """A job that a worker took ten minutes ago."""
    tasks.send_mail.enqueue(1)
    row = DBTaskResult.objects.order_by("-enqueued_at")[0]
    given = {"status": "RUNNING", "worker_ids": ["w"] * tries, "started_at": NOW - timedelta(minutes=10), **more}
    DBTaskResult.objects.filter(pk=row.pk).update(**given)
    return row


@pytest.mark.parametrize(("tries", "then"), [(1, "READY"), (2, "READY"), (3, "FAILED")])
def test_the_job_of_a_killed_worker_goes_on_or_is_given_up(tries: int, then: str) -> None:
    row = running(tries)
    assert reaper.reap(now=NOW) == 1
    row.refresh_from_db()
    assert row.status == then
    assert (row.started_at is None) == (then == "READY")
    assert look(now=NOW).jobs_failed == (then == "FAILED")
    assert reaper.reap(now=NOW) == 0


def test_a_job_that_runs_is_left_alone() -> None:
    running(1, started_at=NOW - timedelta(minutes=1))
    assert reaper.reap(now=NOW) == 0


def test_what_is_over_is_tidied_away() -> None:
    old = running(1, status="SUCCESSFUL", finished_at=NOW - timedelta(days=1))
    running(1, status="FAILED", finished_at=NOW - timedelta(days=1))
    assert reaper.tidy(now=NOW) == 1
    assert not DBTaskResult.objects.filter(pk=old.pk).exists()


def test_a_day_of_silence_loses_nothing() -> None:
    outbox.put(key="k", kind="test", to="a@people.example", subject="s", body="b", now=NOW)
    assert tick.tick(now=NOW + timedelta(days=1))["mails"] == 1
    assert Mail.objects.get().state == "queued"


def test_a_tick_twice_does_nothing_twice() -> None:
    outbox.put(key="k", kind="test", to="a@people.example", subject="s", body="b", now=NOW)
    counts = [tick.tick(now=NOW)["mails"] for _ in range(3)]
    assert counts == [1, 0, 0]
    assert Heartbeat.objects.filter(name=beats.TICK).count() == 1
