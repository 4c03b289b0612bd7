"""Who works in a clinic, and what each role may do there. One table of deeds; `check` raises where it is not in it.

What is clinical (words, answers, plans) is for therapists, and for an owner who has a licence row. The front desk sees
who is to be called until when, and nothing of what they told.
"""

from __future__ import annotations

from dataclasses import dataclass

from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.tables.people import Clinic, Membership, Person

WORK, BRIEF, TREAT, REPORT, SETTINGS, AUDIT = "work", "brief", "treat", "report", "settings", "audit"
"""Worklist and calls · reading what was told · patients · the weekly report · the clinic's terms · who looked."""
_CLINICAL = frozenset((BRIEF, TREAT))
DEEDS: dict[str, frozenset[str]] = {
    Membership.Role.FRONT_DESK: frozenset((WORK,)),
    Membership.Role.THERAPIST: frozenset((WORK, REPORT)) | _CLINICAL,
    Membership.Role.OWNER: frozenset((WORK, REPORT, SETTINGS, AUDIT)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A person at work in one clinic. `clinical`: may read what lifters told. `clinics`: all they work in, by name."""

    person: Person
    membership: Membership
    clinic: Clinic
    clinical: bool
    clinics: tuple[Clinic, ...]

    @property
    def name(self) -> str:
        """The name that colleagues and lifters read."""
        return self.person.name or self.person.email.partition("@")[0]

    def may(self, deed: str) -> bool:
        """Whether the role holds a deed."""
        return deed in DEEDS[self.membership.role] or (self.clinical and deed in _CLINICAL)


def staff_of(person: Person, *, clinic: int | None = None) -> Staff | None:
    """The person at work, in the clinic of that number if they work there, else in their first; None for others."""
    if not person.is_authenticated or not person.is_active:
        return None
    found = list(
        Membership.objects.filter(person=person, active=True).select_related("clinic").order_by("clinic__name", "pk")
    )
    if not found:
        return None
    membership = next((one for one in found if one.clinic_id == clinic), found[0])
    return Staff(
        person=person,
        membership=membership,
        clinic=membership.clinic,
        clinical=is_clinical(membership),
        clinics=tuple(dict.fromkeys(one.clinic for one in found)),
    )


def check(staff: Staff, deed: str) -> None:
    """Raise NotAllowedError where the role does not hold a deed; the sentence does not say what there would be."""
    if not staff.may(deed):
        raise NotAllowedError(NOT_YOURS)


def is_clinical(membership: Membership) -> bool:
    """Whether a membership may see what lifters told: a therapist's, and an owner's with a licence row."""
    if membership.role == Membership.Role.THERAPIST:
        return True
    return membership.role == Membership.Role.OWNER and membership.licences.exists()
