"""The people of the tests: access is tested as people, and each of them has a name for what they are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress

from liftback.records import write
from liftback.records.models import Clinic, Lifter, Membership, Person
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


def person(name: str) -> Person:
    """Somebody with a verified address."""
    made = Person.objects.create_user(f"{name}@people.example", PASSWORD, name=name)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def lifter_of(actor: Person, *, zone: str = "UTC") -> Lifter:
    """The lifter that a person is."""
    return write.lifter_for(actor=actor, now=NOW, zone=zone)


def everybody() -> People:
    """All people of the access table."""
    here, there = Clinic.objects.create(name="This clinic"), Clinic.objects.create(name="Another clinic")
    people = People(
        lifter=person("lifter"),
        other_lifter=person("other_lifter"),
        therapist=person("therapist"),
        other_therapist=person("other_therapist"),
        front_desk=person("front_desk"),
    )
    own = lifter_of(people.lifter)
    Lifter.objects.filter(pk=own.pk).update(clinic=here)
    lifter_of(people.other_lifter)
    for who, clinic, role in (
        (people.therapist, here, Membership.Role.THERAPIST),
        (people.other_therapist, there, Membership.Role.THERAPIST),
        (people.front_desk, here, Membership.Role.FRONT_DESK),
    ):
        Membership.objects.create(person=who, clinic=clinic, role=role)
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
