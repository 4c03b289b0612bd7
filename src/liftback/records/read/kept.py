"""Reading what is kept of a person, as counts: for the page that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.usersessions.models import UserSession
from django.db.models import Count, Max, Min, Q

from liftback.records import permissions
from liftback.records.tables.bookings import Booking
from liftback.records.tables.care import Episode, Share, ThreadMessage
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.requests import ConsultRequest
from liftback.records.tables.told import Entry, LogFile, StoryVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How much of each kind is kept. `entries` counts by kind; days are None where nothing was told yet.

    `clinics` are the names of those that treat or have treated the lifter: they keep a record of their own.
    """

    stories: int
    files: int
    entries: dict[str, int]
    sign_ins: int
    requests: int
    calls: int
    messages: int
    shares: int
    clinics: tuple[str, ...]
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
        requests=ConsultRequest.objects.filter(lifter=lifter).count(),
        calls=Booking.objects.filter(lifter=lifter).count(),
        messages=ThreadMessage.objects.filter(episode__lifter=lifter).count(),
        shares=Share.objects.filter(lifter=lifter).count(),
        clinics=_keeping(lifter),
        first_day=span["first"],
        last_day=span["last"],
    )


def _keeping(lifter: Lifter) -> tuple[str, ...]:
    """The clinics that have made a patient of the lifter, or of a request of theirs."""
    treated = Episode.objects.filter(Q(lifter=lifter) | Q(request__lifter=lifter))
    return tuple(treated.order_by("clinic__name").values_list("clinic__name", flat=True).distinct())
