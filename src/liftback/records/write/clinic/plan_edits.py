"""A therapist changes a lifter's plan: each change is a row, kept once, and taken back by a date.

A change only takes away (`plans.edits`). One of the same kind for the same lift takes the older one's place.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from liftback import operations
from liftback.records import audit, modules, permissions, read
from liftback.records import staff as staff_rules
from liftback.records.edits import CAP, DOSE, HOLD, KINDS, LONGEST_LIFT, NOTE
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.read.clinic.patients import make_ready, shared_by
from liftback.records.staff import Staff
from liftback.records.tables.care import Episode, PlanEdit
from liftback.records.tables.people import Lifter
from liftback.records.write.changing import changing
from liftback.records.write.clinic.episodes import name_of
from liftback.records.write.once import once
from liftback.records.write.storable import storable

LONGEST_WHY = 500
UNITS = ("kg", "lb")
HEAVIEST, MOST_SETS, MOST_REPS = 1000, 20, 100
"""Beyond them a number is a slip of the keys."""
CHANGED_MEANWHILE = "Something changed since this page was made. Look at the plan again, and then decide."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEdit:
    """A change as it was typed. `values` are weight and unit, or sets and reps; what is empty is left as it is."""

    client_id: UUID
    kind: str
    lift: str
    values: Mapping[str, Any]
    why: str


def add(*, staff: Staff, episode: Episode, edit: NewEdit, now: datetime) -> PlanEdit:
    """Keep a change of a patient's plan, once.

    Raises NotAllowedError; NotNowError for a plan that is on hold, a lift that is not in it, and whatever would not
    take anything away.
    """
    lifter = patient_of(staff, episode)
    make_ready(lifter, now)
    with treating(staff=staff, episode=episode, lifter=lifter, what="plan_edit", now=now) as locked:
        client_id = once(edit.client_id, edit.kind, edit.lift, dict(edit.values), edit.why)
        known = PlanEdit.objects.filter(lifter=locked, client_id=client_id).first()
        if known is not None:
            return known
        plan = read.page(actor=staff.person, lifter=locked, name="plan", now=now)
        lift = _lift(plan, edit.lift)
        values = _values(edit, lift)
        why = _why(edit)
        PlanEdit.objects.filter(
            lifter=locked, clinic=staff.clinic, kind=edit.kind, lift=lift["lift"][:LONGEST_LIFT], ended_at__isnull=True
        ).update(ended_at=now, ended_by_name=name_of(staff.membership))
        return PlanEdit.objects.create(
            lifter=locked,
            clinic=staff.clinic,
            client_id=client_id,
            by=staff.person,
            by_name=name_of(staff.membership),
            at=now,
            kind=edit.kind,
            lift=lift["lift"][:LONGEST_LIFT],
            values=values,
            why=why,
        )


def end(*, staff: Staff, episode: Episode, edit: int, now: datetime) -> None:
    """Take a change back; one that is taken back already stays as it is. Raises NotAllowedError."""
    lifter = patient_of(staff, episode)
    with treating(staff=staff, episode=episode, lifter=lifter, what="plan_edit", now=now) as locked:
        found = PlanEdit.objects.filter(pk=edit, lifter=locked, clinic=staff.clinic)
        if not found.exists():
            raise NotAllowedError(NOT_YOURS)
        found.filter(ended_at__isnull=True).update(ended_at=now, ended_by_name=name_of(staff.membership))


def end_own(*, lifter: Lifter, edit: int, now: datetime) -> None:
    """A lifter takes back a change of a clinic that no longer cares for them. Raises NotAllowedError, NotNowError."""
    with changing(actor=lifter.person, lifter=lifter, now=now) as locked:
        found = PlanEdit.objects.filter(pk=edit, lifter=locked).select_related("clinic").first()
        if found is None:
            raise NotAllowedError(NOT_YOURS)
        if Episode.objects.filter(lifter=locked, clinic=found.clinic, closed_at__isnull=True).exists():
            raise NotNowError(f"{found.clinic.name} cares for you now: ask {found.by_name} to take this back.")
        own = locked.person.name or "the lifter"
        PlanEdit.objects.filter(pk=found.pk, ended_at__isnull=True).update(ended_at=now, ended_by_name=own)


def patient_of(staff: Staff, episode: Episode) -> Lifter:
    """The lifter of an open episode of this clinic who shares their records. Raises NotAllowedError, NotNowError."""
    staff_rules.check(staff, staff_rules.TREAT)
    if episode.clinic_id != staff.clinic.pk:
        raise NotAllowedError(NOT_YOURS)
    if episode.closed_at is not None:
        raise NotNowError(f"This ended on {episode.closed_at:%Y-%m-%d}, so nothing is changed in it any more.")
    lifter, _ = shared_by(episode)
    if lifter is None:
        raise NotNowError(f"{episode.name} does not share their records with {staff.clinic.name} now.")
    modules.check(staff.clinic, modules.PLANNING)
    return lifter


@contextmanager
def treating(*, staff: Staff, episode: Episode, lifter: Lifter, what: str, now: datetime) -> Iterator[Lifter]:
    """The lifter's row, locked, inside an audited change by a therapist; their pages are out of date afterwards."""
    with (
        audit.audited(
            staff=staff, deed=audit.WRITE, what=what, now=now, lifter=lifter, request=episode.request,
            needs=staff_rules.TREAT,
        ),
        changing(actor=staff.person, lifter=lifter, now=now, deed=permissions.TREAT) as locked,
    ):  # fmt: skip
        # Told while the pages were made ready: what a therapist decides on must be what is there.
        if locked.revision != lifter.revision:
            raise NotNowError(CHANGED_MEANWHILE)
        yield locked


