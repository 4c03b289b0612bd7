"""Reading what is kept of a person, as counts: for the page that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.usersessions.models import UserSession
from django.db.models import Count, Max, Min

from liftback.records import permissions
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import Entry, LogFile, StoryVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How much of each kind is kept. `entries` counts by kind; days are None where nothing was told yet."""

    stories: int
    files: int
    entries: dict[str, int]
    sign_ins: int
    first_day: date | None
    last_day: date | None

    @property
    def all_entries(self) -> int:
        """How many entries of all kinds."""
        return sum(self.entries.values())


def kept_of(*, actor: Person, lifter: Lifter) -> Kept:
    """What is kept of a lifter. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    entries = Entry.objects.filter(lifter=lifter)
    kinds = entries.values("kind").annotate(many=Count("pk")).order_by("kind")
    span = entries.aggregate(first=Min("day"), last=Max("day"))
    return Kept(
        stories=StoryVersion.objects.filter(lifter=lifter).count(),
        files=LogFile.objects.filter(lifter=lifter).count(),
        entries={one["kind"]: one["many"] for one in kinds},
        sign_ins=UserSession.objects.filter(user=lifter.person).count(),
        first_day=span["first"],
        last_day=span["last"],
    )
