"""Who gets what at the addresses of patients."""

from __future__ import annotations

import uuid
from typing import Any

from liftback.records import consents
from liftback.records.models import Episode, PlanEdit
from liftback.records.write.clinic import shares
from tests.people import NOW, People, lifter_of, staff_of
from tests.web.access_row import NO, SIGN_IN, SIGNED_IN, Row

PATIENT = uuid.UUID(int=6_000)
"""The lifter as a patient of their clinic, named so that rows can say where a deed leads to."""
HERE = f"302 /desk/patients/{PATIENT}/"


def treating(answer: Any, *, there: Any = 404) -> dict[str, Any]:
    """What the therapists of this clinic get, and of another (`there`); an owner without a licence treats nobody."""
    return {**dict.fromkeys(SIGNED_IN, 404), "therapist": answer, "other_therapist": there, "nobody": SIGN_IN}


def _row(get: Any, post: Any = None) -> Row:
    return Row(
        get=NO if get is None else treating(get),
        post=NO if post is None else treating(post),
        args=("patients.one",),
        sees=("lifter", "therapist"),
    )


# An empty form is refused with the page and what is missing; what needs no words is done.
ROWS: dict[str, Row] = {
    "clinic:patients": Row(get=treating(200, there=200), post=NO),
    "clinic:patient": _row(200),
    "clinic:patient_answers": _row(200),
    "clinic:patient_course": _row(200),
    "clinic:patient_plan": _row(200),
    "clinic:patient_clearance": _row(200, 422),
    "clinic:patient_clearance_end": _row(None, f"{HERE}clearance/"),
    "clinic:patient_plan_edit": _row(None, 422),
    "clinic:patient_plan_sign": _row(None, 422),
    "clinic:patient_plan_edit_end": Row(
        get=NO, post=treating(f"{HERE}plan/"), args=("patients.one", "patients.edit"), sees=("lifter", "therapist")
    ),
    "clinic:patient_assign": _row(None, HERE),
    "clinic:patient_close": _row(None, HERE),
    "lifter:plan_change_end": Row(
        get=NO,
        post={**dict.fromkeys(SIGNED_IN, 404), "lifter": 409, "nobody": SIGN_IN},
        args=("patients.edit",),
        note="While a clinic cares for the lifter, its therapists take their changes back.",
    ),
}


def make(people: People) -> dict[str, str]:
    """The lifter shares with the clinic and is its patient, with a change in their plan."""
    staff, own = staff_of(people.therapist), lifter_of(people.lifter)
    records = consents.current(clinic=staff.clinic, kind=consents.RECORDS, now=NOW)
    shares.give(actor=people.lifter, lifter=own, clinic=staff.clinic, consent=records, now=NOW)
    Episode.objects.create(
        id=PATIENT, clinic=staff.clinic, lifter=own, therapist=staff.membership, name="Lee", opened_at=NOW,
        joined_at=NOW,
    )  # fmt: skip
    edit = PlanEdit.objects.create(
        lifter=own, clinic=staff.clinic, client_id=PATIENT, by=people.therapist, by_name=staff.name, at=NOW,
        kind="note", lift="Squat", why="Slowly",
    )  # fmt: skip
    return {"patients.one": str(PATIENT), "patients.edit": str(edit.pk)}
