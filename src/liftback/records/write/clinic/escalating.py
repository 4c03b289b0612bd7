"""Telling the clinic in time: at 50, 80 and 100 percent of a promise's time, and of a warning sign at once.

A scan over rows, to be done again and again: each share is told once (a row with a key of its own), whatever was slept
through is written down, and of several shares that went by only the highest is mailed. A request with a warning sign
counts as due when it comes in, and is told of again each hour until somebody has spoken with the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse

from liftback.records import staff as rules
from liftback.records.links import absolute
from liftback.records.mail import outbox
from liftback.records.scheduling.due import stage
from liftback.records.tables.people import Clinic, Membership
from liftback.records.tables.practice import Licence
from liftback.records.tables.requests import ConsultRequest, Escalation, RequestStep
from liftback.records.write.clinic.attempts import REACHED, has_talked, standing

WAITS = "request_waits"
"""The kind of the e-mails that tell staff of a request."""
SHARES = (50, 80, 100)
WHOLE = SHARES[-1]
AGAIN = timedelta(hours=1)
"""After this long a request with a warning sign is told of again."""
_HELLO = "This needs you at the desk of {clinic}."
_SUBJECTS = {
    50: "A request waits for its first call",
    80: "A request is due soon",
    100: "A request is late",
}
_BODIES = {
    50: "Half of the promised time has gone by, and nobody has reached this person yet.",
    80: "Most of the promised time has gone by, and nobody has reached this person yet.",
    100: "The promised time is over, and nobody has reached this person yet.",
}
_FLAGGED_SUBJECT = "A request needs you now"
_FLAGGED_BODY = "A request has come in that must not wait. Call this person now."
_FLAGGED_AGAIN = "A request that must not wait still waits for its call. Call this person now."


def escalate(*, now: datetime) -> int:
    """Tell of every promise whose time has gone by so far; how many requests were told of."""
    return sum(_escalated(pk, now) for pk in _candidates(now))


def _candidates(now: datetime) -> Sequence[UUID]:
    """The open requests that something may have to be told of, the oldest promise first."""
    waiting = ConsultRequest.objects.filter(closed_at__isnull=True, due_at__isnull=False).annotate(
        told=Max("escalations__share")
    )
    unmet = Q(met_at__isnull=True) & (Q(told__isnull=True) | Q(told__lt=WHOLE))
    ringing = Q(flagged=True) & ~Exists(standing(request=OuterRef("pk"), outcome=REACHED))
    rows = waiting.filter(unmet | ringing).order_by("due_at")
    found = rows.values_list("pk", "received_at", "due_at", "told", "flagged")
    return [
        pk
        for pk, received, due, told, flagged in found
        if flagged or (due is not None and stage(received=received, due=due, now=now) > (told or 0))
    ]


def _escalated(pk: UUID, now: datetime) -> bool:
    with transaction.atomic():
        # Locked and read again: another worker may have told it, somebody may have reached the person, just now.
        ConsultRequest.objects.select_for_update().filter(pk=pk).first()
        request = ConsultRequest.objects.select_related("clinic", "claimed_by__person").filter(pk=pk).first()
        if request is None or request.closed_at is not None or request.due_at is None:
            return False
        if request.flagged:
            return not has_talked(request) and tell_flagged(request, now=now)
        if request.met_at is not None:
            return False
        return _tell_shares(request, request.due_at, now)


def _tell_shares(request: ConsultRequest, due: datetime, now: datetime) -> bool:
    passed = stage(received=request.received_at, due=due, now=now)
    told = set(Escalation.objects.filter(request=request).values_list("share", flat=True))
    new = [share for share in SHARES if share <= passed and share not in told]
    if not new:
        return False
    for share in new:
        _note(request, share, now)
    if new[-1] == passed:
        _mail(request, passed, now)
    return True


def tell_flagged(request: ConsultRequest, *, now: datetime) -> bool:
    """Tell everybody of a request with a warning sign: the first time at once, then once in each hour that goes by.

    Whether anything was new. For use inside a transaction.
    """
    hour = max(0, (now - request.received_at) // AGAIN)
    if not Escalation.objects.filter(request=request, share=WHOLE).exists():
        _note(request, WHOLE, now)
    body = _FLAGGED_AGAIN if hour else _FLAGGED_BODY
    people = staff_to_tell(request.clinic, WHOLE, None)
    told = {"what": f"flagged.{hour}", "subject": _FLAGGED_SUBJECT, "body": body}
    new = [_put(request, one, now, **told) for one in people]
    if hour and any(new):
        _step(request, now, {"hour": hour})
    return any(new)


def staff_to_tell(clinic: Clinic, share: int, claimer: Membership | None) -> list[Membership]:
    """Who is told of a share; never nobody, while somebody works there.

    At 50 whoever claimed it, else all who can call; at 80 all clinicians and owners; at 100 everybody.
    """
    everybody = list(
        Membership.objects.filter(clinic=clinic, active=True, person__is_active=True)
        .select_related("person")
        .order_by("pk")
    )
    if share >= WHOLE:
        return everybody
    if share >= SHARES[1]:
        licensed = set(Licence.objects.filter(therapist__clinic=clinic).values_list("therapist", flat=True))
        heads = [one for one in everybody if one.role != Membership.Role.FRONT_DESK or one.pk in licensed]
        return heads or everybody
    mine = [one for one in everybody if claimer is not None and one.pk == claimer.pk]
    return mine or [one for one in everybody if rules.WORK in rules.DEEDS[one.role]]


def _note(request: ConsultRequest, share: int, now: datetime) -> None:
    Escalation.objects.bulk_create([Escalation(request=request, share=share, at=now)], ignore_conflicts=True)
    _step(request, now, {"share": share})


def _step(request: ConsultRequest, now: datetime, details: dict[str, int]) -> None:
    RequestStep.objects.bulk_create([RequestStep(request=request, at=now, kind="escalated", details=details)])


def _mail(request: ConsultRequest, share: int, now: datetime) -> None:
    people: Iterable[Membership] = staff_to_tell(request.clinic, share, request.claimed_by)
    for one in people:
        _put(request, one, now, what=f"share.{share}", subject=_SUBJECTS[share], body=_BODIES[share])


def _put(request: ConsultRequest, to: Membership, now: datetime, *, what: str, subject: str, body: str) -> bool:
    link = absolute(reverse("clinic:request", args=[request.pk]))
    return outbox.put(
        key=f"request/{request.pk}/{what}/{to.pk}",
        kind=WAITS,
        to=to.person.email,
        subject=f"{request.clinic.name}: {subject}",
        body=f"{_HELLO.format(clinic=request.clinic.name)}\n\n{body}\n\n{link}\n\n"
        "This e-mail says nothing about the person; the page does, after you sign in.\n",
        now=now,
        clinic=request.clinic,
        request=request,
    )
