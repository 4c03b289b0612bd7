"""The message thread of a patient, for the therapists of their clinic. Reading it is noted, and told."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liftback.records.models import Episode
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import threads
from liftback.records.staff import TREAT
from liftback.records.write.clinic import shares
from liftback.records.write.clinic import threads as writing
from liftback.web.shared.limits import limited
from liftback.web.shared.working import StaffVisit, for_staff

_DIGITS = 18
"""Of the number of a message; more than that is none."""


@require_http_methods(["GET", "POST"])
@limited("patient_messages", times=120, seconds=600)
@for_staff(TREAT)
def patient_messages(request: StaffVisit, number: UUID) -> HttpResponse:
    """The thread and its form; POST sends."""
    episode = threads.episode_here(staff=request.staff, number=number)
    if request.method == "POST":
        return _send(request, episode)
    return _page(request, episode)


def _send(request: StaffVisit, episode: Episode) -> HttpResponse:
    text, client_id = request.POST.get("text", ""), _as_id(request.POST.get("client_id", ""))
    seen, now = request.POST.get("seen", ""), request.visitor.now
    if not shares.holds(lifter=episode.lifter, clinic=episode.clinic):
        return _page(request, episode, text=text, error=_("Nothing was sent: see below."))
    try:
        writing.reply(
            staff=request.staff,
            episode=episode,
            text=text,
            client_id=client_id,
            now=now,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= _DIGITS else 0,
        )
    except NotNowError as error:
        return _page(request, episode, text=text, client_id=str(client_id), error=str(error))
    messages.success(request, _("Sent."))
    return redirect(f"{reverse('clinic:patient_messages', args=[episode.pk])}#newest")


def _page(
    request: StaffVisit, episode: Episode, *, text: str = "", client_id: str = "", error: str = ""
) -> HttpResponse:
    shared = shares.holds(lifter=episode.lifter, clinic=episode.clinic)
    thread = threads.opened(staff=request.staff, episode=episode, now=request.visitor.now) if shared else None
    values = {
        "episode": episode,
        "shared": shared,
        "thread": thread,
        "seen": thread.lines[-1].message.pk if thread is not None and thread.lines else 0,
        "text": text,
        "client_id": client_id or str(uuid4()),
        "error": error,
        "longest": writing.LONGEST,
    }
    return render(request, "clinic/patients/messages.html", values, status=422 if error else 200)


def _as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
