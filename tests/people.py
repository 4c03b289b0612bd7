"""The people of the tests: access is tested as people, and each of them has a name for what they are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress

from liftback.records import staff as staff_rules
from liftback.records import write
from liftback.records.models import Clinic, Licence, Lifter, Membership, OpeningHours, Person
from liftback.records.staff import Staff
from liftback.records.write import NewEntry

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
PASSWORD = "a long password of the tests"  # noqa: S105 - of made-up people


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A lifter of a clinic, another lifter, and who works at this clinic and at another."""

    lifter: Person
    other_lifter: Person
    therapist: Person
    other_therapist: Person
    front_desk: Person
    owner: Person


def person(name: str) -> Person:
    """Somebody with a verified address."""
    made = Person.objects.create_user(f"{name}@people.example", PASSWORD, name=name)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def lifter_of(actor: Person, *, zone: str = "UTC") -> Lifter:
    """The lifter that a person is."""
    return write.lifter_for(actor=actor, now=NOW, zone=zone)


def clinic(name: str, **terms: Any) -> Clinic:
    """A clinic in New York, open on weekdays from nine to five."""
    made = Clinic.objects.create(name=f"{name.capitalize()} clinic", slug=name, subdivision="NY", **terms)
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=made, weekday=weekday, opens=time(9), closes=time(17)) for weekday in range(5)
    )
    return made


def staff_of(actor: Person, of: Clinic | None = None) -> Staff:
    """Somebody at work, in the clinic given or in their first."""
    found = staff_rules.staff_of(actor, clinic=None if of is None else of.pk)
    assert found is not None
    return found


def licence(actor: Person, state: str = "NY", **more: Any) -> Licence:
    """A licence of a therapist that holds today."""
    return Licence.objects.create(
        therapist=Membership.objects.get(person=actor),
        **{"state": state, "number": "PT-1", "valid_from": TODAY - timedelta(days=100), **more},
    )


def everybody() -> People:
    """All people of the access table."""
    here, there = (clinic(name) for name in ("this", "another"))
    people = People(
        lifter=person("lifter"),
        other_lifter=person("other_lifter"),
        therapist=person("therapist"),
        other_therapist=person("other_therapist"),
        front_desk=person("front_desk"),
        owner=person("owner"),
    )
    own = lifter_of(people.lifter)
    Lifter.objects.filter(pk=own.pk).update(clinic=here)
    lifter_of(people.other_lifter)
    for who, place, role in (
        (people.therapist, here, Membership.Role.THERAPIST),
        (people.other_therapist, there, Membership.Role.THERAPIST),
        (people.front_desk, here, Membership.Role.FRONT_DESK),
        (people.owner, here, Membership.Role.OWNER),
    ):
        Membership.objects.create(person=who, clinic=place, role=role)
    return people


def story(onset: date = TODAY - timedelta(days=14), **answers: str) -> str:
    """A story file in which every warning sign is answered with a no, and what is given instead."""
    from liftback.knowledge.loader import load_knowledge  # noqa: PLC0415 - the tests of people alone need none

    told: dict[str, Any] = {**dict.fromkeys(load_knowledge().gate_questions, "no"), "onset": onset, **answers}
    told = {"how_it_began": "moment", "leg_symptoms": "none", "pain_now": 3, "pain_worst": 5, **told}
    lines = "\n".join(f"  {name}: {value}" for name, value in told.items())
    return f"about:\n  age: 34\n  sex: male\n  contact: first\nanswers:\n{lines}\n"


def entry(
    kind: str, day: date = TODAY, *, client_id: uuid.UUID | None = None, at: datetime = NOW, **payload: Any
) -> NewEntry:
    """Something told."""
    return NewEntry(
        kind=kind, client_id=client_id or uuid.uuid4(), device="test", day=day, client_time=at, payload=payload
    )
