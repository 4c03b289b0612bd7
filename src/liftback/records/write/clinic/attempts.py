"""Tries to reach somebody, and when with them the promise is kept.

A promise is kept by a real contact, or by three documented attempts. A contact is that the person answered. Three
tries within a few minutes are one try in earnest: those less than `APART` after one that counted are kept and shown,
and counted with it. A wrong number and a bounced mail are tries: somebody did try, and the way to reach them was
wrong. What we write ourselves is no contact; it is a try only where the person left no phone or asked for e-mail.
Nothing else keeps a promise: no note, no claim, and no mail that was sent by itself. A slip is taken back: it stays in
the history, counts no more, and what rested on it alone is no longer kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.staff import Staff
from liftback.records.tables.requests import ConsultRequest, ContactAttempt
from liftback.records.write.clinic.steps import changing_request, set_fields, step
from liftback.records.write.once import once
from liftback.records.write.storable import storable

NEEDED = 3
"""Documented attempts that keep a promise without a contact."""
APART = timedelta(minutes=10)
"""Between two tries that count as two: long enough for whoever was in a meeting, a shower or between two sets."""
AHEAD = timedelta(minutes=2)
"""How far the clock of a device at the desk may be ahead."""
REACHED, SENT = "reached", "sent"
CONTACT, THREE_ATTEMPTS = "contact", "three_attempts"
"""How a promise was kept (`ConsultRequest.met_how`)."""
OUTCOMES: dict[str, tuple[str, ...]] = {
    "phone": (REACHED, "voicemail", "no_answer", "busy", "wrong_number"),
    "email": (REACHED, SENT, "bounced"),
    "text": (REACHED, SENT, "bounced"),
    "in_person": (REACHED, "no_answer"),
}
"""What can come of a try, by its channel."""
LONGEST_NOTE = 500


def add(
    *,
    staff: Staff,
    request: UUID,
    client_id: UUID,
    channel: str,
    outcome: str,
    now: datetime,
    note: str = "",
    at: datetime | None = None,
) -> bool:
    """Keep a try to reach somebody, once for a `client_id`, and note when it keeps the promise; whether it is new.

    `at` is when it was, now if left out. Raises NotAllowedError, NotNowError with what to do.
    """
    when = at or now
    client_id = once(client_id, channel, outcome, note)
    with changing_request(staff=staff, request=request, now=now, what="contact") as row:
        if ContactAttempt.objects.filter(request=row, client_id=client_id).exists():
            return False
        _check(row, channel=channel, outcome=outcome, note=note, at=when, now=now)
        made = ContactAttempt(
            request=row,
            client_id=client_id,
            at=min(when, now),
            by=staff.person,
            by_name=staff.name,
            channel=channel,
            outcome=outcome,
            note=storable(note.strip()),
        )
        ContactAttempt.objects.bulk_create([made])
        step(row, "tried", staff=staff, now=now, channel=channel, outcome=outcome, at=made.at.isoformat())
        _keep_promise(row, staff=staff, now=now)
    return True


def take_back(*, staff: Staff, request: UUID, attempt: int, now: datetime) -> bool:
    """Say that a try was a slip; whether it counted until now. A promise that rested on it runs again.

    Raises NotAllowedError, also for a try of another request.
    """
    with changing_request(staff=staff, request=request, now=now, what="contact") as row:
        found = ContactAttempt.objects.filter(pk=attempt, request=row).first()
        if found is None:
            raise NotAllowedError(NOT_YOURS)
        if found.taken_back_at is not None:
            return False
        ContactAttempt.objects.filter(pk=found.pk).update(taken_back_at=now)
        step(row, "slip", staff=staff, now=now, channel=found.channel, outcome=found.outcome)
        if row.met_at is not None:
            _meet_anew(row, staff=staff, now=now)
    return True


def standing(**which: Any) -> QuerySet[ContactAttempt]:
    """The tries that were not taken back, of those asked for."""
    return ContactAttempt.objects.filter(taken_back_at__isnull=True, **which)


def has_talked(row: ConsultRequest) -> bool:
    """Whether somebody has talked with the person: three tries are no talk."""
    return standing(request=row, outcome=REACHED).exists()


def counted(attempts: Iterable[ContactAttempt], *, by_mail: bool) -> list[ContactAttempt]:
    """The tries that count, oldest first; `by_mail`: what we write counts, since the person asked for it."""
    found: list[ContactAttempt] = []
    for one in sorted(attempts, key=lambda attempt: (attempt.at, attempt.pk)):
        if one.outcome == SENT and not by_mail:
            continue
        if not found or one.at - found[-1].at >= APART:
            found.append(one)
    return found


def is_by_mail(row: ConsultRequest) -> bool:
    """Whether somebody can be reached in writing only, or asked for it."""
    return row.reach == "email" or not row.phone


def _keep_promise(row: ConsultRequest, *, staff: Staff, now: datetime) -> None:
    """What kept it first stays what kept it."""
    kept = _kept_by(row)
    if kept is None or row.met_at is not None:
        return
    when, how = kept
    set_fields(row, met_at=when, met_how=how)
    late = row.due_at is not None and when > row.due_at
    step(row, "met", staff=staff, now=now, how=how, at=when.isoformat(), late=late)


def _meet_anew(row: ConsultRequest, *, staff: Staff, now: datetime) -> None:
    when, how = _kept_by(row) or (None, "")
    if (when, how) == (row.met_at, row.met_how):
        return
    set_fields(row, met_at=when, met_how=how)
    if when is None:
        step(row, "unmet", staff=staff, now=now)


def _kept_by(row: ConsultRequest) -> tuple[datetime, str] | None:
    """When and how the promise is kept: by the first contact or the third try that counts, whichever came first."""
    attempts = list(standing(request=row))
    kept = sorted((one.at, CONTACT) for one in attempts if one.outcome == REACHED)[:1]
    tries = counted(attempts, by_mail=is_by_mail(row))
    if len(tries) >= NEEDED:
        kept.append((tries[NEEDED - 1].at, THREE_ATTEMPTS))
    return min(kept, default=None)


def _check(row: ConsultRequest, *, channel: str, outcome: str, note: str, at: datetime, now: datetime) -> None:
    if row.closed_at is not None:
        raise NotNowError("This request is closed. Open it again first, then write down the try.")
    if channel not in OUTCOMES:
        raise NotNowError("Choose how you tried: phone, e-mail, text or in person.")
    if outcome not in OUTCOMES[channel]:
        raise NotNowError("Choose what came of it; that goes with how you tried. Nothing was kept yet.")
    if len(note) > LONGEST_NOTE:
        raise NotNowError(f"A note to a try has at most {LONGEST_NOTE} letters. What was said goes into the call note.")
    if at > now + AHEAD:
        raise NotNowError("That time has not come yet. Check day and time; nothing was kept yet.")
    if at < row.received_at:
        raise NotNowError("That is before the request came in. Check day and time; nothing was kept yet.")
