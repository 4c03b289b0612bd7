"""A lifter's clinics as their own page shows them: who may see the records, since when, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from liftback.records import consents, modules, permissions
from liftback.records.read.clinic.threads import episodes_of
from liftback.records.tables.care import Episode, Share
from liftback.records.tables.people import Clinic, Lifter, Person
from liftback.records.tables.practice import ConsentText
from liftback.records.tables.requests import ConsultRequest
from liftback.records.write.clinic.episodes import name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClinic:
    """A clinic that a lifter has to do with.

    `share` is the consent that holds, `consent` the text that would be agreed to now. `episode` is the open one.
    """

    clinic: Clinic
    share: Share | None
    consent: ConsentText
    episode: Episode | None
    therapist: str
    takes_messages: bool


def clinics_of(*, actor: Person, lifter: Lifter, now: datetime, language: str = "en") -> list[OwnClinic]:
    """The clinics that see a lifter's records, treat them, or were asked, by name. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    shares = {
        one.clinic_id: one
        for one in Share.objects.filter(lifter=lifter, ended_at__isnull=True).select_related("clinic", "consent")
    }
    episodes = {one.clinic_id: one for one in episodes_of(lifter) if one.closed_at is None}
    asked = ConsultRequest.objects.filter(lifter=lifter, closed_at__isnull=True).values_list("clinic_id", flat=True)
    numbers = {*shares, *episodes, *asked}
    return [
        OwnClinic(
            clinic=one,
            share=shares.get(one.pk),
            consent=consents.current(clinic=one, kind=consents.RECORDS, now=now, language=language),
            episode=episodes.get(one.pk),
            therapist=_therapist(episodes.get(one.pk)),
            takes_messages=one.pk in episodes and one.pk in shares and modules.is_on(one, modules.MESSAGES),
        )
        for one in Clinic.objects.filter(pk__in=numbers).order_by("name", "pk")
    ]


def clinic_of(*, actor: Person, lifter: Lifter, slug: str, now: datetime, language: str = "en") -> OwnClinic:
    """One of them by its address. Raises NotAllowedError for a clinic that the lifter has nothing to do with."""
    for one in clinics_of(actor=actor, lifter=lifter, now=now, language=language):
        if one.clinic.slug == slug:
            return one
    raise permissions.NotAllowedError(permissions.NOT_YOURS)


def _therapist(episode: Episode | None) -> str:
    return "" if episode is None or episode.therapist is None else name_of(episode.therapist)
