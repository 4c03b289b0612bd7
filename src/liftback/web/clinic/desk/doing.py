"""What is done about a request: one form each. What is refused shows the page again, with what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liftback.records import staff as rules
from liftback.records.policies import NotNowError
from liftback.records.write.clinic import attempts, claims, notes
from liftback.web.clinic.desk.requests import instant, number, shown
from liftback.web.shared.working import StaffVisit, for_staff


@require_POST
@for_staff()
def claim(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Take it."""
    return _done(request, request_id, "claim", claims.claim, _("It is yours now."))


@require_POST
@for_staff()
def release(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Put it back."""
    return _done(request, request_id, "release", claims.release, _("It is for anybody to take again."))


@require_POST
@for_staff()
def give(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Give it to a colleague of the clinic."""
    told = {
        "to": number(request.POST.get("to")) or 0,
        "why": request.POST.get("why", ""),
        "held_by": number(request.POST.get("held_by")),
    }
    return _done(request, request_id, "give", claims.give, _("Given on."), **told)


@require_POST
@for_staff()
def snooze(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Put it off."""
    until = instant(request.POST.get("until", ""), request.staff.clinic.zone) or request.visitor.now
    words = _("Put off. The promise runs on: it comes back by itself when its time is over.")
    return _done(request, request_id, "snooze", claims.snooze, words, until=until, why=request.POST.get("why", ""))


@require_POST
@for_staff()
def wake(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Take it up again."""
    return _done(request, request_id, "wake", claims.wake, _("It is back in its place."))


@require_POST
@for_staff()
def attempt(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Write down a try to reach them."""
    channel, _colon, outcome = request.POST.get("result", "").partition(":")
    typed = request.POST.get("at", "").strip()
    told = {
        "channel": channel,
        "outcome": outcome,
        "note": request.POST.get("note", ""),
        "client_id": _client_id(request),
        "at": instant(typed, request.staff.clinic.zone) if typed else None,
    }
    if typed and told["at"] is None:
        words = _("That is no time. Write it like 2026-11-23 10:05, or leave it empty for now.")
        return shown(request, request_id, form="attempt", trouble=words, status=409)
    return _done(request, request_id, "attempt", attempts.add, _("Written down."), **told)


@require_POST
@for_staff()
def attempt_back(request: StaffVisit, request_id: UUID, attempt: int) -> HttpResponse:
    """Say that a try was a slip."""
    words = _("It counts no more. Write down what really happened.")
    return _done(request, request_id, "attempt", attempts.take_back, words, attempt=attempt)


@require_POST
@for_staff(rules.BRIEF)
def note(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Keep a note of a call."""
    told = {"client_id": _client_id(request), "text": request.POST.get("text", "")}
    return _done(request, request_id, "note", notes.add, _("The note is kept."), **told)


@require_POST
@for_staff()
def next_step(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Write down what comes next."""
    words = request.POST.get("words", "")
    return _done(request, request_id, "next", claims.set_next, _("The next step is kept."), words=words)


@require_POST
@for_staff(rules.BRIEF)
def level(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Say that it is more urgent than it was read."""
    told = {"level": request.POST.get("level", ""), "why": request.POST.get("why", "")}
    return _done(request, request_id, "level", claims.raise_level, _("Raised."), **told)


@require_POST
@for_staff()
def close(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Close it, for a reason."""
    told = {"reason": request.POST.get("reason", ""), "words": request.POST.get("words", "")}
    return _done(request, request_id, "close", claims.close, _("Closed. It can be opened again."), **told)


@require_POST
@for_staff()
def reopen(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Open it again."""
    return _done(request, request_id, "reopen", claims.reopen, _("Open again. The promise is the one it had."))


@require_POST
@for_staff(rules.TREAT)
def make_patient(request: StaffVisit, request_id: UUID) -> HttpResponse:
    """Make a patient of whoever asked, and go to their page."""
    therapist = number(request.POST.get("therapist"))
    try:
        made = claims.make_patient(
            staff=request.staff, request=request_id, therapist=therapist, now=request.visitor.now
        )
    except NotNowError as error:
        return shown(request, request_id, form="patient", trouble=str(error), status=409)
    messages.success(request, _("They are a patient now."))
    return redirect("clinic:patient", made.pk)


def _client_id(request: StaffVisit) -> UUID:
    """The name under which a form is kept once; a new one where it brings none, or a forged one."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid.uuid4()


def _done(
    request: StaffVisit, request_id: UUID, form: str, deed: Callable[..., Any], kept: str, **told: Any
) -> HttpResponse:
    """Do it and go back to where it was asked for; where it does not work now, show the page with why."""
    try:
        deed(staff=request.staff, request=request_id, now=request.visitor.now, **told)
    except NotNowError as error:
        return shown(request, request_id, form=form, trouble=str(error), status=409)
    messages.success(request, kept)
    return redirect("clinic:desk") if request.POST.get("back") == "desk" else redirect("clinic:request", request_id)
