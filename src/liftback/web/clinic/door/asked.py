"""What happens next: the page behind a request's link, an introduction to a colleague, and taking the request back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from liftback import operations
from liftback.records import consents, texts
from liftback.records.models import ConsultRequest
from liftback.records.read.clinic import door
from liftback.records.write.clinic import hand_overs, requests
from liftback.records.write.clinic.danger import advice_for
from liftback.web.clinic.door import places
from liftback.web.clinic.door.consult import OWN
from liftback.web.clinic.door.pages import offers
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import Visit

P = ParamSpec("P")


def by_link(view: Callable[Concatenate[Visit, ConsultRequest, str, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the request that a link stands for; a page with a way on for a link that is forged or old."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: P.args, **given: P.kwargs) -> HttpResponse:
        visit = cast("Visit", request)
        found = door.asked_request(token, visit.visitor.now)
        if found is None:
            return render(request, "clinic/door/no_link.html", status=HTTPStatus.NOT_FOUND)
        return view(visit, found, token, *args, **given)

    return guarded


@require_safe
@never_cache
@by_link
def asked(request: Visit, found: ConsultRequest, token: str) -> HttpResponse:
    """What happens next; with a warning sign first what to do about that."""
    return _page(request, found, token)


@require_POST
@by_link
def asked_place(request: Visit, found: ConsultRequest, token: str) -> HttpResponse:
    """Say where one is, for whoever did not know it with the form."""
    state, _country = places.state_and_country(request.POST.get("state", ""))
    if not state:
        return _page(request, found, token, fault=_("Choose the state you are in now."))
    requests.tell_place(request=found, state=state, now=request.visitor.now)
    return redirect("clinic:asked", token=token)


@require_POST
@limited("introduce", times=10, seconds=600)
@by_link
def introduce(request: Visit, found: ConsultRequest, token: str) -> HttpResponse:
    """Introduce the person to a colleague, once, by their yes to the text that was shown."""
    consent = consents.current(clinic=found.clinic, kind=consents.HAND_OVER, now=request.visitor.now)
    try:
        chosen = UUID(request.POST.get("colleague", ""))
    except ValueError:
        return _page(request, found, token, fault=_("Choose somebody from the list."))
    if request.POST.get("consent") != str(consent.pk):
        return _page(request, found, token, fault=_("The text has changed. Read it again, and tick the box once more."))
    if not request.POST.get("agreed"):
        return _page(request, found, token, fault=_("Without your yes nothing is sent. Tick the box if you want it."))
    made = hand_overs.introduce(request=found, colleague_id=chosen, consent=consent, now=request.visitor.now)
    messages.success(request, _("We write to %(name)s for you.") % {"name": made.colleague_name})
    return redirect("clinic:asked", token=token)


@require_POST
@by_link
def withdraw(request: Visit, found: ConsultRequest, token: str) -> HttpResponse:
    """Take the request back, and delete what was told with it."""
    requests.withdraw(request=found, now=request.visitor.now)
    return redirect("clinic:asked", token=token)


def _page(request: Visit, found: ConsultRequest, token: str, *, fault: str = "") -> HttpResponse:
    shown = door.asked(found, zone=request.visitor.zone, now=request.visitor.now)
    values = {
        "asked": shown,
        "clinic": shown.clinic,
        "token": token,
        "fault": fault,
        "states": places.choices(anybody=False),
        "offers": offers(shown.clinic),
        "next_words": texts.own(shown.clinic, texts.NEXT),
        "consent": consents.current(clinic=shown.clinic, kind=consents.HAND_OVER, now=request.visitor.now),
        "alarm": _alarm(request, found) if found.flagged else None,
        "countries": operations.emergency_numbers(),
        "country": "" if found.country == "ZZ" else shown.clinic.country,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "clinic/door/asked.html", values, status=status)


def _alarm(request: Visit, found: ConsultRequest) -> dict[str, Any]:
    """What to do first. The words that call for it are shown in the browser they were sent from alone."""
    own = str(found.pk) in request.session.get(OWN, [])
    words = f"{found.words}\n\n{found.best_time}\n\n{found.name}" if own else ""
    quotes = [one["quote"] for one in found.read if one.get("counts")] if own else []
    advice = advice_for(words=words, today=request.visitor.today)
    if found.level == "emergency" and advice["level"] != found.level:  # a story's answers, or another browser
        advice = {"level": found.level, **operations.emergency_page()}
    return {**advice, "quotes": quotes}
