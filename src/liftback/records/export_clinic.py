"""What an export holds of a lifter and clinics: consents, requests, calls, messages, and who looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from liftback.records.audit import WHAT
from liftback.records.tables.bookings import Booking
from liftback.records.tables.care import ClearanceSignature, Episode, PlanEdit, PlanSignOff, Share, ThreadMessage
from liftback.records.tables.looked import AuditRow
from liftback.records.tables.people import Lifter
from liftback.records.tables.requests import ConsultRequest

_AT_ONCE = 500
Row = Mapping[str, Any]


def clinic_lists(lifter: Lifter) -> Iterator[tuple[str, Iterable[Row]]]:
    """Each list of the export by its name, read row by row."""
    by_clinic = {"lifter": lifter}
    yield "shares", map(_share, Share.objects.filter(**by_clinic).select_related("clinic", "consent").order_by("pk"))
    yield "episodes", map(_episode, Episode.objects.filter(**by_clinic).select_related("clinic").order_by("opened_at"))
    yield "requests", map(_request, _requests(lifter).order_by("received_at"))
    yield "calls", map(_call, Booking.objects.filter(**by_clinic).select_related("clinic").order_by("starts_at"))
    messages = ThreadMessage.objects.filter(episode__lifter=lifter).select_related("episode__clinic").order_by("pk")
    yield "messages", map(_message, messages.iterator(_AT_ONCE))
    yield "plan_edits", map(_edit, PlanEdit.objects.filter(**by_clinic).select_related("clinic").order_by("pk"))
    for name, table in (("plan_signatures", PlanSignOff), ("clearance_signatures", ClearanceSignature)):
        yield name, map(_signature, table.objects.filter(**by_clinic).select_related("clinic").order_by("pk"))
    looks = AuditRow.objects.filter(Q(lifter=lifter.pk) | Q(request__in=_requests(lifter).values("pk")))
    yield "who_looked", map(_look, looks.order_by("pk").iterator(_AT_ONCE))


def _requests(lifter: Lifter) -> Any:
    return ConsultRequest.objects.filter(lifter=lifter).select_related("clinic", "consent")


def _share(one: Share) -> Row:
    return {
        "clinic": one.clinic.name,
        "given_at": _at(one.given_at),
        "ended_at": _at(one.ended_at),
        "text": one.consent.text,
        "version": one.consent.version,
    }


def _episode(one: Episode) -> Row:
    return {
        "clinic": one.clinic.name,
        "opened_at": _at(one.opened_at),
        "joined_at": _at(one.joined_at),
        "closed_at": _at(one.closed_at),
        "closed_why": one.closed_why,
    }


def _request(one: ConsultRequest) -> Row:
    told = ("name", "email", "phone", "reach", "best_time", "country", "state", "zip", "words", "language")
    return {
        "clinic": one.clinic.name,
        "received_at": _at(one.received_at),
        **{name: getattr(one, name) for name in told},
        "agreed_to": one.consent.text,
        "agreed_at": _at(one.consent_at),
        "answer_due_at": _at(one.due_at),
        "answered_at": _at(one.met_at),
        "closed_at": _at(one.closed_at),
    }


def _call(one: Booking) -> Row:
    told = ("name", "email", "phone", "place", "zone", "state")
    return {
        "clinic": one.clinic.name,
        "starts_at": _at(one.starts_at),
        "ends_at": _at(one.ends_at),
        "made_at": _at(one.made_at),
        **{name: getattr(one, name) for name in told},
    }


def _message(one: ThreadMessage) -> Row:
    return {
        "clinic": one.episode.clinic.name,
        "at": _at(one.at),
        "from": "you" if one.from_lifter else one.author_name,
        "text": one.text,
    }


def _edit(one: PlanEdit) -> Row:
    told = ("kind", "lift", "values", "why", "by_name", "ended_by_name")
    return {
        "clinic": one.clinic.name,
        "at": _at(one.at),
        "ended_at": _at(one.ended_at),
        **{name: getattr(one, name) for name in told},
    }


def _signature(one: PlanSignOff | ClearanceSignature) -> Row:
    return {
        "clinic": one.clinic.name,
        "at": _at(one.at),
        "by": one.by_name,
        "licence": one.licence,
        "words": one.words,
        "ended_at": _at(getattr(one, "ended_at", None)),
    }


def _look(one: AuditRow) -> Row:
    return {
        "at": _at(one.at),
        "who": one.actor_name,
        "role": one.role,
        "clinic": one.clinic_name,
        "deed": one.deed,
        "what": WHAT.get(one.what, one.what),
    }


def _at(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()
