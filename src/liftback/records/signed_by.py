"""What a therapist stands by: the newest signature under a plan, and under clearance, and whether it still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from liftback import operations
from liftback.records.alarms import tells_sign
from liftback.records.days import day_of
from liftback.records.edits import as_edits, standing
from liftback.records.tables.care import ClearanceSignature, PlanEdit, PlanSignOff
from liftback.records.tables.people import Lifter
from liftback.records.tables.told import Entry, StoryVersion

ALARMING = ("check_in", "done", "after", "flare")
"""Kinds of entries that can tell of a warning sign."""
DOUBTED = "contact"
"""How a story came to be in which the warning signs were opened again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What therapists did over a lifter's plan. `alarmed`: a warning sign was told since clearance was signed."""

    edits: tuple[PlanEdit, ...] = ()
    sign_off: PlanSignOff | None = None
    clearance: ClearanceSignature | None = None
    alarmed: bool = False
    checked_on: date | None = None

    @property
    def changes(self) -> tuple[operations.Edit, ...]:
        """The edits as the engine takes them."""
        return as_edits(self.edits)


def care_of(lifter: Lifter) -> Care:
    """Read it, in three queries, and one or two more where clearance is signed."""
    sign_off = PlanSignOff.objects.filter(lifter=lifter).select_related("clinic").order_by("-at", "-pk").first()
    cleared = ClearanceSignature.objects.filter(lifter=lifter, ended_at__isnull=True).select_related("clinic")
    signature = cleared.order_by("-at", "-pk").first()
    return Care(
        edits=standing(lifter),
        sign_off=sign_off,
        clearance=signature,
        alarmed=signature is not None and alarmed_since(lifter, signature),
        checked_on=None if sign_off is None else day_of(lifter, sign_off.at),
    )


def alarmed_since(lifter: Lifter, signature: ClearanceSignature) -> bool:
    """Whether a warning sign was told after somebody signed: then they have not seen what it rests on."""
    if StoryVersion.objects.filter(lifter=lifter, via=DOUBTED, told_at__gt=signature.at).exists():
        return True
    later = Entry.objects.filter(lifter=lifter, kind__in=ALARMING, received_at__gt=signature.at)
    return any(tells_sign(one) for one in later)


def therapists_word(care: Care) -> operations.Signature | None:
    """The therapist's signature as the engine takes it; None where there is none, or a sign was told since."""
    signature = care.clearance
    if signature is None or care.alarmed:
        return None
    return operations.Signature(by="therapist", name=signed_name(signature), day=signature.day)


def signed_name(row: PlanSignOff | ClearanceSignature) -> str:
    """Who signed, with their licence."""
    return f"{row.by_name} ({row.licence})"


def checked_values(care: Care, fingerprint: str) -> dict[str, Any] | None:
    """The newest signature under the plan; `current` is false where the plan has moved on since."""
    row = care.sign_off
    if row is None or care.checked_on is None:
        return None
    return {
        "name": row.by_name,
        "licence": row.licence,
        "clinic": row.clinic.name,
        "day": care.checked_on.isoformat(),
        "words": row.words,
        "current": row.fingerprint == fingerprint,
    }


def cleared_values(care: Care, clearance: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The therapist's signature under clearance, and whether it stands as things are now."""
    row = care.clearance
    if row is None:
        return None
    stands = not care.alarmed and clearance is not None and clearance["value"] == "signed"
    return {
        "id": row.pk,
        "name": row.by_name,
        "licence": row.licence,
        "clinic": row.clinic.name,
        "day": row.day.isoformat(),
        "words": row.words,
        "stands": stands,
        "alarmed": care.alarmed,
    }
