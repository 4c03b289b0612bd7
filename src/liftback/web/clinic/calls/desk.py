"""Calls at the desk: what comes, what is asked for, what nobody is to make yet; and one call with its deeds."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liftback.records import call_states
from liftback.records.call_times import said, wall_of
from liftback.records.models import Booking, Membership
from liftback.records.phones import dialled, shown
from liftback.records.read.clinic import calls
from liftback.records.scheduling.places import STATE_NAMES
from liftback.web.clinic.calls.rows import by_day, outlook
from liftback.web.shared.working import StaffVisit, for_staff

State = Booking.State


@require_safe
@for_staff()
def desk_calls(request: StaffVisit) -> HttpResponse:
    """The calls of today and the coming days."""
    mine = request.GET.get("whose") == "mine"
    found = calls.desk_calls(staff=request.staff, now=request.visitor.now, mine=mine)
    here = reverse("clinic:desk_calls")
    values = {
        "clinic": request.staff.clinic,
        "nobody": by_day(found.nobody, request.visitor.now),
        "asked": by_day(found.asked, request.visitor.now),
        "coming": by_day(found.coming, request.visitor.now),
        "over": by_day(found.over, request.visitor.now),
        "outlook": outlook(request.staff.clinic, request.visitor.now),
        "now_said": said(request.visitor.now, request.staff.clinic.zone),
        "whose": [
            {"url": here, "label": _("Everybody's"), "current": not mine},
            {"url": f"{here}?whose=mine", "label": _("Mine"), "current": mine},
        ],
    }
    return render(request, "clinic/calls/desk.html", values)


@require_safe
@for_staff()
def desk_call(request: StaffVisit, number: uuid.UUID) -> HttpResponse:
    """One call."""
    return call_page(request, number)


def call_page(
    request: StaffVisit,
    number: uuid.UUID,
    *,
    trouble: str = "",
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one call; with what stood in the way of a deed, and what was typed for it."""
    booking = calls.desk_call(staff=request.staff, booking=number, now=request.visitor.now)
    values = {"trouble": trouble, "typed": typed or {}, **_shown(booking, typed or {}), **possible(booking, request)}
    return render(request, "clinic/calls/desk_call.html", values, status=status)


def _shown(booking: Booking, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the page tells of a call."""
    local, theirs = said(booking.starts_at, booking.clinic_zone), said(booking.starts_at, booking.zone)
    return {
        "clinic": booking.clinic,
        "booking": booking,
        "local": local,
        "theirs": theirs if (theirs.clock, theirs.day) != (local.clock, local.day) else None,
        "phone": shown(booking.phone, booking.clinic.country) if booking.phone else "",
        "dial": dialled(booking.phone) if booking.phone else "",
        "place": place_said(booking.place),
        "care": calls.care_by_phone(booking.clinic, booking.place),
        "therapist": name_of(booking.therapist) if booking.therapist is not None else "",
        "therapists": [(str(one.pk), name_of(one)) for one in calls.takers(booking.clinic)],
        "at": typed.get("at", "") or wall_of(booking.starts_at, booking.clinic.zone).replace(" ", "T"),
        "rule_changed": calls.rule_changed(booking),
    }


def possible(booking: Booking, request: StaffVisit) -> dict[str, bool]:
    """What can be done with a call now."""
    coming = booking.state in call_states.COMING
    begun = booking.starts_at <= request.visitor.now
    asked = booking.state == State.REQUESTED
    return {
        "can_confirm": asked and not begun and booking.therapist_id is not None,
        "can_decline": asked,
        "can_finish": begun and booking.state in (*call_states.COMING, State.DONE, State.NO_SHOW),
        "can_give": coming and not begun,
        "can_move": coming or booking.state == State.NO_SHOW,
        "can_cancel": booking.state == State.CONFIRMED,
    }


def place_said(place: str) -> str:
    """Where somebody said they are."""
    named = {"outside": _("Outside the United States"), "unsure": _("Not sure where")}
    return STATE_NAMES.get(place) or named.get(place) or _("Not asked")


def name_of(member: Membership) -> str:
    """The name of somebody at work."""
    return member.person.name or member.person.email.partition("@")[0]
