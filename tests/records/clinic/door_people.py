"""A clinic with staff, and consult forms, for the tests of the front door."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from liftback.records import consents
from liftback.records.models import Clinic, Colleague, ConsultRequest, Membership
from liftback.records.write.clinic import requests
from tests import people
from tests.people import NOW

# Numbers of places in New Jersey and Pennsylvania, by ZIP code.
HOBOKEN, TRENTON, CAPE_MAY = ("07030", 40.745, -74.032), ("08608", 40.220, -74.765), ("08204", 38.967, -74.936)


def practice(name: str = "this", **terms: Any) -> Clinic:
    """A clinic with a therapist licensed in New York, a front desk and an owner."""
    made = people.clinic(name, **terms)
    for role in ("therapist", "front_desk", "owner"):
        who = people.person(f"{name}_{role}")
        Membership.objects.create(person=who, clinic=made, role=role)
        if role == "therapist":
            people.licence(who)
    return made


def colleague(clinic: Clinic, name: str, place: tuple[str, float, float] | None = None, **more: Any) -> Colleague:
    """A colleague in New Jersey."""
    where = {} if place is None else {"zip": place[0], "latitude": place[1], "longitude": place[2]}
    values: dict[str, Any] = {
        "states": ["NJ"], "email": f"{name}@colleagues.example", "city": name, "state": "NJ", "changed_at": NOW,
    }  # fmt: skip
    return Colleague.objects.create(clinic=clinic, name=name, **{**values, **where, **more})


def told(**changed: Any) -> requests.Told:
    """A form of somebody in New York with an achy back."""
    values: dict[str, Any] = {
        "form_id": uuid4(), "name": "Rosa Diaz", "phone": "+12125550142", "email": "rosa@people.example",
        "state": "NY", "country": "US", "words": "My low back is achy after deadlifts.",
    }  # fmt: skip
    return requests.Told(**{**values, **changed})


def take(
    clinic: Clinic, *, now: datetime = NOW, person: Any = None, attached: Any = None, **changed: Any
) -> ConsultRequest:
    """A form of that kind, taken."""
    return requests.take(
        clinic=clinic,
        told=told(**changed),
        consent=consents.current(clinic=clinic, kind=consents.CONSULT, now=now),
        now=now,
        person=person,
        attached=attached,
    )
