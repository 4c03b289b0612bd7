"""Writing a clinic's own terms: who it is, when it is open, what it promises, how calls are booked, what is off.

Each change is one transaction with a row of the audit that says what was changed from what. Terms hold for what comes
in afterwards: a promise that runs keeps the due time it was given, a booked call its time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from liftback.records import consents, modules, texts
from liftback.records.audit import WRITE, audited
from liftback.records.days import day_in, zones
from liftback.records.policies import NotNowError
from liftback.records.scheduling.places import STATE_NAMES
from liftback.records.scheduling.public_holidays import holidays_between
from liftback.records.staff import SETTINGS, Staff
from liftback.records.tables.people import Clinic
from liftback.records.tables.practice import ClosedDay, OpeningHours, StateTerms
from liftback.records.write.storable import storable

LIMITS: dict[str, tuple[int, int]] = {
    "promise_hours": (1, 240),
    "call_minutes": (5, 60),
    "buffer_minutes": (0, 60),
    "notice_minutes": (0, 20_160),
    "horizon_days": (1, 90),
    "daily_cap": (1, 40),
    "hold_minutes": (2, 60),
    "keeps_days": (30, 3_650),
}
"""The least and the most of each number: wide enough for any clinic, narrow enough to catch a slip of the finger."""
_STEPPED = ("call_minutes", "buffer_minutes")
_STEP = 5
MOST_CLOSED_AT_ONCE = 62
FURTHEST_CLOSED = timedelta(days=1_100)
LONGEST_NOTE = 500
_LENGTHS = {"name": 120, "phone": 32, "email": 254, "address": 200, "subdivision": 8}


class RefusedError(NotNowError):
    """Something in a form cannot be kept; `faults` says what, by the name of the field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


@contextmanager
def changing_terms(*, staff: Staff, now: datetime, why: str) -> Iterator[Clinic]:
    """The clinic's row, locked until all is written; the audit's row says who, when and `why` (what was changed).

    Raises NotAllowedError for whoever is no owner.
    """
    with audited(staff=staff, deed=WRITE, what="settings", now=now, needs=SETTINGS, why=why):
        yield Clinic.objects.select_for_update().get(pk=staff.clinic.pk)


def set_contact(
    *,
    staff: Staff,
    now: datetime,
    name: str,
    phone: str,
    email: str,
    address: str,
    zone: str,
    country: str,
    subdivision: str,
) -> None:
    """Who the clinic is and where. Raises RefusedError."""
    values = {"name": name, "phone": phone, "email": email, "address": address}
    told: dict[str, Any] = {key: " ".join(storable(one).split()) for key, one in values.items()}
    told |= {"zone": zone, "country": country.strip().upper(), "subdivision": subdivision.strip().upper()}
    faults = {
        key: f"That is too long; at most {most} letters." for key, most in _LENGTHS.items() if len(told[key]) > most
    }
    if not told["name"]:
        faults["name"] = "A clinic has a name; people read it on every page."
    if told["email"] and not _is_email(told["email"]):
        faults["email"] = "That is no e-mail address. Leave it out where there is none."
    if told["zone"] not in zones():
        faults["zone"] = "Choose one of the time zones of the list."
    if not (len(told["country"]) == 2 and told["country"].isalpha()):  # noqa: PLR2004 - the letters of a country
        faults["country"] = "Two letters, such as US."
    _refuse(faults)
    _set(staff, now, told)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def set_promise(*, staff: Staff, now: datetime, promise_kind: str, promise_hours: int, keeps_days: int) -> None:
    """What is promised, and how long closed requests are kept. It holds for what comes in from now on."""
    told = {"promise_kind": promise_kind, "promise_hours": promise_hours, "keeps_days": keeps_days}
    faults = _out_of_bounds(told)
    if promise_kind not in Clinic.Promise.values:
        faults["promise_kind"] = "Choose clock hours or one business day."
    _refuse(faults)
    _set(staff, now, told)


def set_booking(*, staff: Staff, now: datetime, booking: str, **numbers: int) -> None:
    """How the free call is booked: `booking` and the numbers of `LIMITS` that are its own."""
    told: dict[str, Any] = {"booking": booking, **numbers}
    faults = _out_of_bounds(told)
    for name in _STEPPED:
        if name in told and name not in faults and told[name] % _STEP:
            faults[name] = f"Whole steps of {_STEP} minutes, such as {told[name] // _STEP * _STEP or _STEP}."
    if booking not in Clinic.BookingTerms.values:
        faults["booking"] = "Choose at once, on request, or not at all."
    _refuse(faults)
    _set(staff, now, told)


def set_modules(*, staff: Staff, now: datetime, off: Collection[str]) -> None:
    """Switch modules off, and all others on. Warning signs are no module."""
    _refuse({"off": "That is no module of this list."} if set(off) - set(modules.MODULES) else {})
    _set(staff, now, {"modules_off": [one for one in modules.MODULES if one in set(off)]})


def set_text(*, staff: Staff, now: datetime, name: str, text: str) -> None:
    """A text of the clinic's own (`records.texts`); empty takes it away."""
    words = storable(text).strip()
    if name not in texts.TEXTS or len(words) > texts.LONGEST:
        raise RefusedError({name: f"At most {texts.LONGEST} letters."})
    if texts.own(staff.clinic, name) == words:
        return
    with changing_terms(staff=staff, now=now, why=f"text: {name}") as clinic:
        Clinic.objects.filter(pk=clinic.pk).update(texts={**clinic.texts, name: words})


