"""Who may practise where. Where no row says so, nobody may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRow:
    """A therapist's right to practise in a state (two letters), from its first day through its last, if one is set."""

    therapist: int
    state: str
    kind: str
    valid_from: date
    valid_until: date | None


def holds_on(row: LicenceRow, day: date) -> bool:
    """Whether it holds on that day; the last day counts."""
    return row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)


def who_may(*, rows: Iterable[LicenceRow], state: str, day: date) -> tuple[int, ...]:
    """The therapists who may practise in a state on a day of the clinic's calendar, in the order of their numbers."""
    wanted = state.strip().upper()
    return tuple(sorted({row.therapist for row in rows if wanted and row.state == wanted and holds_on(row, day)}))


def may_on(*, rows: Iterable[LicenceRow], therapist: int, state: str, day: date) -> bool:
    """Whether one therapist may practise in a state on that day: a call's own day, not the day it is booked."""
    return therapist in who_may(rows=rows, state=state, day=day)


def until_when(*, rows: Iterable[LicenceRow], therapist: int, state: str, day: date) -> date | None:
    """The last day through which a therapist may practise there without a break, from `day` on.

    None where no end is set. Ask `may_on` first: a therapist who may not has no such day (ValueError).
    """
    mine = [row for row in rows if row.therapist == therapist and row.state == state.strip().upper()]
    reached = day - timedelta(days=1)
    while found := [row for row in mine if holds_on(row, reached + timedelta(days=1))]:
        ends = [row.valid_until for row in found]
        if None in ends:
            return None
        reached = max(end for end in ends if end is not None)
    if reached < day:
        message = f"therapist {therapist} may not practise in {state} on {day}"
        raise ValueError(message)
    return reached


def ends_soon(*, rows: Iterable[LicenceRow], day: date, within_days: int) -> tuple[LicenceRow, ...]:
    """Rows that hold today and end within so many days, soonest first, unless another row goes on after them."""
    every = tuple(rows)
    last = day + timedelta(days=within_days)
    ending = [
        (row.valid_until, row.therapist, row.state, row.kind, row)
        for row in every
        if row.valid_until is not None and holds_on(row, day) and row.valid_until <= last and not _goes_on(row, every)
    ]
    return tuple(found[-1] for found in sorted(ending, key=lambda found: found[:-1]))


def _goes_on(row: LicenceRow, every: tuple[LicenceRow, ...]) -> bool:
    """Whether the therapist may still practise in that state on the day after the row's last."""
    if row.valid_until is None:
        return True
    return may_on(rows=every, therapist=row.therapist, state=row.state, day=row.valid_until + timedelta(days=1))