def _lift(plan: Any, name: str) -> Mapping[str, Any]:
    """The lift of the plan by itself. Raises NotNowError."""
    if plan is None:
        raise NotNowError("There is no plan yet: the story comes first.")
    if plan["held"]:
        raise NotNowError("The plan is on hold, so there is nothing in it to change. What it waits for comes first.")
    found = next((one for one in plan["by_itself"] if operations.same_lift(one["lift"], name)), None)
    if found is None:
        raise NotNowError(f"{name[:LONGEST_LIFT]!r} is not in this plan. Look at the plan again, and choose from it.")
    return dict(found)


def _values(edit: NewEdit, lift: Mapping[str, Any]) -> dict[str, Any]:
    if edit.kind not in KINDS:
        raise NotNowError("That is no change that a plan can have. Reload the page; it may be an old one.")
    if edit.kind == CAP:
        return _ceiling(edit.values)
    return _dose(edit.values, lift) if edit.kind == DOSE else {}


def _ceiling(values: Mapping[str, Any]) -> dict[str, Any]:
    weight = number(values.get("weight"))
    if weight is None or not 0 < weight <= HEAVIEST:
        raise NotNowError(f"A ceiling is a weight above 0 and at most {HEAVIEST}, such as 60 or 62.5.")
    if values.get("unit") not in UNITS:
        raise NotNowError("Say whether the ceiling is in kg or lb.")
    return {"weight": weight, "unit": values["unit"]}


def _dose(values: Mapping[str, Any], lift: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, most in (("sets", MOST_SETS), ("reps", MOST_REPS)):
        given = number(values.get(name))
        if given is None:
            continue
        if given != int(given) or not 1 <= given <= most:
            raise NotNowError(f"{name.capitalize()} are a whole number from 1 to {most}.")
        planned = lift[name]
        if planned is None:
            raise NotNowError(f"The plan counts no {name} for {lift['lift']}. Leave that field empty.")
        if given > planned:
            raise NotNowError(
                f"The plan asks for {planned} {name} of {lift['lift']} now, and a change can only take away. "
                "For more, change the answers it rests on, or sign clearance."
            )
        found[name] = int(given)
    if not found:
        raise NotNowError("Give the sets, the repetitions, or both.")
    return found


def _why(edit: NewEdit) -> str:
    why = " ".join(str(storable(edit.why)).split())
    if not why:
        what = "the note" if edit.kind == NOTE else "why"
        raise NotNowError(f"Write {what} in a few words: the lifter reads it beside the lift.")
    if len(why) > LONGEST_WHY:
        raise NotNowError(f"That is longer than {LONGEST_WHY} letters. Shorten it; a longer word fits in a message.")
    return why


def number(typed: object) -> float | None:
    """A number as it was typed, with a point or a comma; None for an empty field. Raises NotNowError."""
    text = str(typed if typed is not None else "").strip().replace(",", ".")
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise NotNowError(f"{text[:20]!r} is not a number. Write it as 60 or 62.5.")
    return found


__all__ = ["CAP", "DOSE", "HOLD", "NOTE", "NewEdit", "add", "end", "end_own", "number", "patient_of", "treating"]