def reword_consent(*, staff: Staff, now: datetime, kind: str, language: str, text: str) -> None:
    """A new version of a text that people agree to; what was agreed to before stays as it was. Raises NotNowError."""
    with changing_terms(staff=staff, now=now, why=f"consent text: {kind} ({language})") as clinic:
        consents.reword(clinic=clinic, kind=kind, text=text, now=now, language=language)


def set_hours(*, staff: Staff, now: datetime, days: Mapping[int, Sequence[tuple[time, time]]]) -> None:
    """The opening hours of the week by weekday (0 is Monday), instead of those before."""
    wanted = sorted((day, opens, closes) for day, spans in days.items() for opens, closes in spans)
    if any(not 0 <= day <= 6 or closes <= opens for day, opens, closes in wanted):  # noqa: PLR2004 - a weekday
        raise RefusedError({"hours": "A span of hours ends after it begins, on a day of the week."})
    rows = OpeningHours.objects.filter(clinic=staff.clinic)
    if sorted(rows.values_list("weekday", "opens", "closes")) == wanted:
        return
    with changing_terms(staff=staff, now=now, why="opening hours") as clinic:
        rows.delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(clinic=clinic, weekday=day, opens=opens, closes=closes) for day, opens, closes in wanted
        )


def close_days(
    *, staff: Staff, now: datetime, first: date, last: date | None = None, name: str = "", open_anyway: bool = False
) -> None:
    """Days on which the clinic is closed besides its holidays; with `open_anyway` a holiday is taken back."""
    today, until = day_in(staff.clinic.zone, now), last or first
    if until < first:
        raise RefusedError({"last": "The last day comes after the first."})
    if first < today or until > today + FURTHEST_CLOSED:
        raise RefusedError({"first": "A day from today on, and at most three years ahead."})
    if (until - first).days >= MOST_CLOSED_AT_ONCE:
        raise RefusedError({"last": f"At most {MOST_CLOSED_AT_ONCE} days at once."})
    days = [first + timedelta(days=place) for place in range((until - first).days + 1)]
    if open_anyway:
        _are_holidays(staff.clinic, days)
    why = f"{'open on' if open_anyway else 'closed on'} {first}" + (f" to {until}" if until != first else "")
    with changing_terms(staff=staff, now=now, why=why) as clinic:
        ClosedDay.objects.filter(clinic=clinic, day__in=days).delete()
        words = " ".join(storable(name).split())[:80]
        ClosedDay.objects.bulk_create(
            ClosedDay(clinic=clinic, day=one, name=words, open_anyway=open_anyway) for one in days
        )


def _are_holidays(clinic: Clinic, days: Sequence[date]) -> None:
    years = {one.year for one in days}
    holidays = holidays_between(country=clinic.country, subdivision=clinic.subdivision, years=years).dates
    missing = [one for one in days if one not in holidays]
    if missing:
        raise RefusedError({"first": f"{missing[0]} is no holiday here, so there is nothing to take back."})


def open_day(*, staff: Staff, now: datetime, closed: int) -> None:
    """Take a row of `close_days` back, by its number. One that is not there is not there any more."""
    found = ClosedDay.objects.filter(clinic=staff.clinic, pk=closed).first()
    if found is None:
        return
    with changing_terms(staff=staff, now=now, why=f"as usual again on {found.day}"):
        ClosedDay.objects.filter(pk=found.pk).delete()


def set_state(*, staff: Staff, now: datetime, state: str, care_by_phone: bool, note: str) -> None:
    """Whether care by phone is allowed in a state; never without the note of who allows it."""
    words, faults = " ".join(storable(note).split()), {}
    if state not in STATE_NAMES:
        faults["state"] = "Choose one of the states of the list."
    if care_by_phone and not words:
        faults["note"] = "Write who allows it and when, such as your counsel's name and the day."
    if len(words) > LONGEST_NOTE:
        faults["note"] = f"At most {LONGEST_NOTE} letters."
    _refuse(faults)
    why = f"care by phone in {state}: {'yes' if care_by_phone else 'no'}"
    with changing_terms(staff=staff, now=now, why=why) as clinic:
        values = {"care_by_phone": care_by_phone, "note": words, "noted_on": day_in(clinic.zone, now)}
        StateTerms.objects.update_or_create(clinic=clinic, state=state, defaults=values)


def _refuse(faults: Mapping[str, str]) -> None:
    if faults:
        raise RefusedError(faults)


def _out_of_bounds(told: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: f"A number from {least:,} to {most:,}."
        for name, (least, most) in LIMITS.items()
        if name in told and not least <= told[name] <= most
    }


def _set(staff: Staff, now: datetime, told: Mapping[str, Any]) -> None:
    """Keep what differs; the same again changes nothing and leaves no row."""
    before = Clinic.objects.get(pk=staff.clinic.pk)
    changed = {name: value for name, value in told.items() if getattr(before, name) != value}
    if not changed:
        return
    why = "; ".join(f"{name}: {getattr(before, name)} → {value}" for name, value in changed.items())
    with changing_terms(staff=staff, now=now, why=why) as clinic:
        Clinic.objects.filter(pk=clinic.pk).update(**changed)
