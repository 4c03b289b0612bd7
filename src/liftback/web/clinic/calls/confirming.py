"""The form behind a held time: who, which number, where now, and what the call is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from liftback.records.call_details import consent_text, read_details
from liftback.records.models import Booking, ConsentText
from liftback.records.read.clinic import calls
from liftback.records.scheduling.places import STATES
from liftback.records.write.clinic import bookings
from liftback.records.write.clinic.taking import GoneError
from liftback.web.clinic.calls import choosing, times
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import Visit

FIELDS = ("name", "phone", "email", "place")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("call_confirm", times=20, seconds=600)
def call_confirm(request: Visit, token: str) -> HttpResponse:
    """The form; sent, it makes the held time a call, or asks for it."""
    booking = calls.by_link(purpose=calls.HOLD, token=token)
    if booking is None:
        raise Http404
    if booking.state not in (Booking.State.HELD, Booking.State.EXPIRED):
        return redirect(*choosing.place_of(booking))
    consent = consent_text(booking.clinic, request.visitor.now, get_language() or "en")
    if request.method != "POST":
        return _form(request, booking, consent, _known(request))
    read = read_details(request.POST, clinic=booking.clinic, request=booking.request, consent=consent)
    if read.details is None:
        return _form(request, booking, consent, request.POST, read.errors)
    try:
        kept = bookings.confirm(booking=booking, details=read.details, now=request.visitor.now)
    except GoneError as gone:
        request.session[choosing.TYPED] = {name: request.POST.get(name, "")[:300] for name in FIELDS}
        return choosing.page(request, booking.clinic, trouble=str(gone), status=409)
    for key in (choosing.TYPED, choosing.HELD):
        request.session.pop(key, None)
    return redirect(*choosing.place_of(kept))


def _known(request: Visit) -> Mapping[str, str]:
    """What was typed before the time was gone; else what a signed-in person is called."""
    typed: Mapping[str, str] | None = request.session.get(choosing.TYPED)
    person = request.visitor.person
    if typed is not None or person is None:
        return typed or {}
    return {"name": person.name, "email": person.email}


def _form(
    request: Visit,
    booking: Booking,
    consent: ConsentText,
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    errors = errors or {}
    left = (booking.held_until or request.visitor.now) - request.visitor.now
    minutes = max(0, round(left.total_seconds() / 60)) if booking.state == Booking.State.HELD else 0
    values: dict[str, Any] = {
        "clinic": booking.clinic,
        "booking": booking,
        "when": times.when(booking),
        "minutes": minutes,
        "consent": consent,
        "known": booking.request,
        "typed": {name: typed.get(name, "") for name in (*FIELDS, "consent")},
        "errors": errors,
        "summary": [{"id": name, "text": text} for name, text in errors.items()],
        "places": times.states(STATES),
    }
    return render(request, "clinic/calls/confirm.html", values)
