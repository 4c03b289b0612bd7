"""The directory of colleagues as its clinic sees it, and what a file would change in it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from liftback.records.directory_file import Parsed, parsed, written
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.scheduling.places import place_of
from liftback.records.tables.people import Clinic
from liftback.records.tables.practice import Colleague
from liftback.records.tables.worked_out import Held

FORMAT = "colleagues"
FIELDS = (
    "name", "practice", "email", "phone", "website", "city", "state", "zip", "states", "telehealth", "in_person",
    "languages", "lifter_notes",
)  # fmt: skip
"""The values of a colleague that a file names."""
A_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row of a file beside the colleague it would change: `fields` are the names of what differs."""

    line: int
    values: Mapping[str, Any]
    colleague: Colleague
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What importing a file would do. `missing` are active colleagues whom it does not name; they stay."""

    parsed: Parsed
    new: tuple[tuple[int, Mapping[str, Any]], ...]
    changed: tuple[Change, ...]
    same: int
    missing: int


def colleagues(clinic: Clinic, *, words: str = "", state: str = "") -> list[Colleague]:
    """The colleagues of a clinic by name, those who are active first; narrowed by words or a licence state."""
    found = Colleague.objects.filter(clinic=clinic).order_by("-active", "name", "pk")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(practice__icontains=words) | Q(city__icontains=words))
    rows = list(found)
    return [one for one in rows if state in one.states] if state else rows


def colleague(clinic: Clinic, pk: UUID) -> Colleague:
    """One of them. Raises NotAllowedError where it is another clinic's, or none."""
    found = Colleague.objects.filter(clinic=clinic, pk=pk).first()
    if found is None:
        raise NotAllowedError(NOT_YOURS)
    return found


def preview(clinic: Clinic, read: Parsed) -> Preview:
    """Compare a file with what is there; nothing is written. A column that the file does not have changes nothing."""
    rows = list(Colleague.objects.filter(clinic=clinic))
    by_email = {one.email: one for one in rows if one.email}
    by_name = {(one.name.casefold(), one.zip): one for one in rows}
    new, changed, same, seen = [], [], 0, set()
    for line, values in read.rows:
        there = by_email.get(values["email"]) or by_name.get((values["name"].casefold(), values["zip"]))
        if there is None or there.pk in seen or (values["email"] and there.email not in ("", values["email"])):
            new.append((line, filled(values)))
            continue
        seen.add(there.pk)
        told = {**values_of(there), **{name: one for name, one in filled(values).items() if name in read.told}}
        fields = differences(there, told)
        if fields:
            changed.append(Change(line=line, values=told, colleague=there, fields=fields))
        else:
            same += 1
    missing = sum(one.active and one.pk not in seen for one in rows)
    return Preview(parsed=read, new=tuple(new), changed=tuple(changed), same=same, missing=missing)


def held(clinic: Clinic, token: str, now: datetime) -> tuple[str, Parsed]:
    """A file that was looked at and waits for a yes: its name and content. Raises NotNowError."""
    found = Held.objects.filter(token=token, format=FORMAT, until__gt=now).first()
    if found is None or found.names.get("clinic") != clinic.pk:
        raise NotNowError("That file is no longer here: it is kept for a day at most. Choose it again.")
    return found.name, parsed(gzip.decompress(bytes(found.content)))


def differences(there: Colleague, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the values in which a row of a file differs from the colleague; one who was left out comes back."""
    before = values_of(there)
    differing = tuple(name for name in FIELDS if before[name] != values[name])
    return differing if there.active else (*differing, "active")


def values_of(one: Colleague) -> dict[str, Any]:
    """The values of a colleague by name."""
    return {name: getattr(one, name) for name in FIELDS}


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values with the city and state of the ZIP code where they were left out."""
    place = place_of(str(values["zip"]))
    if place is None:
        return dict(values)
    return {**values, "city": values["city"] or place.city, "state": values["state"] or place.state}


def export(clinic: Clinic) -> str:
    """The active colleagues as a CSV file that can be imported again."""
    return written(values_of(one) for one in Colleague.objects.filter(clinic=clinic, active=True).order_by("name"))
