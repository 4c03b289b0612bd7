"""The weekly report of promises kept, counted by hand."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from liftback.records import consents
from liftback.records.models import Clinic, ConsultRequest
from liftback.records.read.clinic import promises
from liftback.records.read.clinic.promises import Asked, counted, outcome, together, weekly
from tests.people import NOW, clinic

MONDAY = date(2026, 11, 23)
H = timedelta(hours=1)
CAME = NOW - 40 * H

# How it went, hours from coming in: (met, how, closed, why), looked at after so many hours -> what became of it.
SPEC: list[tuple[str, float | None, str, float | None, str, float, str]] = [
    ("reached in time", 3, "contact", None, "", 40, "kept"),
    ("reached at the very minute", 24, "contact", None, "", 40, "kept"),
    ("reached a minute late", 24 + 1 / 60, "contact", None, "", 40, "late"),
    ("three tries in time", 20, "three_attempts", None, "", 40, "kept"),
    ("waits, in time", None, "", None, "", 23, "open"),
    ("waits, and it is over", None, "", None, "", 25, "late"),
    ("closed by staff in time, nobody reached", None, "", 5, "not_reachable", 40, "unanswered"),
    ("closed by staff after it was over", None, "", 30, "not_reachable", 40, "late"),
    ("withdrawn in time", None, "", 5, "withdrawn", 40, "withdrawn"),
    ("withdrawn after it was over", None, "", 25, "withdrawn", 40, "late"),
    ("reached, and withdrawn later", 3, "contact", 5, "withdrawn", 40, "kept"),
    ("reached late, and closed", 30, "contact", 31, "done", 40, "late"),
]


def asked(**more: Any) -> Asked:
    values: dict[str, Any] = {
        "received_at": CAME, "due_at": CAME + 24 * H, "met_at": None, "met_how": "", "closed_at": None,
        "closed_why": "", "flagged": False, **more,
    }  # fmt: skip
    return Asked(**values)


@pytest.mark.parametrize("row", SPEC, ids=[row[0] for row in SPEC])
def test_what_became_of_a_promise(row: tuple[str, float | None, str, float | None, str, float, str]) -> None:
    _, met, how, closed, why, looked, became = row
    one = asked(
        met_at=None if met is None else CAME + met * H,
        met_how=how,
        closed_at=None if closed is None else CAME + closed * H,
        closed_why=why,
    )
    assert outcome(one, CAME + looked * H) == became


def test_where_none_was_made_none_is_judged() -> None:
    with pytest.raises(ValueError, match="no promise"):
        outcome(asked(due_at=None), NOW)


_HOURS = st.integers(0, 80).map(lambda hours: CAME + hours * H)
_ASKED = st.builds(
    asked,
    met_at=st.none() | _HOURS,
    closed_at=st.none() | _HOURS,
    closed_why=st.sampled_from(("", "withdrawn", "done")),
    flagged=st.booleans(),
    due_at=st.none() | st.just(CAME + 24 * H),
)


@given(st.lists(_ASKED, max_size=30), _HOURS)
def test_every_request_is_counted_once(rows: list[Asked], now: datetime) -> None:
    week = counted(MONDAY, rows, now)
    assert week.received == week.kept + week.late + week.unanswered + week.open + week.withdrawn
    assert week.received + week.no_promise + week.flagged == len(rows)
    assert week.share is None or (week.share == 100) == (week.kept == week.judged)


def test_a_weeks_numbers() -> None:
    rows = [
        asked(met_at=CAME + 1 * H, met_how="contact"),
        asked(met_at=CAME + 3 * H, met_how="contact"),
        asked(met_at=CAME + 20 * H, met_how="three_attempts"),
        asked(met_at=CAME + 26 * H, met_how="contact"),
        asked(due_at=None),
        asked(flagged=True, due_at=CAME, met_at=CAME + 0.5 * H, met_how="contact"),
        asked(flagged=True, due_at=CAME),
    ]
    week = counted(MONDAY, rows, NOW)
    assert (week.received, week.kept, week.late, week.by_attempts, week.no_promise) == (4, 3, 1, 1, 1)
    assert (week.share, week.median) == (75, 180)  # three attempts are no contact: 1 h, 3 h and 26 h
    assert (week.flagged, week.flagged_open, week.flagged_median) == (2, 1, 30)


def request(of: Clinic, at: datetime, **more: Any) -> ConsultRequest:
    consent = consents.current(clinic=of, kind=consents.CONSULT, now=at)
    values: dict[str, Any] = {
        "clinic": of, "form_id": uuid.uuid4(), "name": "Ann", "consent": consent, "consent_at": at, "route": "queue",
        "received_at": at, "due_at": at + 24 * H, **more,
    }  # fmt: skip
    return ConsultRequest.objects.create(**values)


def test_weeks_begin_on_monday_at_midnight_of_the_clinic(db: None) -> None:
    here, there = clinic("here"), clinic("there")
    sunday = datetime(2026, 11, 23, 4, 59, tzinfo=UTC)  # 23:59 of Sunday in New York
    request(here, sunday, met_at=sunday + H, met_how="contact")
    request(here, sunday + timedelta(minutes=1))
    request(there, sunday)
    weeks = weekly(clinic=here, now=NOW, weeks=3)
    assert [(one.first, one.received) for one in weeks] == [
        (date(2026, 11, 23), 1), (date(2026, 11, 16), 1), (date(2026, 11, 9), 0),
    ]  # fmt: skip
    assert (together(weeks).received, together(weeks).share) == (2, 100)


def test_a_week_with_a_change_of_clocks_has_all_its_requests(db: None) -> None:
    here = clinic("here")  # the clocks of New York went back on 1 November 2026
    first = datetime(2026, 10, 26, 4, 0, tzinfo=UTC)
    for hour in range(169):
        request(here, first + hour * H)
    weeks = {one.first: one.received for one in weekly(clinic=here, now=NOW, weeks=6)}
    assert (weeks[date(2026, 10, 26)], weeks[date(2026, 11, 2)]) == (169, 0)


def test_the_report_asks_once_however_many_weeks(db: None) -> None:
    here = clinic("here")
    for week in range(8):
        request(here, NOW - timedelta(weeks=week, hours=1))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert len(weekly(clinic=here, now=NOW, weeks=promises.MOST_WEEKS)) == 26
    assert len(seen) == 1
    assert len(weekly(clinic=here, now=NOW, weeks=1_000)) == promises.MOST_WEEKS
