"""Episodes: a person becomes a patient of the clinic, by consent or by an invitation, has a therapist, and leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from liftback.records import audit, consents, links, signed
from liftback.records import staff as staff_rules
from liftback.records.mail import outbox
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.staff import Staff
from liftback.records.tables.care import Episode, Share
from liftback.records.tables.people import Lifter, Membership, Person
from liftback.records.tables.practice import ConsentText
from liftback.records.tables.requests import ConsultRequest, RequestStep
from liftback.records.write import accounts
from liftback.records.write.clinic import shares
from liftback.records.write.clinic.requests import WITHDRAWN
from liftback.records.write.storable import storable

JOIN = "join"
"""The purpose of an invitation's link."""
VALID = timedelta(days=30)
"""How long an invitation's link can be used; the clinic can send another."""
OPENED, ASSIGNED, CLOSED, INVITED, JOINED = (
    "episode_opened", "episode_assigned", "episode_closed", "episode_invited", "episode_joined",
)  # fmt: skip
"""Kinds of the steps under the request."""
LONGEST_WHY = 200
TAKEN_BACK = "They took this request back themselves, so nobody is made a patient from it. Ask for a new form."
OLD_LINK = "This invitation can no longer be used. Ask the clinic for a new one; they send it in a minute."
WRONG_PERSON = (
    "This invitation was sent to another e-mail address. Sign in with the account of that address, or add the address "
    "to this account in your settings and confirm it. Or ask the clinic to invite this account's address instead."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation as its page shows it. `fits`: sent to an address of this account. `consent` is what to agree to."""

    episode: Episode
    consent: ConsentText | None
    joined: bool
    fits: bool


def open_episode(*, staff: Staff, request: ConsultRequest, therapist: Membership | None, now: datetime) -> Episode:
    """Make a patient of whoever sent a request; the open episode where there is one already.

    Where the person shares their records with the clinic, they are a patient at once. Otherwise an invitation goes to
    their address, and the episode has their name alone until they join. Raises NotAllowedError, NotNowError for a
    therapist who is none here.
    """
    _check_therapist(staff, therapist)
    with audit.audited(
        staff=staff, deed=audit.WRITE, what="episode", now=now, request=request, needs=staff_rules.TREAT
    ):
        locked = ConsultRequest.objects.select_for_update().get(pk=request.pk)
        if locked.closed_why == WITHDRAWN:
            raise NotNowError(TAKEN_BACK)
        lifter = locked.lifter if shares.holds(lifter=locked.lifter, clinic=staff.clinic) else None
        there = _open_one(locked, lifter)
        if there is not None:
            return there
        made = Episode.objects.create(
            clinic=staff.clinic,
            lifter=lifter,
            request=locked,
            therapist=therapist,
            name=locked.name,
            email=locked.email,
            opened_at=now,
            joined_at=now if lifter is not None else None,
        )
        _step(made, staff, OPENED, now)
        if lifter is None:
            _invite(made, now)
        else:
            Lifter.objects.filter(pk=lifter.pk).update(clinic=staff.clinic)
    return made


def invite(*, staff: Staff, episode: Episode, email: str, now: datetime) -> None:
    """Invite again, to the address given; the older link no longer works where the address is another.

    Raises NotAllowedError, NotNowError for somebody who has joined, an episode that is closed, or no address.
    """
    with _changing(staff, episode, now) as locked:
        if locked.joined_at is not None:
            raise NotNowError(f"{locked.name} has joined already.")
        address = email.strip().casefold()
        try:
            validate_email(address)
        except ValidationError:
            raise NotNowError("That is not an e-mail address. Check it, and send it again.") from None
        locked.email = address
        Episode.objects.filter(pk=locked.pk).update(email=address)
        _step(locked, staff, INVITED, now)
        _invite(locked, now)
    episode.email = address


def assign(*, staff: Staff, episode: Episode, therapist: Membership | None, now: datetime) -> None:
    """Give a patient to a therapist of the clinic, or to nobody yet. Raises NotAllowedError, NotNowError."""
    _check_therapist(staff, therapist)
    with _changing(staff, episode, now) as locked:
        Episode.objects.filter(pk=locked.pk).update(therapist=therapist)
        _step(locked, staff, ASSIGNED, now, why="" if therapist is None else name_of(therapist))
    episode.therapist = therapist


def close(*, staff: Staff, episode: Episode, why: str, now: datetime) -> None:
    """End an episode, with a reason; the clinic sees nothing more of the lifter's records from now on.

    Raises NotAllowedError, NotNowError for one that is closed already, or without a reason.
    """
    reason = " ".join(str(storable(why)).split())[:LONGEST_WHY]
    if not reason:
        raise NotNowError("Say in a few words why this ends; it stays with the record.")
    with _changing(staff, episode, now) as locked:
        Episode.objects.filter(pk=locked.pk).update(closed_at=now, closed_why=reason)
        _step(locked, staff, CLOSED, now, why=reason)
        if locked.lifter_id is not None:
            Share.objects.filter(lifter=locked.lifter_id, clinic=staff.clinic, ended_at__isnull=True).update(
                ended_at=now
            )
            Lifter.objects.filter(pk=locked.lifter_id, clinic=staff.clinic).update(clinic=None)
    episode.closed_at, episode.closed_why = now, reason


def invited(*, actor: Person | None, token: str, now: datetime) -> Invitation:
    """What an invitation's page shows: the episode, the text, and whether it is for whoever is signed in (or nobody).

    Raises NotAllowedError for a forged link, NotNowError for one that is old, used or closed.
    """
    episode = _episode_of(token, now)
    if episode.joined_at is not None:
        mine = actor is not None and episode.lifter is not None and episode.lifter.person_id == actor.pk
        if mine and episode.closed_at is None:
            return Invitation(episode=episode, consent=None, joined=True, fits=True)
        raise NotNowError(OLD_LINK)
    if episode.closed_at is not None:
        raise NotNowError(OLD_LINK)
    consent = consents.current(clinic=episode.clinic, kind=consents.RECORDS, now=now)
    fits = actor is not None and _is_for(actor, episode)
    return Invitation(episode=episode, consent=consent, joined=False, fits=fits)


def join(*, actor: Person, token: str, now: datetime, zone: str = "UTC") -> Episode:
    """Take an invitation up: the lifter shares their records with the clinic, and becomes its patient.

    Raises NotAllowedError for a forged link; NotNowError for one that is old, used, or sent to another address.
    """
    found = invited(actor=actor, token=token, now=now)
    if found.joined:
        return found.episode
    if not found.fits or found.consent is None:
        raise NotNowError(WRONG_PERSON)
    lifter = accounts.lifter_for(actor=actor, now=now, zone=zone)
    with transaction.atomic():
        locked = locked_row(found.episode)
        if locked.joined_at is not None or locked.closed_at is not None:
            raise NotNowError(OLD_LINK)
        if Episode.objects.filter(clinic=locked.clinic, lifter=lifter, closed_at__isnull=True).exists():
            raise NotNowError(f"You are a patient of {locked.clinic.name} already. Nothing has to be done.")
        locked.lifter, locked.joined_at = lifter, now
        Episode.objects.filter(pk=locked.pk).update(lifter=lifter, joined_at=now)
        Lifter.objects.filter(pk=lifter.pk).update(clinic=locked.clinic)
        if locked.request is not None and locked.request.email.casefold() == locked.email.casefold():
            ConsultRequest.objects.filter(pk=locked.request.pk, lifter__isnull=True).update(lifter=lifter)
        _step(locked, None, JOINED, now)
        shares.give(actor=actor, lifter=lifter, clinic=locked.clinic, consent=found.consent, now=now)
    return locked


def name_of(therapist: Membership) -> str:
    """What lifters and colleagues read of a therapist: the title and the name."""
    name = therapist.person.name or therapist.person.email.partition("@")[0]
    return f"{therapist.title} {name}".strip()


def locked_row(episode: Episode) -> Episode:
    """The episode as it is now, locked until the transaction ends, with whoever is in it."""
    Episode.objects.select_for_update().get(pk=episode.pk)
    return Episode.objects.select_related("clinic", "lifter__person", "request", "therapist__person").get(pk=episode.pk)


@contextmanager
def _changing(staff: Staff, episode: Episode, now: datetime) -> Iterator[Episode]:
    """An open episode of this clinic, locked, with its row in the audit.

    Sharing is not asked for, since nothing of the lifter's records is seen.
    """
    staff_rules.check(staff, staff_rules.TREAT)
    if episode.clinic_id != staff.clinic.pk:
        raise NotAllowedError(NOT_YOURS)
    with transaction.atomic():
        locked = locked_row(episode)
        audit.note(staff=staff, deed=audit.WRITE, what="episode", now=now, lifter=locked.lifter, request=locked.request)
        if locked.closed_at is not None:
            raise NotNowError(f"This ended on {locked.closed_at:%Y-%m-%d}: {locked.closed_why}.")
        yield locked


def _open_one(request: ConsultRequest, lifter: Lifter | None) -> Episode | None:
    there = Episode.objects.filter(clinic=request.clinic, closed_at__isnull=True)
    found = there.filter(request=request).first()
    return found or (there.filter(lifter=lifter).first() if lifter is not None else None)


def _check_therapist(staff: Staff, therapist: Membership | None) -> None:
    if therapist is None:
        return
    if therapist.clinic_id != staff.clinic.pk:
        raise NotAllowedError(NOT_YOURS)
    if not therapist.active or not staff_rules.is_clinical(therapist):
        raise NotNowError(f"{name_of(therapist)} treats nobody here. Choose a therapist of the clinic.")


def _step(episode: Episode, staff: Staff | None, kind: str, now: datetime, why: str = "") -> None:
    if episode.request is None:
        return
    RequestStep.objects.create(
        request=episode.request,
        at=now,
        by=None if staff is None else staff.person,
        by_name=episode.name if staff is None else staff.name,
        kind=kind,
        why=why,
    )


def _invite(episode: Episode, now: datetime) -> None:
    """Send the link; where there is no address, the clinic asks for one and sends it then."""
    clinic = episode.clinic
    address = links.absolute(reverse("lifter:join", args=[join_token(episode, now.date())]))
    outbox.put(
        key=f"join/{episode.pk}/{now:%Y%m%dT%H%M%S}/{_digest(episode.email)}",
        kind="invitation",
        to=episode.email,
        subject=f"{clinic.name} invites you",
        body=(
            f"Hello {episode.name},\n\n{clinic.name} invites you to share your records with them, so that you can work "
            f"together. Open this page, read what it is about, and decide:\n\n{address}\n\n"
            f"The link can be used once, until {(now + VALID).date():%d %B %Y}, with an account for this e-mail "
            f"address.\n\n{clinic.name}\n{clinic.phone}\n"
        ),
        now=now,
        clinic=clinic,
        request=episode.request,
        reply_to=clinic.email,
    )


def join_token(episode: Episode, day: date) -> str:
    """The secret part of an invitation: for this episode, this address, made on this day."""
    return signed.link_token(JOIN, f"{episode.pk}_{day:%Y%m%d}_{_digest(episode.email)}")


def _digest(email: str) -> str:
    return hashlib.sha256(email.casefold().encode()).hexdigest()[:16]


def _episode_of(token: str, now: datetime) -> Episode:
    told = signed.value_of(JOIN, token)
    if told is None:
        raise NotAllowedError(NOT_YOURS)
    number, day, digest = told.split("_")
    found = Episode.objects.filter(pk=UUID(number)).select_related("clinic", "lifter", "request").first()
    made = datetime.strptime(day, "%Y%m%d").replace(tzinfo=now.tzinfo)
    if found is None:
        raise NotNowError(OLD_LINK)
    if found.joined_at is None and (digest != _digest(found.email) or now > made + VALID):
        raise NotNowError(OLD_LINK)
    return found


def _is_for(actor: Person, episode: Episode) -> bool:
    """Whether the invited address is a confirmed one of the account."""
    return (
        bool(episode.email)
        and EmailAddress.objects.filter(user=actor, email__iexact=episode.email, verified=True).exists()
    )
