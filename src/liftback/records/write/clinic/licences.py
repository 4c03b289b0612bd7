"""Writing licences: dated rows that a person has looked up and typed in. Where there is no row, it is not allowed.

When a row was looked up stays in the audit ("licence 7 looked up on 2026-11-20"), beside who wrote it.
"""

from __future__ import annotations

from datetime import date, datetime

from liftback.records.days import day_in
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.scheduling.places import STATE_NAMES
from liftback.records.staff import Staff
from liftback.records.tables.people import Membership
from liftback.records.tables.practice import Licence
from liftback.records.write.clinic.terms import RefusedError, changing_terms
from liftback.records.write.storable import storable

LONGEST_NUMBER = 40
MOST = 120
"""Licences of one therapist: every state, twice over."""


def add(
    *,
    staff: Staff,
    now: datetime,
    membership: int,
    state: str,
    number: str,
    kind: str,
    valid_from: date,
    valid_until: date | None,
    looked_up_on: date | None,
) -> Licence:
    """A licence, or a compact privilege, of somebody who works here. Raises RefusedError, NotAllowedError."""
    therapist = _of_here(staff, membership)
    words = " ".join(storable(number).split())
    faults = _dates(valid_from, valid_until) | _looked_up(kind, looked_up_on, day_in(staff.clinic.zone, now))
    if state not in STATE_NAMES:
        faults["state"] = "Choose one of the states of the list."
    if not words or len(words) > LONGEST_NUMBER:
        faults["number"] = f"The number as the board writes it, at most {LONGEST_NUMBER} letters."
    if kind not in Licence.Kind.values:
        faults["kind"] = "A licence of that state, or a privilege under the PT Compact."
    if Licence.objects.filter(therapist=therapist).count() >= MOST:
        faults["state"] = f"There are {MOST} already. Take old ones away first."
    if not faults and _overlaps(therapist, state, valid_from, valid_until):
        faults["valid_from"] = "A row for this state holds on some of these days already. Change that one."
    if faults:
        raise RefusedError(faults)
    with changing_terms(staff=staff, now=now, why=f"licence {state} {words} of {_name(therapist)}"):
        row = Licence.objects.create(
            therapist=therapist, state=state, number=words, kind=kind, valid_from=valid_from, valid_until=valid_until
        )
    _note_looked_up(staff, now, row, looked_up_on)
    return row


def set_end(
    *, staff: Staff, now: datetime, licence: int, valid_until: date | None, looked_up_on: date | None = None
) -> None:
    """The last day on which a licence holds; empty where none is stated. Raises RefusedError, NotAllowedError."""
    row = _row(staff, licence)
    faults = _dates(row.valid_from, valid_until)
    faults |= _looked_up(row.kind, looked_up_on, day_in(staff.clinic.zone, now))
    if not faults and _overlaps(row.therapist, row.state, row.valid_from, valid_until, but=row.pk):
        faults["valid_until"] = "Another row for this state holds on some of these days."
    if faults:
        raise RefusedError(faults)
    if valid_until != row.valid_until:
        why = f"licence {row.state} {row.number} of {_name(row.therapist)}: ends {row.valid_until} → {valid_until}"
        with changing_terms(staff=staff, now=now, why=why):
            Licence.objects.filter(pk=row.pk).update(valid_until=valid_until)
    _note_looked_up(staff, now, row, looked_up_on)


def remove(*, staff: Staff, now: datetime, licence: int) -> None:
    """Take a row away that was a slip; one that ended keeps its row, so that history can be read."""
    row = _row(staff, licence)
    why = f"licence {row.state} {row.number} of {_name(row.therapist)} removed"
    with changing_terms(staff=staff, now=now, why=why):
        Licence.objects.filter(pk=row.pk).delete()


def _note_looked_up(staff: Staff, now: datetime, row: Licence, day: date | None) -> None:
    if day is not None:
        with changing_terms(staff=staff, now=now, why=f"licence {row.pk} looked up on {day.isoformat()}"):
            pass  # the row of the audit is all there is to keep


def _of_here(staff: Staff, membership: int) -> Membership:
    found = (
        Membership.objects.filter(pk=membership, clinic=staff.clinic)
        .exclude(role=Membership.Role.FRONT_DESK)
        .select_related("person")
        .first()
    )
    if found is None:
        raise NotAllowedError(NOT_YOURS)
    return found


def _row(staff: Staff, licence: int) -> Licence:
    found = (
        Licence.objects.filter(pk=licence, therapist__clinic=staff.clinic).select_related("therapist__person").first()
    )
    if found is None:
        raise NotAllowedError(NOT_YOURS)
    return found


def _name(membership: Membership) -> str:
    return membership.person.name or membership.person.email.partition("@")[0]


def _dates(valid_from: date, valid_until: date | None) -> dict[str, str]:
    if valid_until is not None and valid_until < valid_from:
        return {"valid_until": "It ends before it begins. The last day comes after the first."}
    return {}


def _looked_up(kind: str, day: date | None, today: date) -> dict[str, str]:
    if kind == Licence.Kind.COMPACT_PRIVILEGE and day is None:
        return {"looked_up_on": "Nobody can know a compact privilege by heart: look it up, and write the day."}
    if day is not None and day > today:
        return {"looked_up_on": "That day has not come yet."}
    return {}


def _overlaps(therapist: Membership, state: str, first: date, last: date | None, *, but: int = 0) -> bool:
    rows = Licence.objects.filter(therapist=therapist, state=state).exclude(pk=but)
    return any(
        (last is None or one.valid_from <= last) and (one.valid_until is None or one.valid_until >= first)
        for one in rows
    )
