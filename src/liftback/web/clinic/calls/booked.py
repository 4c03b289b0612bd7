"""The page of one call, for whoever has its link: where it stands, and how to move it or take it back.

To look changes nothing, since mail programs follow links. What is shown of the visitor is their first name.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from liftback.records import call_states
from liftback.records.mail import call_mails, invitations
from liftback.records.models import Booking
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import calls
from liftback.records.signed import link_token
from liftback.records.write.clinic import bookings
from liftback.records.write.clinic.taking import GoneError
from liftback.web.clinic.calls import choosing, times
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import Visit

State = Booking.State


@require_safe
def booked(request: Visit, token: str) -> HttpResponse:
    """The call in whatever state it is."""
    booking = _by_link(call_mails.BOOKED, token)
    if call_states.is_over(booking, request.visitor.now):
        return _over(request, booking)
    if booking.state in (State.HELD, State.EXPIRED):
        return redirect(*choosing.place_of(booking))
    values = _values(booking) | {"shown": shown_state(request, booking)}
    for name, purpose, possible in (
        ("cancel_url", calls.CANCEL, call_states.is_cancellable(booking, request.visitor.now)),
        ("move_url", calls.MOVE, call_states.is_movable(booking, request.visitor.now)),
    ):
        values[name] = link_token(purpose, str(booking.pk)) if possible else ""
    values["token"] = token if booking.state in call_states.COMING else ""
    return render(request, "clinic/calls/booked.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("booked_cancel", times=20, seconds=600)
def booked_cancel(request: Visit, token: str) -> HttpResponse:
    """Ask once more, and take the call back."""
    booking = _by_link(calls.CANCEL, token)
    if call_states.is_over(booking, request.visitor.now):
        return _over(request, booking)
    if request.method == "POST":
        bookings.cancel(booking=booking, now=request.visitor.now)
    if request.method == "POST" or not call_states.is_cancellable(booking, request.visitor.now):
        return redirect("clinic:booked", _page_token(booking))
    return render(request, "clinic/calls/cancel.html", _values(booking) | {"back": _page_token(booking)})


@require_http_methods(["GET", "HEAD", "POST"])
@limited("booked_move", times=20, seconds=600)
def booked_move(request: Visit, token: str) -> HttpResponse:
    """The free times, and the call at one of them instead."""
    booking = _by_link(calls.MOVE, token)
    if call_states.is_over(booking, request.visitor.now):
        return _over(request, booking)
    if not call_states.is_movable(booking, request.visitor.now):
        return redirect("clinic:booked", _page_token(booking))
    if request.method != "POST":
        return _move_page(request, booking)
    starts_at = times.sent_instant(request.POST.get("starts_at", ""))
    sequence = request.POST.get("sequence", "")
    try:
        if starts_at is None or not sequence.isdecimal():
            raise GoneError
        bookings.move(booking=booking, starts_at=starts_at, sequence=int(sequence[:9]), now=request.visitor.now)
    except NotNowError as trouble:
        return _move_page(request, _by_link(calls.MOVE, token), trouble=str(trouble), status=409)
    return redirect("clinic:booked", _page_token(booking))


@require_safe
def booked_invite(request: Visit, token: str) -> HttpResponse:
    """The call as a calendar file."""
    booking = _by_link(call_mails.BOOKED, token)
    if booking.state not in call_states.COMING or call_states.is_over(booking, request.visitor.now):
        raise Http404
    text = invitations.invitation(booking=booking, link=call_mails.link_of(booking), method=invitations.PUBLISH)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="call.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def shown_state(request: Visit, booking: Booking) -> str:
    """The state as the page tells it: a call whose time has come is neither to come nor over."""
    if booking.state in call_states.COMING and booking.starts_at <= request.visitor.now:
        return "begun"
    return str(booking.state)


def _by_link(purpose: str, token: str) -> Booking:
    booking = calls.by_link(purpose=purpose, token=token)
    if booking is None:
        raise Http404
    return booking


def _page_token(booking: Booking) -> str:
    return link_token(call_mails.BOOKED, str(booking.pk))


def _values(booking: Booking) -> dict[str, Any]:
    return {
        "clinic": booking.clinic,
        "booking": booking,
        "first_name": call_mails.first_name(booking.name),
        "when": times.when(booking),
    }


def _over(request: Visit, booking: Booking) -> HttpResponse:
    """A link whose time is over: what to do now, and nothing of the call."""
    return render(request, "clinic/calls/over.html", {"clinic": booking.clinic}, status=410)


def _move_page(request: Visit, booking: Booking, *, trouble: str = "", status: int = 200) -> HttpResponse:
    wanted = request.POST.get("zone", "") or request.GET.get("zone", "") or booking.zone
    zone = times.zone_here(request, booking.clinic, wanted)
    values = _values(booking) | {
        "trouble": trouble,
        "back": _page_token(booking),
        **choosing.times_of(request, booking.clinic, zone, booking.request, booking),
    }
    return render(request, "clinic/calls/move.html", values, status=status)
