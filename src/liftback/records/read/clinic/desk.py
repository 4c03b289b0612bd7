"""One request as the desk sees it: how to reach the person, the promise, and everything that was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from liftback.records import audit
from liftback.records import staff as staff_rules
from liftback.records.read.clinic.worklist import Item, item_of, name_of
from liftback.records.staff import Staff
from liftback.records.tables.bookings import Booking
from liftback.records.tables.care import Episode
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Membership
from liftback.records.tables.requests import CallNote, ConsultRequest, ContactAttempt, RequestStep
from liftback.records.write.clinic.steps import request_of

STORY = "story"
"""The step that carries a stranger's story, which only the brief reads."""
_CLINICAL = frozenset(("raised", "unreadable"))
"""Steps that tell something of what was told, or of what a therapist made of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a request's history: a step, a try, a note or a mail. `late` is when it was written, if later."""

    at: datetime
    kind: str
    by: str
    why: str
    details: dict[str, Any]
    written: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The page of a request. `notes` are empty for those who may not read what was told.

    `colleagues` are those it can be given to and `therapists` those who can treat, each by number and name.
    """

    row: ConsultRequest
    item: Item
    holder: int | None
    history: tuple[Event, ...]
    notes: tuple[CallNote, ...]
    calls: tuple[Booking, ...]
    episode: Episode | None
    colleagues: tuple[tuple[int, str], ...]
    therapists: tuple[tuple[int, str], ...]


def asked(*, staff: Staff, request: UUID, now: datetime) -> Asked:
    """A request of the clinic in front, behind a row of the audit. Raises NotAllowedError."""
    row = request_of(staff, request)
    with audit.audited(staff=staff, deed=audit.READ, what="request", now=now, request=row):
        attempts = list(ContactAttempt.objects.filter(request=row).order_by("at", "pk"))
        notes = CallNote.objects.filter(request=row).order_by("at", "pk") if staff.may(staff_rules.BRIEF) else ()
        history = _history(row, attempts, clinical=staff.may(staff_rules.BRIEF))
        calls = tuple(Booking.objects.filter(request=row).order_by("starts_at"))
        episode = Episode.objects.filter(request=row, clinic=staff.clinic).order_by("-opened_at").first()
    everybody = Membership.objects.filter(clinic=staff.clinic, active=True).select_related("person")
    working = sorted(everybody, key=lambda one: name_of(one).casefold())
    return Asked(
        row=row,
        item=item_of(
            row, [one for one in attempts if one.taken_back_at is None], staff, now, claimed_by=name_of(row.claimed_by)
        ),
        holder=row.claimed_by_id,
        history=history,
        notes=tuple(notes),
        calls=calls,
        episode=episode,
        colleagues=tuple((one.pk, name_of(one)) for one in working if one.pk != row.claimed_by_id),
        therapists=tuple((one.pk, name_of(one)) for one in working if staff_rules.is_clinical(one)),
    )


def _history(row: ConsultRequest, attempts: Sequence[ContactAttempt], *, clinical: bool) -> tuple[Event, ...]:
    """Everything that was done, the newest first. A try stands at its own time, with when it was written."""
    steps = list(RequestStep.objects.filter(request=row).exclude(kind=STORY).order_by("at", "pk"))
    written = {str(one.details.get("at")): one.at for one in steps if one.kind == "tried"}
    events = [
        Event(
            at=one.at,
            kind=one.kind,
            by=one.by_name,
            why=one.why if clinical or one.kind not in _CLINICAL else "",
            details=one.details if clinical or one.kind not in _CLINICAL else {},
        )
        for one in steps
        if one.kind != "tried"
    ]
    for one in attempts:
        told = {"channel": one.channel, "outcome": one.outcome, "id": one.pk, "slip": one.taken_back_at is not None}
        kept = written.get(one.at.isoformat())
        late = kept if kept is not None and kept != one.at else None
        events.append(Event(at=one.at, kind="tried", by=one.by_name, why=one.note, details=told, written=late))
    for mail in Mail.objects.filter(request=row).only("made_at", "kind", "state", "last_error"):
        told = {"mail": mail.kind, "state": mail.state, "trouble": mail.last_error}
        events.append(Event(at=mail.made_at, kind="mail", by="", why="", details=told))
    events.sort(key=lambda one: one.at)
    return tuple(reversed(events))
