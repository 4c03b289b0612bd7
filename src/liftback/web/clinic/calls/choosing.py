"""Choosing a time: the free times of a clinic in the visitor's zone, and holding one of them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from liftback.records.mail.call_mails import BOOKED
from liftback.records.models import Booking, Clinic, ConsultRequest
from liftback.records.read.clinic import calls, slots
from liftback.records.signed import link_token
from liftback.records.write.clinic import bookings
from liftback.records.write.clinic.taking import GoneError
from liftback.web.clinic.calls import times
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import Visit

HELD = "call_hold"
"""The key of the session that keeps which time this visitor holds."""
TYPED = "call_typed"
"""The key of what was typed into the form before its time was gone."""


@require_http_methods(["GET", "HEAD", "POST"])
@limited("call", times=20, seconds=600)
def call(request: Visit, slug: str) -> HttpResponse:
    """The free times; a time that is pressed is held for some minutes."""
    clinic = clinic_or_404(slug)
    if request.method != "POST":
        return page(request, clinic)
    asked = request.POST.get("asked", "")
    try:
        booking = _hold(request, clinic, calls.request_by_link(clinic=clinic, token=asked))
    except GoneError as gone:
        return page(request, clinic, trouble=str(gone), status=409)
    return redirect(*place_of(booking))


def clinic_or_404(slug: str) -> Clinic:
    """The clinic of an address."""
    clinic = calls.clinic_of(slug)
    if clinic is None:
        raise Http404
    return clinic


def place_of(booking: Booking) -> tuple[str, str]:
    """The page of a booking: the form where it is held, else the call's own."""
    if booking.state in (Booking.State.HELD, Booking.State.EXPIRED):
        return "clinic:call_confirm", link_token(calls.HOLD, str(booking.pk))
    return "clinic:booked", link_token(BOOKED, str(booking.pk))


def page(request: Visit, clinic: Clinic, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """The page of free times; `trouble` says why it is shown again."""
    asked = request.POST.get("asked", "") or request.GET.get("asked", "")
    about = calls.request_by_link(clinic=clinic, token=asked)
    zone = times.zone_here(request, clinic, request.POST.get("zone", "") or request.GET.get("zone", ""))
    held = calls.held_by(clinic=clinic, number=request.session.get(HELD, ""), now=request.visitor.now)
    values: dict[str, Any] = {
        "clinic": clinic,
        "asked": asked if about is not None else "",
        "about": about,
        "is_on": slots.is_on(clinic),
        "trouble": trouble,
        "form_id": uuid.uuid4(),
        "held": held,
        "held_when": times.when(held) if held is not None else None,
        "held_at": link_token(calls.HOLD, str(held.pk)) if held is not None else "",
        **times_of(request, clinic, zone, about),
    }
    return render(request, "clinic/calls/call.html", values, status=status)


def times_of(
    request: Visit, clinic: Clinic, zone: str, about: ConsultRequest | None, moving: Booking | None = None
) -> dict[str, Any]:
    """The free times, and the zone they are shown in, as values for a page."""
    wanted = slots.Wanted(clinic=clinic, now=request.visitor.now, request=about, moving=moving)
    return {
        "days": times.days(slots.offered(wanted), zone=zone, clinic=clinic),
        "zone": zone,
        "zone_words": times.zone_said(zone, request.visitor.now),
        "zones": times.zone_choices(zone, clinic.zone),
    }


def _hold(request: Visit, clinic: Clinic, about: ConsultRequest | None) -> Booking:
    starts_at = times.sent_instant(request.POST.get("starts_at", ""))
    if starts_at is None:
        raise GoneError
    earlier = calls.held_by(clinic=clinic, number=request.session.get(HELD, ""), now=request.visitor.now)
    choice = bookings.Choice(
        starts_at=starts_at,
        form_id=times.sent_id(request.POST.get("form_id", "")),
        zone=times.zone_here(request, clinic, request.POST.get("zone", "")),
        request=about,
        lifter=request.visitor.lifter,
        instead_of=earlier.pk if earlier is not None else None,
    )
    booking = bookings.hold(clinic=clinic, choice=choice, now=request.visitor.now)
    request.session[HELD] = str(booking.pk)
    return booking
