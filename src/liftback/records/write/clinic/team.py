"""Writing who works in a clinic: invited by e-mail, joined by the person themselves, changed and let go by an owner.

An invitation is its e-mail: the link in it holds for a week, as long as that e-mail's row stands. Nobody learns
whether an address has an account. Whoever leaves keeps their row, so that history has a name.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from liftback.records import audit
from liftback.records import staff as staff_rules
from liftback.records.links import absolute
from liftback.records.mail.outbox import put
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.signed import link_token, value_of
from liftback.records.staff import Staff
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Clinic, Membership, Person
from liftback.records.tables.requests import ConsultRequest, RequestStep
from liftback.records.write.clinic import bookings
from liftback.records.write.clinic.terms import RefusedError, changing_terms
from liftback.records.write.storable import storable

KIND = PURPOSE = "staff_invitation"
HOLDS = timedelta(days=7)
MOST_WAITING = 30
LONGEST_TITLE = 40
GONE = "This invitation no longer holds: it is older than a week, was taken back, or was used. Ask for a new one."
LAST_OWNER = "A clinic has at least one owner who works there. Make somebody else an owner first."
ROLES: dict[str, str] = {
    Membership.Role.FRONT_DESK: "Front desk",
    Membership.Role.THERAPIST: "Therapist",
    Membership.Role.OWNER: "Owner",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Who is asked to join which clinic as what. `mail` is the number of its e-mail."""

    mail: int
    clinic: Clinic
    email: str
    role: str
    at: datetime


def waiting(*, clinic: Clinic, now: datetime) -> list[Invitation]:
    """The invitations of a clinic that hold and were not taken up."""
    found = _standing(now).filter(clinic=clinic).select_related("clinic").order_by("-made_at")
    return [_invitation(one) for one in found]


def invite(*, staff: Staff, now: datetime, email: str, role: str) -> None:
    """Ask somebody to join by an e-mail with a link; an earlier one to the same address ends. Raises RefusedError."""
    staff_rules.check(staff, staff_rules.SETTINGS)
    address, faults = email.strip().casefold(), _role(role)
    try:
        validate_email(address)
    except ValidationError:
        faults["email"] = "That is no e-mail address."
    here = Membership.objects.filter(clinic=staff.clinic, person__email=address).first()
    if here is not None:
        faults["email"] = "They are in the list already" + ("." if here.active else ": take them back there.")
    if len(waiting(clinic=staff.clinic, now=now)) >= MOST_WAITING:
        faults["email"] = f"{MOST_WAITING} invitations wait already. Take some back first."
    if faults:
        raise RefusedError(faults)
    with changing_terms(staff=staff, now=now, why=f"invited somebody as {ROLES[role].lower()}") as clinic:
        _end(Mail.objects.filter(kind=KIND, clinic=clinic, to=address))
        write_invitation(clinic=clinic, email=address, role=role, by=staff.name, now=now)


def write_invitation(*, clinic: Clinic, email: str, role: str, by: str, now: datetime) -> str:
    """Write the e-mail of an invitation, for use inside a transaction; the token of its link."""
    key = ".".join((KIND, str(clinic.pk), role, secrets.token_hex(12)))
    token = link_token(PURPOSE, key)
    body = (
        f"{by} asks you to join {clinic.name} on Liftback.\n\n"
        f"Open this link, sign in or make an account with this address, and say yes:\n"
        f"{absolute(reverse('clinic:team_join', args=[token]))}\n\n"
        "It holds for seven days. If you do not know who this is, leave it: nothing happens without your yes.\n"
    )
    subject = f"Join {clinic.name} on Liftback"
    put(key=key, kind=KIND, to=email, subject=subject, body=body, now=now, clinic=clinic, reply_to=clinic.email)
    return token


def take_back(*, staff: Staff, now: datetime, mail: int) -> None:
    """End an invitation; its link no longer works."""
    found = Mail.objects.filter(kind=KIND, clinic=staff.clinic, pk=mail)
    if found.exists():
        with changing_terms(staff=staff, now=now, why="took an invitation back"):
            _end(found)


def invitation_of(*, token: str, now: datetime) -> Invitation:
    """What a link asks. Raises NotAllowedError for a forged one, NotNowError for one that no longer holds."""
    key = value_of(PURPOSE, token)
    if key is None:
        raise NotAllowedError(NOT_YOURS)
    found = _standing(now).filter(key=key).select_related("clinic").first()
    if found is None:
        raise NotNowError(GONE)
    return _invitation(found)


def is_meant(*, actor: Person, invitation: Invitation) -> bool:
    """Whether an account has the address that was invited, and has shown that it is theirs."""
    return bool(EmailAddress.objects.filter(user=actor, email__iexact=invitation.email, verified=True).exists())


