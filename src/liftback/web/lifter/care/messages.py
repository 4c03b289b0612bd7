"""Messages between a lifter and their clinic. Words that tell of a warning sign lead to help, and are kept first."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liftback import operations
from liftback.records.models import Episode
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import threads
from liftback.records.write.clinic import threads as writing
from liftback.web.lifter.course.telling import set_aside, taken_up, whose
from liftback.web.lifter.training.telling import as_id, id_of
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import LifterVisit, Visit, for_lifters


@require_http_methods(["GET", "POST"])
@limited("messages", times=60, seconds=600)
def messages(request: HttpRequest) -> HttpResponse:
    """The thread and its form. A message whose sign-in ran out meanwhile is set aside, and is there after it."""
    if request.method == "POST":
        return _send(request) if request.user.is_authenticated else _after_sign_out(request)
    return _show(request)


@for_lifters
def _show(request: LifterVisit) -> HttpResponse:
    left = taken_up(request)
    episode = _episode(request, request.GET.get("with", "") if left is None else left.get("with", ""))
    if left is not None:
        notice = _("You were signed out before this was sent. Look at it, then send it.")
        return _page(request, episode, text=left.get("text", ""), client_id=left.get("client_id", ""), notice=notice)
    return _page(request, episode)


@for_lifters
def _send(request: LifterVisit) -> HttpResponse:
    episode, text, now = _episode(request, request.POST.get("with", "")), request.POST.get("text", ""), _now(request)
    client_id = id_of(request)
    if episode is None:
        return _to_nobody(request, text, client_id)
    try:
        sent = writing.send(actor=request.person, episode=episode, text=text, client_id=client_id, now=now)
    except NotNowError as error:
        return _page(request, episode, text=text, client_id=str(client_id), error=str(error), alarm=_alarm(text))
    leads = _leads(request, text, sent)
    if leads:
        return redirect(leads)
    if sent.closed:
        return _page(request, episode, text=text, client_id=str(client_id), error=sent.closed)
    told.success(request, _("Sent."))
    if not operations.read_text(text=text, today=request.visitor.today).readable:
        told.info(request, _("Your words could not be read for warning signs. Is anything new? Go through the signs."))
    return redirect(f"{request.path}?with={episode.pk}#newest")


def _to_nobody(request: LifterVisit, text: str, client_id: UUID) -> HttpResponse:
    """A message that no clinic is there for: its warning sign is kept all the same."""
    given = {"actor": request.person, "lifter": request.lifter, "now": _now(request)}
    closed = _("No clinic treats you here, so nothing was sent.")
    signs = writing.keep_sign(**given, text=text, client_id=client_id)
    leads = _leads(request, text, writing.Sent(message=None, signs=signs, closed=closed))
    return redirect(leads) if leads else _page(request, None, text=text, error=closed)


def _leads(request: LifterVisit, text: str, sent: writing.Sent) -> str:
    """Where words lead in which there may be a warning sign; empty for any others. They are kept before that."""
    if not sent.signs:
        return ""
    found = operations.read_text(text=text, today=request.visitor.today)
    clinic = (
        _("Your message is with the clinic, but do not wait for an answer.")
        if not sent.closed
        else _("Your message did not reach the clinic. %(why)s") % {"why": sent.closed}
    )
    if found.triage.value == "emergency":
        told.warning(request, clinic)
        return "lifter:emergency"
    told.warning(request, _("Something in it may be a warning sign. Go through the signs now, please.") + " " + clinic)
    return "lifter:signs"


def _alarm(text: str) -> str:
    """What to do first where words that could not be sent tell of a warning sign; empty for any others."""
    if not any(one.counts for one in operations.read_words(text)):
        return ""
    return _("Something in it may be a warning sign. Do not wait for anybody's answer.")


def _after_sign_out(request: HttpRequest) -> HttpResponse:
    """Keep the form until the next sign-in; help comes first where its words call for it."""
    found = operations.read_text(text=request.POST.get("text", ""), today=_visit(request).today)
    waiting = set_aside(request)
    urgent = any(one.counts for one in found.signals) and found.triage.value == "emergency"
    return redirect("lifter:emergency") if urgent else waiting


def _page(
    request: LifterVisit, episode: Episode | None, *, text: str = "", client_id: str = "", **said: str
) -> HttpResponse:
    lifter, person = request.lifter, request.person
    values: dict[str, Any] = {"text": text, "client_id": client_id or str(uuid4()), "whose": whose(request), **said}
    if episode is not None:
        values |= {"thread": threads.thread_of(actor=person, episode=episode), "episode": episode}
        values["others"] = [one for one in threads.episodes_of(lifter) if one.pk != episode.pk]
    response = render(
        request,
        "lifter/care/messages.html",
        {**values, "longest": writing.LONGEST},
        status=422 if said.get("error") else 200,
    )
    if episode is not None and request.method == "GET":
        writing.mark_read(actor=person, episode=episode, now=_now(request))
    return response


def _episode(request: LifterVisit, wanted: str) -> Episode | None:
    number: UUID | None = as_id(wanted)
    return threads.episode_of(actor=request.person, lifter=request.lifter, number=number)


def _now(request: Visit) -> Any:
    return request.visitor.now


def _visit(request: Any) -> Any:
    return request.visitor
