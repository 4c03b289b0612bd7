"""A clinic's own terms as its settings show them, each with what follows from it. Nothing of any lifter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from liftback.records import consents, texts
from liftback.records.days import day_in
from liftback.records.hours_text import said
from liftback.records.promise import promised
from liftback.records.scheduling import licences, zones
from liftback.records.scheduling.due import Due
from liftback.records.scheduling.licences import LicenceRow
from liftback.records.scheduling.places import STATE_NAMES
from liftback.records.scheduling.public_holidays import holidays_between
from liftback.records.tables.looked import AuditRow
from liftback.records.tables.people import Clinic, Membership
from liftback.records.tables.practice import ClosedDay, ConsentText, Licence, OpeningHours, StateTerms

WEEKDAYS = 7
WARN_DAYS = 60
"""A licence that ends within so many days is shown as ending soon."""
_HOLIDAYS_SHOWN = 10
_EXAMPLE = (4, time(16, 30))  # a Friday at half past four: where the two ways of counting differ most
_LOOKED_UP = re.compile(r"^licence (\d+) looked up on (\d{4}-\d{2}-\d{2})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A public holiday: `taken_back` where the clinic is open anyway."""

    day: date
    name: str
    taken_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceShown:
    """A licence with what the page says of it: whether it holds today, ends soon, and when it was looked up."""

    row: Licence
    state: str
    holds: bool
    ends_soon: bool
    looked_up_on: date | None


def example(clinic: Clinic, now: datetime) -> tuple[datetime, Due]:
    """A request of the coming Friday at 16:30 of the clinic's clock, and when it would be due."""
    today = day_in(clinic.zone, now)
    day = today + timedelta(days=(_EXAMPLE[0] - today.weekday()) % WEEKDAYS)
    received = datetime.combine(day, _EXAMPLE[1], tzinfo=zones.zone(clinic.zone)).astimezone(UTC)
    return received, promised(clinic, received)


def hours(clinic: Clinic) -> dict[int, str]:
    """The opening hours of each weekday (0 is Monday) as text, such as "09:00-12:00, 13:00-17:00"."""
    spans: dict[int, list[tuple[time, time]]] = {weekday: [] for weekday in range(WEEKDAYS)}
    for row in OpeningHours.objects.filter(clinic=clinic).order_by("weekday", "opens"):
        spans[row.weekday].append((row.opens, row.closes))
    return {weekday: said(found) for weekday, found in spans.items()}


def closed_days(clinic: Clinic, now: datetime) -> list[ClosedDay]:
    """The clinic's own closed days, and holidays taken back, from today on."""
    today = day_in(clinic.zone, now)
    return list(ClosedDay.objects.filter(clinic=clinic, day__gte=today).order_by("day"))


def holidays(clinic: Clinic, now: datetime) -> tuple[list[Holiday], str]:
    """The next ten public holidays, and a word where the place is not known, so that there are none."""
    today = day_in(clinic.zone, now)
    found = holidays_between(
        country=clinic.country, subdivision=clinic.subdivision, years=range(today.year, today.year + 2)
    )
    open_on = set(ClosedDay.objects.filter(clinic=clinic, open_anyway=True).values_list("day", flat=True))
    coming = [(day, name) for day, name in found.days if day >= today][:_HOLIDAYS_SHOWN]
    return [Holiday(day=day, name=name, taken_back=day in open_on) for day, name in coming], found.word


def team(clinic: Clinic) -> list[Membership]:
    """Everybody of the clinic, those who work there first."""
    return list(
        Membership.objects.filter(clinic=clinic).select_related("person").order_by("-active", "person__name", "pk")
    )


def therapists(clinic: Clinic) -> list[Membership]:
    """Whoever can hold a licence: therapists and owners who work there."""
    return [one for one in team(clinic) if one.active and one.role != Membership.Role.FRONT_DESK]


def licences_of(clinic: Clinic, now: datetime) -> dict[int, list[LicenceShown]]:
    """The licences of each therapist, by the number of their membership."""
    today = day_in(clinic.zone, now)
    rows = list(
        Licence.objects.filter(therapist__clinic=clinic, therapist__active=True)
        .select_related("therapist__person")
        .order_by("state", "valid_from")
    )
    soon = {(one.therapist, one.state, one.valid_until) for one in _ending(rows, today)}
    looked_up = _looked_up(clinic) if rows else {}
    found: dict[int, list[LicenceShown]] = {}
    for row in rows:
        shown = LicenceShown(
            row=row,
            state=STATE_NAMES.get(row.state, row.state),
            holds=licences.holds_on(_licence_row(row), today),
            ends_soon=(row.therapist_id, row.state, row.valid_until) in soon,
            looked_up_on=looked_up.get(row.pk),
        )
        found.setdefault(row.therapist_id, []).append(shown)
    return found


def states_covered(clinic: Clinic, now: datetime) -> list[str]:
    """The names of the states where somebody of the clinic may practise today."""
    shown = [one for rows in licences_of(clinic, now).values() for one in rows if one.holds]
    return sorted({one.state for one in shown})


def state_terms(clinic: Clinic) -> list[StateTerms]:
    """The states about which the clinic's counsel said something."""
    return list(StateTerms.objects.filter(clinic=clinic).order_by("state"))


def consent_texts(clinic: Clinic, now: datetime, language: str) -> list[dict[str, Any]]:
    """Each kind of text that people agree to: the current one, and those before it, newest first."""
    own = ConsentText.objects.filter(clinic=clinic, language=language).order_by("-version")
    older: dict[str, list[ConsentText]] = {}
    for one in own:
        older.setdefault(one.kind, []).append(one)
    return [
        {
            "kind": kind,
            "current": older[kind][0] if kind in older else consents.current(clinic=clinic, kind=kind, now=now),
            "own": kind in older,
            "older": older.get(kind, [])[1:],
        }
        for kind in consents.FIRST
    ]


def own_texts(clinic: Clinic) -> dict[str, str]:
    """The clinic's own words by name."""
    return {name: texts.own(clinic, name) for name in texts.TEXTS}


def _ending(rows: list[Licence], today: date) -> tuple[LicenceRow, ...]:
    return licences.ends_soon(rows=[_licence_row(one) for one in rows], day=today, within_days=WARN_DAYS)


def _licence_row(row: Licence) -> LicenceRow:
    return LicenceRow(
        therapist=row.therapist_id, state=row.state, kind=row.kind, valid_from=row.valid_from,
        valid_until=row.valid_until,
    )  # fmt: skip


def _looked_up(clinic: Clinic) -> dict[int, date]:
    rows = AuditRow.objects.filter(clinic=clinic.pk, what="settings", why__contains=" looked up on ").order_by("pk")
    found = (_LOOKED_UP.match(why) for why in rows.values_list("why", flat=True))
    return {int(one.group(1)): date.fromisoformat(one.group(2)) for one in found if one is not None}
