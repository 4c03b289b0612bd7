"""The page of one request: how to reach the person, what was done, and what can be done now."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liftback.records import staff as rules
from liftback.records.read.clinic import desk as reading
from liftback.web.clinic.desk import words
from liftback.web.shared.working import StaffVisit, for_staff

_MORNING = time(9)


@require_safe
@for_staff()
def request_page(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """The page."""
    return shown(request, request_id)


def shown(
    request: StaffVisit, request_id: UUID, *, form: str = "", trouble: str = "", status: int = 200
) -> HttpResponse:
    """The page of a request; where a form was refused with why, and with what was typed into it."""
    staff, now = request.staff, request.visitor.now
    found = reading.asked(staff=staff, request=request_id, now=now)
    values = {
        "asked": found,
        "row": found.row,
        "item": found.item,
        "form": form,
        "trouble": trouble,
        "told": request.POST if form else {},
        "client_id": _client_id(request, form),
        "zone": staff.clinic.zone,
        "now": now,
        "local_now": f"{now.astimezone(ZoneInfo(staff.clinic.zone)):%Y-%m-%dT%H:%M}",
        "results": words.results(),
        "reasons": words.reasons(),
        "put_off": put_off_choices(now, staff.clinic.zone),
        "raised": words.raised(),
        "may_read": staff.may(rules.BRIEF),
        "may_treat": staff.may(rules.TREAT),
        "me": staff.membership.pk,
    }
    return render(request, "clinic/desk/request.html", values, status=status)


def _client_id(request: StaffVisit, form: str) -> str:
    """A new name for what may be sent from this page; that of a refused form again."""
    given = request.POST.get("client_id", "") if form else ""
    return given or str(uuid.uuid4())


def put_off_choices(now: datetime, zone: str) -> list[tuple[str, str]]:
    """Times until which a request can be put off, in the clinic's zone: `(instant, words)`."""
    here = now.astimezone(ZoneInfo(zone))
    morning = datetime.combine(here.date(), _MORNING, tzinfo=here.tzinfo)
    monday = morning + timedelta(days=7 - here.weekday())
    choices = [
        (here + timedelta(hours=1), _("for an hour")),
        (here + timedelta(hours=3), _("for three hours")),
        (morning + timedelta(days=1), _("until tomorrow, 9:00")),
        (monday, _("until Monday, 9:00")),
        (morning + timedelta(days=14), _("for two weeks")),
    ]
    return [(when.isoformat(timespec="seconds"), label) for when, label in choices]


def instant(text: str, zone: str) -> datetime | None:
    """A typed time as an instant, in the clinic's zone where it names none; None where it is no time."""
    try:
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo is not None else found.replace(tzinfo=ZoneInfo(zone))).astimezone(ZoneInfo("UTC"))
    except (ValueError, OverflowError):
        return None


def number(text: Any) -> int | None:
    """A whole number from a form; None for anything else."""
    told = str(text or "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < len(str(2**31)) else None
