"""Writing the directory of colleagues: one by one, or from a file that was looked at before. Nobody is deleted."""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from liftback.records import staff as staff_rules
from liftback.records.directory_file import colleague_of, key_of, parsed
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import directory as reading
from liftback.records.scheduling.places import place_of
from liftback.records.staff import Staff
from liftback.records.tables.practice import Colleague
from liftback.records.tables.worked_out import Held
from liftback.records.write.clinic.terms import RefusedError, changing_terms
from liftback.records.write.storable import storable

MOST = 10_000
HELD_FOR = timedelta(hours=24)
_NAME_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many were added and changed, and how many were as they were."""

    new: int
    changed: int
    same: int


def keep(*, staff: Staff, now: datetime, told: Mapping[str, str], colleague: UUID | None = None) -> Colleague:
    """Add a colleague, or change one, from what was typed by column. Raises RefusedError, NotAllowedError."""
    values, wrong = colleague_of(told)
    there = reading.colleague(staff.clinic, colleague) if colleague is not None else None
    values = reading.filled(values)
    if not wrong:
        same = [one for one in reading.colleagues(staff.clinic) if key_of(reading.values_of(one)) == key_of(values)]
        if any(one != there for one in same):
            wrong = {"name": "They are in the directory already: somebody has this e-mail, or this name and ZIP code."}
        if there is None and Colleague.objects.filter(clinic=staff.clinic).count() >= MOST:
            wrong = {"name": f"There are {MOST:,} colleagues already."}
    if wrong:
        raise RefusedError(wrong)
    why = f"colleague {'changed' if there else 'added'}: {values['name']}"
    with changing_terms(staff=staff, now=now, why=why) as clinic:
        if there is None:
            return Colleague.objects.create(clinic=clinic, changed_at=now, **_placed(values))
        Colleague.objects.filter(pk=there.pk).update(changed_at=now, **_placed(values))
    return there


def set_active(*, staff: Staff, now: datetime, colleague: UUID, active: bool) -> None:
    """Leave a colleague out of the directory, or take them in again. Raises NotAllowedError."""
    there = reading.colleague(staff.clinic, colleague)
    if there.active != active:
        with changing_terms(staff=staff, now=now, why=f"colleague {'in' if active else 'out'}: {there.name}"):
            Colleague.objects.filter(pk=there.pk).update(active=active, changed_at=now)


def hold(*, staff: Staff, now: datetime, name: str, content: bytes) -> str:
    """Keep a file aside until somebody says yes to it; the token that stands for it. Nothing of it is imported.

    Raises NotNowError for a file that cannot be read at all.
    """
    staff_rules.check(staff, staff_rules.SETTINGS)
    read, token = parsed(content), secrets.token_urlsafe(24)
    words = storable(" ".join(name.split()) or "directory.csv")[:_NAME_MOST]
    with changing_terms(staff=staff, now=now, why=f"looked at {words[:120]} for the directory"):
        Held.objects.create(
            token=token,
            name=words,
            content=gzip.compress(content, 1),
            format=reading.FORMAT,
            sets=len(read.rows),
            names={"clinic": staff.clinic.pk},
            until=now + HELD_FOR,
        )
    return token


def import_held(*, staff: Staff, now: datetime, token: str) -> Imported:
    """Import the rows of a held file that can be used; the same file again adds nothing. Raises NotNowError.

    What it would do is worked out anew under the lock, so that two at once add nobody twice.
    """
    staff_rules.check(staff, staff_rules.SETTINGS)
    name, read = reading.held(staff.clinic, token, now)
    with changing_terms(staff=staff, now=now, why=f"directory imported from {name[:120]}") as clinic:
        found = reading.preview(clinic, read)
        if Colleague.objects.filter(clinic=clinic).count() + len(found.new) > MOST:
            raise NotNowError(f"With these there would be more than {MOST:,} colleagues. Nothing was imported.")
        Colleague.objects.bulk_create(
            Colleague(clinic=clinic, changed_at=now, **_placed(values)) for _, values in found.new
        )
        for one in found.changed:
            values = _placed(one.values)
            Colleague.objects.filter(pk=one.colleague.pk).update(changed_at=now, active=True, **values)
        Held.objects.filter(token=token).delete()
    return Imported(new=len(found.new), changed=len(found.changed), same=found.same)


def _placed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values with the point of the ZIP code; without one where it is not known."""
    place = place_of(str(values["zip"]))
    latitude, longitude = (place.latitude, place.longitude) if place else (None, None)
    return {**values, "latitude": latitude, "longitude": longitude}
