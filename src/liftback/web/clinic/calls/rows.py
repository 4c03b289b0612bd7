"""The calls of the desk as rows by day, and how full the coming days are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from liftback.records.call_times import said, zone_of
from liftback.records.days import day_in
from liftback.records.models import Booking, Clinic, Membership
from liftback.records.read.clinic import calls, slots

State = Booking.State
_DAYS_AHEAD = 5
_TONES = {
    State.REQUESTED: ("careful", "waiting"), State.CONFIRMED: ("good", "check"), State.CANCELLED: ("", "close"),
    State.DONE: ("good", "check"), State.NO_SHOW: ("careful", "unknown"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One call in a list; `tone` and `icon` go with the word of its state."""

    booking: Booking
    clock: str
    theirs: str
    therapist: str
    state: str
    tone: str
    icon: str
    rule_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfCalls:
    """The calls of one day of the clinic's calendar."""

    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How many calls a therapist has, and how many times are free, on each of the coming days."""

    name: str
    days: list[tuple[int, int]]


def state_said(state: str) -> str:
    """The word for a state."""
    return {
        State.HELD: _("Held"),
        State.REQUESTED: _("Asked for"),
        State.CONFIRMED: _("Sure"),
        State.CANCELLED: _("Cancelled"),
        State.EXPIRED: _("Let go"),
        State.DONE: _("Took place"),
        State.NO_SHOW: _("Nobody answered"),
    }[State(state)]


def by_day(bookings: Iterable[Booking], now: datetime) -> list[DayOfCalls]:
    """Calls by day, in order."""
    found: dict[date, list[Row]] = {}
    for one in bookings:
        found.setdefault(one.starts_at.astimezone(zone_of(one.clinic.zone)).date(), []).append(_row(one))
    return [DayOfCalls(title=_day_said(day, rows[0].booking.clinic, now), rows=rows) for day, rows in found.items()]


def outlook(clinic: Clinic, now: datetime) -> dict[str, object]:
    """The coming days of each therapist who takes calls: calls, and times still on offer."""
    wanted = slots.Wanted(clinic=clinic, now=now)
    today = day_in(clinic.zone, now)
    days = [today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)]
    zone = zone_of(clinic.zone)
    free: Counter[tuple[int, date]] = Counter()
    for start in slots.offered(wanted):
        day = start.starts_at.astimezone(zone).date()
        for who in start.therapists:
            free[who, day] += 1
    members = list(slots.therapists_of(clinic).select_related("person"))
    booked = slots.booked_per_day([one.pk for one in members], wanted, days[0], days[-1])
    return {
        "days": [_short(day) for day in days],
        "rows": [
            Outlook(name=_name(one), days=[(booked[one.pk, day], free[one.pk, day]) for day in days]) for one in members
        ],
    }


def _row(one: Booking) -> Row:
    ours, theirs = said(one.starts_at, one.clinic.zone), said(one.starts_at, one.zone)
    tone, icon = _TONES.get(State(one.state), ("", "unknown"))
    differs = (ours.day, ours.clock) != (theirs.day, theirs.clock)
    return Row(
        booking=one,
        clock=ours.hm,
        theirs=f"{theirs.hm}, {theirs.zone}" if differs else "",
        therapist=_name(one.therapist) if one.therapist is not None else "",
        state=state_said(one.state),
        tone=tone,
        icon=icon,
        rule_changed=calls.rule_changed(one),
    )


def _name(member: Membership) -> str:
    return member.person.name or member.person.email.partition("@")[0]


def _day_said(day: date, clinic: Clinic, now: datetime) -> str:
    today = day_in(clinic.zone, now)
    words = formats.date_format(day, "l j F")
    near = {today: _("Today"), today + timedelta(days=1): _("Tomorrow"), today - timedelta(days=1): _("Yesterday")}
    return f"{near[day]}, {words}" if day in near else words


def _short(day: date) -> str:
    return str(formats.date_format(day, "D j"))
