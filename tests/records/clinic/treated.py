"""A clinic with a therapist, and a person who asked it, as a patient or not yet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liftback.records import consents
from liftback.records.models import Clinic, ConsultRequest, Episode, Lifter, Membership, Person
from liftback.records.staff import Staff
from liftback.records.write.clinic import episodes, shares
from tests.people import NOW, clinic, licence, lifter_of, person, staff_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Everybody: `staff` is the therapist, `desk` the front desk, `boss` the owner without a licence."""

    clinic: Clinic
    staff: Staff
    desk: Staff
    boss: Staff
    person: Person
    lifter: Lifter

    @property
    def own(self) -> dict[str, Any]:
        """The lifter's own deeds."""
        return {"actor": self.person, "lifter": self.lifter}


def at_work(name: str, here: Clinic, role: Membership.Role = Membership.Role.THERAPIST, title: str = "") -> Staff:
    """Somebody with a role in a clinic."""
    who = person(name)
    Membership.objects.create(person=who, clinic=here, role=role, title=title)
    return staff_of(who, here)


def care(slug: str = "here", **terms: Any) -> Care:
    """A clinic, its people, and a lifter who has nothing to do with it yet."""
    here = clinic(slug, **{"phone": "+1 212 555 0100", "email": f"desk@{slug}.example", **terms})
    staff = at_work(f"rivera-{slug}", here, title="Dr")
    licence(staff.person)
    who = person(f"ann-{slug}")
    return Care(
        clinic=here,
        staff=staff_of(staff.person, here),
        desk=at_work(f"desk-{slug}", here, Membership.Role.FRONT_DESK),
        boss=at_work(f"boss-{slug}", here, Membership.Role.OWNER),
        person=who,
        lifter=lifter_of(who),
    )


def asked(of: Care, *, lifter: Lifter | None = None, at: datetime = NOW, **told: Any) -> ConsultRequest:
    """A request to the clinic, by the lifter where one is given."""
    values = {"name": "Ann Other", "email": of.person.email, "phone": "+12125550111", "words": "my back hurts", **told}
    return ConsultRequest.objects.create(
        clinic=of.clinic,
        form_id=uuid.uuid4(),
        lifter=lifter,
        consent=consents.current(clinic=of.clinic, kind=consents.CONSULT, now=at),
        consent_at=at,
        route=ConsultRequest.Route.QUEUE,
        received_at=at,
        **values,
    )


def shared(of: Care, *, at: datetime = NOW) -> None:
    """The lifter shares their records with the clinic."""
    text = consents.current(clinic=of.clinic, kind=consents.RECORDS, now=at)
    shares.give(**of.own, clinic=of.clinic, consent=text, now=at)


def patient(of: Care, *, at: datetime = NOW) -> Episode:
    """The lifter has asked, shares, and is the therapist's patient."""
    shared(of, at=at)
    request = asked(of, lifter=of.lifter, at=at)
    return episodes.open_episode(staff=of.staff, request=request, therapist=of.staff.membership, now=at)
