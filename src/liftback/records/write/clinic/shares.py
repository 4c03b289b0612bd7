"""A lifter's yes that a clinic may see their records: given once, stopped at any time, from that moment on."""

from __future__ import annotations

from datetime import datetime

from liftback.records import consents, permissions
from liftback.records.policies import NotNowError
from liftback.records.tables.care import Episode, Share
from liftback.records.tables.people import Clinic, Lifter, Person
from liftback.records.tables.practice import ConsentText
from liftback.records.tables.requests import ConsultRequest, RequestStep
from liftback.records.write.changing import changing

STOPPED, SHARED = "share_stopped", "share_given"
"""Kinds of the steps that tell the clinic of it."""


def of(lifter: Lifter) -> list[Share]:
    """The clinics that may see a lifter's records now, by name."""
    return list(
        Share.objects.filter(lifter=lifter, ended_at__isnull=True)
        .select_related("clinic", "consent")
        .order_by("clinic__name", "pk")
    )


def holds(*, lifter: Lifter | None, clinic: Clinic) -> bool:
    """Whether a clinic may see a lifter's records now; not where there is no lifter yet."""
    return lifter is not None and Share.objects.filter(lifter=lifter, clinic=clinic, ended_at__isnull=True).exists()


def give(*, actor: Person, lifter: Lifter, clinic: Clinic, consent: ConsentText, now: datetime) -> Share:
    """Share a lifter's records with a clinic; the one that holds already where there is one.

    `consent` is the text that was shown and agreed to. Raises NotAllowedError, NotNowError for a text of another kind
    or clinic.
    """
    if consent.kind != consents.RECORDS or consent.clinic_id not in (None, clinic.pk):
        raise NotNowError("The text that was agreed to is not the one for sharing. Reload the page, and read it again.")
    with changing(actor=actor, lifter=lifter, now=now, moves=False) as locked:
        there = Share.objects.filter(lifter=locked, clinic=clinic, ended_at__isnull=True).first()
        if there is not None:
            return there
        made = Share.objects.create(lifter=locked, clinic=clinic, consent=consent, given_at=now)
        _tell(locked, clinic, SHARED, now)
    return made


def stop(*, actor: Person, lifter: Lifter, clinic: Clinic, now: datetime) -> bool:
    """Stop sharing: the clinic sees nothing more from now on. Whether it was shared. Raises NotAllowedError."""
    with changing(actor=actor, lifter=lifter, now=now, deed=permissions.WRITE, moves=False) as locked:
        ended = Share.objects.filter(lifter=locked, clinic=clinic, ended_at__isnull=True).update(ended_at=now)
        if ended:
            _tell(locked, clinic, STOPPED, now)
    return bool(ended)


def _tell(lifter: Lifter, clinic: Clinic, kind: str, now: datetime) -> None:
    """Write it under the requests that are open, or that an open episode came from, so that the clinic reads it."""
    concerned = set(ConsultRequest.objects.filter(lifter=lifter, clinic=clinic, closed_at__isnull=True))
    of_episodes = Episode.objects.filter(lifter=lifter, clinic=clinic, closed_at__isnull=True, request__isnull=False)
    concerned |= {one.request for one in of_episodes.select_related("request") if one.request is not None}
    RequestStep.objects.bulk_create(
        RequestStep(request=one, at=now, by=lifter.person, by_name=lifter.person.name or "the patient", kind=kind)
        for one in concerned
    )
