"""Who gets what at the addresses of the lifter's pages about their clinic, and of the messages at the desk."""

from __future__ import annotations

import uuid
from typing import Any

from liftback.records import consents
from liftback.records.models import Clinic, ConsultRequest, Lifter
from liftback.records.write.clinic import episodes, shares
from tests.people import NOW, People, lifter_of, staff_of
from tests.web.access_row import NO, SIGN_IN, SIGNED_IN, Row, own


def only_the_therapist(answer: Any) -> dict[str, Any]:
    """A patient's page: for everybody but the therapists of their clinic it is not there."""
    return {**dict.fromkeys(SIGNED_IN, 404), "therapist": answer, "nobody": SIGN_IN}


ROWS: dict[str, Row] = {
    "lifter:messages": Row(get=own(200), post=own(422)),
    "lifter:my_clinic": Row(get=own(200), post=own(404)),
    "lifter:who_looked": Row(get=own(200), post=NO),
    "lifter:join": Row(
        get={**own(200), "nobody": 200},
        post=own(422),
        args=("care.invitation",),
        note="The link shows which clinic invites; taking it up needs the account of the address it was sent to.",
    ),
    "clinic:patient_messages": Row(
        get=only_the_therapist(200), post=only_the_therapist(422), args=("care.episode",), sees=("lifter", "therapist")
    ),
}


def make(people: People) -> dict[str, str]:
    """Make what the addresses name; the parts of addresses by name, as `Row.args` write them."""
    therapist, own_lifter = staff_of(people.therapist), lifter_of(people.lifter)
    records = consents.current(clinic=therapist.clinic, kind=consents.RECORDS, now=NOW)
    shares.give(actor=people.lifter, lifter=own_lifter, clinic=therapist.clinic, consent=records, now=NOW)
    given: dict[str, Any] = {"staff": therapist, "therapist": therapist.membership, "now": NOW}
    mine = episodes.open_episode(**given, request=_asked(therapist.clinic, people.lifter.email, own_lifter))
    invited = episodes.open_episode(**given, request=_asked(therapist.clinic, people.other_lifter.email, None))
    return {"care.episode": str(mine.pk), "care.invitation": episodes.join_token(invited, NOW.date())}


def _asked(clinic: Clinic, email: str, lifter: Lifter | None) -> ConsultRequest:
    return ConsultRequest.objects.create(
        clinic=clinic,
        form_id=uuid.uuid4(),
        name="Somebody",
        email=email,
        lifter=lifter,
        consent=consents.current(clinic=clinic, kind=consents.CONSULT, now=NOW),
        consent_at=NOW,
        route=ConsultRequest.Route.QUEUE,
        received_at=NOW,
    )
