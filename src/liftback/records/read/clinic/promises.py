"""How the promise was kept, week by week. Numbers alone: nothing of anybody is in it.

Every request with a promise is in one place: kept (met by its due time), late (met after it, or its due time went by
unmet), closed without a contact before its due time (not kept), open, or withdrawn by the person before its due time.
Those that called for more than this queue (flagged) are counted apart: for them there is no 24 hours to wait.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from liftback.records.days import day_in
from liftback.records.scheduling import zones
from liftback.records.tables.people import Clinic
from liftback.records.tables.requests import ConsultRequest

WEEKS = 12
MOST_WEEKS = 26
WITHDRAWN = "withdrawn"
THREE_ATTEMPTS = "three_attempts"
KEPT, LATE, UNANSWERED, OPEN, TAKEN_BACK = "kept", "late", "unanswered", "open", "withdrawn"
_A_WEEK = timedelta(weeks=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the report needs of a request."""

    received_at: datetime
    due_at: datetime | None
    met_at: datetime | None
    met_how: str
    closed_at: datetime | None
    closed_why: str
    flagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week from `first` (a Monday of the clinic's calendar).

    `received` = `kept` + `late` + `unanswered` + `open` + `withdrawn`; `by_attempts` are those of `kept` and `late` met
    by three attempts. `no_promise` were sent on to a colleague or to nobody. `median` is minutes from request to
    contact, None where nobody was reached. `flagged` are counted apart, with `flagged_median`.
    """

    first: date
    received: int
    kept: int
    late: int
    unanswered: int
    open: int
    withdrawn: int
    by_attempts: int
    no_promise: int
    median: int | None
    flagged: int
    flagged_open: int
    flagged_median: int | None

    @property
    def last(self) -> date:
        """The Sunday."""
        return self.first + timedelta(days=6)

    @property
    def judged(self) -> int:
        """Those for which it is clear whether the promise was kept."""
        return self.kept + self.late + self.unanswered

    @property
    def share(self) -> int | None:
        """Percent kept of those judged, rounded down, so that 100 means all; None without any."""
        return self.kept * 100 // self.judged if self.judged else None


def weekly(*, clinic: Clinic, now: datetime, weeks: int = WEEKS) -> list[Week]:
    """The last weeks, the running one first, each with its numbers."""
    today = day_in(clinic.zone, now)
    newest = today - timedelta(days=today.weekday())
    firsts = [newest - place * _A_WEEK for place in range(min(max(weeks, 1), MOST_WEEKS))]
    zone = zones.zone(clinic.zone)
    since = datetime.combine(firsts[-1], time(), tzinfo=zone)
    fields = ("received_at", "due_at", "met_at", "met_how", "closed_at", "closed_why", "flagged")
    rows = ConsultRequest.objects.filter(clinic=clinic, received_at__gte=since).values(*fields)
    found: dict[date, list[Asked]] = {first: [] for first in firsts}
    for row in rows:
        day = row["received_at"].astimezone(zone).date()
        first = day - timedelta(days=day.weekday())
        if first in found:
            found[first].append(Asked(**row))
    return [counted(first, asked, now) for first, asked in found.items()]


def outcome(asked: Asked, now: datetime) -> str:
    """What became of a promise by now: kept, late, unanswered, open, or withdrawn. Raises ValueError without one."""
    if asked.due_at is None:
        raise ValueError("Where no promise was made, none was kept or broken.")
    if asked.met_at is not None:
        return KEPT if asked.met_at <= asked.due_at else LATE
    over = min(asked.closed_at or now, now)
    if over > asked.due_at:
        return LATE
    if asked.closed_at is None:
        return OPEN
    return TAKEN_BACK if asked.closed_why == WITHDRAWN else UNANSWERED


def counted(first: date, asked: Iterable[Asked], now: datetime) -> Week:
    """The numbers of one week's requests."""
    rows = list(asked)
    flagged = [one for one in rows if one.flagged]
    promised = [one for one in rows if not one.flagged and one.due_at is not None]
    outcomes = [outcome(one, now) for one in promised]
    return Week(
        first=first,
        received=len(promised),
        kept=outcomes.count(KEPT),
        late=outcomes.count(LATE),
        unanswered=outcomes.count(UNANSWERED),
        open=outcomes.count(OPEN),
        withdrawn=outcomes.count(TAKEN_BACK),
        by_attempts=sum(one.met_how == THREE_ATTEMPTS for one in promised),
        no_promise=sum(not one.flagged and one.due_at is None for one in rows),
        median=_median(promised),
        flagged=len(flagged),
        flagged_open=sum(one.met_at is None and one.closed_at is None for one in flagged),
        flagged_median=_median(flagged),
    )


def _median(rows: Iterable[Asked]) -> int | None:
    """Minutes to a real contact; three attempts are none."""
    waits = [
        (one.met_at - one.received_at) / _MINUTE
        for one in rows
        if one.met_at is not None and one.met_how != THREE_ATTEMPTS
    ]
    return round(statistics.median(waits)) if waits else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All weeks of a report together: `share` is percent kept of those judged, None without any."""

    received: int
    kept: int
    judged: int
    late: int
    unanswered: int
    open: int
    share: int | None


def together(weeks: Iterable[Week]) -> Whole:
    """The sum of some weeks."""
    rows = list(weeks)
    kept, judged = sum(one.kept for one in rows), sum(one.judged for one in rows)
    return Whole(
        received=sum(one.received for one in rows),
        kept=kept,
        judged=judged,
        late=sum(one.late for one in rows),
        unanswered=sum(one.unanswered for one in rows),
        open=sum(one.open for one in rows),
        share=kept * 100 // judged if judged else None,
    )