def join(*, actor: Person, token: str, now: datetime, name: str = "") -> Membership:
    """Take an invitation up; once. Raises NotAllowedError, NotNowError."""
    invitation = invitation_of(token=token, now=now)
    if not is_meant(actor=actor, invitation=invitation):
        raise NotAllowedError(NOT_YOURS)
    with transaction.atomic():
        if not _end(_standing(now).filter(pk=invitation.mail)):
            raise NotNowError(GONE)
        values = {"role": invitation.role, "active": True}
        membership, _ = Membership.objects.update_or_create(person=actor, clinic=invitation.clinic, defaults=values)
        if name.strip() and not actor.name:
            actor.name = " ".join(storable(name).split())[:80]
            Person.objects.filter(pk=actor.pk).update(name=actor.name)
        staff = staff_rules.staff_of(actor, clinic=invitation.clinic.pk)
        if staff is not None:
            audit.note(staff=staff, deed=audit.WRITE, what="settings", now=now, why="joined the team")
    return membership


def change(*, staff: Staff, now: datetime, membership: int, role: str, title: str, takes_calls: bool) -> None:
    """What somebody does here. Only an owner says so, and the last one stays one. Raises RefusedError."""
    staff_rules.check(staff, staff_rules.SETTINGS)
    words, found = " ".join(storable(title).split()), _of_here(staff, membership)
    faults = _role(role)
    if len(words) > LONGEST_TITLE:
        faults["title"] = f"At most {LONGEST_TITLE} letters."
    if takes_calls and not _can_treat(found, role):
        faults["takes_calls"] = "Calls are taken by therapists, and by an owner with a licence."
    if faults:
        raise RefusedError(faults)
    why = f"{_name(found)}: {found.role} → {role}" if role != found.role else f"{_name(found)}: title, calls"
    with changing_terms(staff=staff, now=now, why=why):
        if role != Membership.Role.OWNER:
            _keep_an_owner(found)
        Membership.objects.filter(pk=found.pk).update(role=role, title=words, takes_calls=takes_calls)
        if found.takes_calls and not takes_calls:
            bookings.release(staff=staff, membership=found, now=now)


def let_go(*, staff: Staff, now: datetime, membership: int) -> None:
    """Somebody no longer works here: their row stays, their calls and claims are free for others. Raises NotNowError.

    Calls that come are listed as without a therapist; nobody is told before one is moved or cancelled.
    """
    found = _of_here(staff, membership)
    with changing_terms(staff=staff, now=now, why=f"{_name(found)} no longer works here"):
        _keep_an_owner(found)
        Membership.objects.filter(pk=found.pk).update(active=False, takes_calls=False, feed_token="")
        bookings.release(staff=staff, membership=found, now=now)
        _free_claims(staff, found, now)


def take_in(*, staff: Staff, now: datetime, membership: int) -> None:
    """Somebody who had left works here again, in the role they had."""
    found = _of_here(staff, membership)
    with changing_terms(staff=staff, now=now, why=f"{_name(found)} works here again"):
        Membership.objects.filter(pk=found.pk).update(active=True)


def _free_claims(staff: Staff, membership: Membership, now: datetime) -> None:
    claimed = list(
        ConsultRequest.objects.select_for_update().filter(claimed_by=membership, closed_at__isnull=True).order_by("pk")
    )
    if not claimed:
        return
    ConsultRequest.objects.filter(pk__in=[one.pk for one in claimed]).update(claimed_by=None, claimed_at=None)
    RequestStep.objects.bulk_create(
        RequestStep(
            request=one, at=now, by=staff.person, by_name=staff.name, kind="released",
            why=f"{_name(membership)} no longer works here",
        )
        for one in claimed
    )  # fmt: skip
    audit.note_many(staff=staff, deed=audit.WRITE, what="next_step", now=now, requests=claimed)


def _standing(now: datetime) -> QuerySet[Mail]:
    return Mail.objects.filter(kind=KIND, made_at__gt=now - HOLDS).exclude(state=Mail.State.DROPPED)


def _end(found: QuerySet[Mail]) -> int:
    return found.exclude(state=Mail.State.DROPPED).update(state=Mail.State.DROPPED, body="")


def _invitation(row: Mail) -> Invitation:
    role = row.key.split(".")[2]
    assert row.clinic is not None  # noqa: S101 - written by `invite`, which names one
    return Invitation(mail=row.pk, clinic=row.clinic, email=row.to, role=role, at=row.made_at)


def _of_here(staff: Staff, membership: int) -> Membership:
    found = Membership.objects.filter(pk=membership, clinic=staff.clinic).select_related("person").first()
    if found is None:
        raise NotAllowedError(NOT_YOURS)
    return found


def _name(membership: Membership) -> str:
    return membership.person.name or membership.person.email.partition("@")[0]


def _role(role: str) -> dict[str, str]:
    return {} if role in Membership.Role.values else {"role": "Choose front desk, therapist or owner."}


def _keep_an_owner(leaving: Membership) -> None:
    """Raise NotNowError where nobody else owns the clinic; asked under the lock of the clinic's row."""
    others = Membership.objects.filter(clinic=leaving.clinic_id, role=Membership.Role.OWNER, active=True)
    if leaving.role == Membership.Role.OWNER and not others.exclude(pk=leaving.pk).exists():
        raise NotNowError(LAST_OWNER)


def _can_treat(membership: Membership, role: str) -> bool:
    return role == Membership.Role.THERAPIST or (role == Membership.Role.OWNER and membership.licences.exists())
