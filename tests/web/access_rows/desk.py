"""Who gets what at the addresses of the desk."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from liftback.records import consents
from liftback.records.models import ConsultRequest, ContactAttempt, Episode, Membership
from tests.people import NOW, People
from tests.web.access_row import NO, SIGN_IN, SIGNED_IN, Row

REQUEST, PATIENT = uuid.UUID(int=5_000), uuid.UUID(int=5_001)
"""The request of the table and its patient, named so that rows can say where a deed leads to."""
DESK, BACK = "302 /desk/", f"302 /desk/requests/{REQUEST}/"


def at_desk(answer: Any, *, there: Any = 404, clinical: bool = False) -> dict[str, Any]:
    """What those who work at this clinic get (`clinical`: therapists alone), and who works at another (`there`)."""
    here = ("therapist",) if clinical else ("therapist", "front_desk", "owner")
    return {**dict.fromkeys(SIGNED_IN, 404), **dict.fromkeys(here, answer), "other_therapist": there, "nobody": SIGN_IN}


def _post(answer: Any, *, clinical: bool = False) -> Row:
    return Row(get=NO, post=at_desk(answer, clinical=clinical), args=("desk.request",))


# An empty form is refused with the page and what is missing; what needs no words is done.
ROWS: dict[str, Row] = {
    "clinic:desk": Row(get=at_desk(200, there=200), post=NO),
    "clinic:desk_rows": Row(get=at_desk(200, there=200), post=NO),
    "clinic:desk_switch": Row(get=NO, post=at_desk(DESK, there=DESK)),
    "clinic:request": Row(get=at_desk(200), post=NO, args=("desk.request",)),
    "clinic:brief": Row(get=at_desk(200, clinical=True), post=NO, args=("desk.request",)),
    "clinic:request_claim": _post(BACK),
    "clinic:request_release": _post(BACK),
    "clinic:request_wake": _post(BACK),
    "clinic:request_next": _post(BACK),
    "clinic:request_reopen": _post(BACK),
    "clinic:request_give": _post(409),
    "clinic:request_snooze": _post(409),
    "clinic:request_attempt": _post(409),
    "clinic:request_attempt_back": Row(get=NO, post=at_desk(BACK), args=("desk.request", "desk.attempt")),
    "clinic:request_close": _post(409),
    "clinic:request_note": _post(409, clinical=True),
    "clinic:request_level": _post(409, clinical=True),
    "clinic:make_patient": _post(f"302 /desk/patients/{PATIENT}/", clinical=True),
}


def make(people: People) -> dict[str, str]:
    """A request of a stranger to the lifter's clinic, who is a patient of it already."""
    clinic = Membership.objects.get(person=people.therapist).clinic
    row = ConsultRequest.objects.create(
        id=REQUEST,
        clinic=clinic,
        form_id=REQUEST,
        name="Robin Ray",
        phone="+12125550123",
        state="NY",
        words="My back is sore.",
        consent=consents.current(clinic=clinic, kind=consents.CONSULT, now=NOW),
        consent_at=NOW,
        route=ConsultRequest.Route.QUEUE,
        received_at=NOW,
        due_at=NOW + timedelta(hours=24),
    )
    Episode.objects.create(id=PATIENT, clinic=clinic, request=row, name=row.name, opened_at=NOW)
    tried = ContactAttempt.objects.create(
        request=row, client_id=REQUEST, at=NOW, by_name="Tess", channel="phone", outcome="no_answer"
    )
    return {"desk.request": str(row.pk), "desk.attempt": str(tried.pk)}
