"""The consult form: shown, read for danger, kept once, and given back filled in where it cannot be kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from liftback import operations
from liftback.records import consents, modules
from liftback.records.models import Clinic, ConsentText
from liftback.records.read.clinic import door
from liftback.records.write.clinic import requests
from liftback.records.write.clinic.danger import advice_for, danger_in
from liftback.records.write.clinic.receipts import asked_path
from liftback.web.clinic.door import attaching, places
from liftback.web.clinic.door.attaching import Offer
from liftback.web.clinic.door.form import TRAP, ConsultForm, form_id_of
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import Visit

OWN = "asked"
"""The key of the session that lists the requests sent from this browser: only there their words are shown again."""
_MOST_OWN = 20
GONE = gettext_noop(
    "Your story is no longer here to be sent along: you were signed out, or its day was over. Tell it in a few words, "
    "or sign in again first."
)
TIMES, SECONDS = 20, 600
"""So many forms in so many seconds from one address: a gym's network is one address too."""


# The page checks where a form comes from by itself, since text that somebody wrote must come back with the refusal.
@csrf_exempt
@ensure_csrf_cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("consult", times=TIMES, seconds=SECONDS)
def consult_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a clinic, and what is done with it when it is sent."""
    visit, clinic = cast("Visit", request), door.clinic_at(slug)
    if not door.is_offered(clinic, modules.CONSULT):
        return render(request, "clinic/door/off.html", {"clinic": clinic})
    found = attaching.offer(visit, clinic)
    consent = _consent(visit, clinic)
    if request.method != "POST":
        return _page(visit, _Shown(clinic, consent, found))
    form = ConsultForm(request.POST, clinic=clinic)
    shown = _Shown(clinic, consent, found, form)
    if not _is_from_our_page(request):
        shown.notice = _("This page had grown old, so nothing was sent yet. What you typed is below: send it again.")
        return _page(visit, shown, HTTPStatus.FORBIDDEN)
    if request.POST.get(TRAP):
        return _nothing_kept(visit, shown)
    _ask_texts_again(visit, shown)
    if not form.is_valid():
        return _page(visit, shown, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _kept(visit, shown)


class _Shown:
    """What a page of the form is made of."""

    def __init__(
        self, clinic: Clinic, consent: ConsentText, found: Offer | None, form: ConsultForm | None = None
    ) -> None:
        self.clinic = clinic
        self.consent = consent
        self.offer = found
        self.form = form
        self.notice = ""


def _consent(request: Visit, clinic: Clinic) -> ConsentText:
    language = str(getattr(request, "LANGUAGE_CODE", "en"))
    return consents.current(clinic=clinic, kind=consents.CONSULT, now=request.visitor.now, language=language)


def _ask_texts_again(request: Visit, shown: _Shown) -> None:
    """Add what has to be read again to the form's sentences: a text that is not the one that was shown."""
    form = shown.form
    if form is None:
        return
    if request.POST.get("consent") != str(shown.consent.pk):
        form.add_error("agreed", _("The text you agree to has changed. Read it again, and tick the box once more."))
    if request.POST.get("attach") and shown.offer is None:
        form.add_error("words", _(GONE))
    about_records = attaching.changed(request, shown.offer)
    if about_records:
        form.add_error("attach", about_records)


def _kept(request: Visit, shown: _Shown) -> HttpResponse:
    """Keep it, and lead to what happens next; the same form again leads to the same page."""
    if shown.form is None:
        raise TypeError("Only a form that was sent can be kept.")
    language = str(getattr(request, "LANGUAGE_CODE", "en"))
    taken = requests.take(
        clinic=shown.clinic,
        told=shown.form.told(form_id=form_id_of(request.POST.get("form_id", "")), language=language),
        consent=shown.consent,
        now=request.visitor.now,
        person=request.visitor.person,
        attached=attaching.attached(request, shown.offer),
    )
    if taken.flagged:
        own = [one for one in request.session.get(OWN, []) if one != str(taken.pk)]
        request.session[OWN] = [*own, str(taken.pk)][-_MOST_OWN:]
    return redirect(asked_path(taken))


def _nothing_kept(request: Visit, shown: _Shown) -> HttpResponse:
    """Answer a program as if its form were kept. Should it have been a person, danger is still told of."""
    values = {"clinic": shown.clinic, "alarm": _alarm(request), **_numbers(shown.clinic)}
    return render(request, "clinic/door/thanks.html", values)


def _page(request: Visit, shown: _Shown, status: int = HTTPStatus.OK) -> HttpResponse:
    form = shown.form or ConsultForm(clinic=shown.clinic)
    faults = form.faults() if shown.form is not None else {}
    ticked = shown.form is not None and "agreed" not in faults and status != HTTPStatus.FORBIDDEN
    values = {
        "clinic": shown.clinic,
        "consent": shown.consent,
        "offer": shown.offer,
        "told": request.POST if shown.form is not None else {"reach": "phone"},
        "faults": faults,
        "listed": form.listed() if shown.form is not None else [],
        "place_doubted": form.place_doubted,
        "notice": shown.notice,
        "agreed": ticked,
        "attach": bool(request.POST.get("attach")) and "attach" not in faults and status != HTTPStatus.FORBIDDEN,
        "form_id": form_id_of(request.POST.get("form_id", "")),
        "states": places.choices(),
        "trap": TRAP,
        "alarm": _alarm(request),
        **_numbers(shown.clinic),
    }
    return render(request, "clinic/door/consult.html", values, status=status)


def _alarm(request: Visit) -> dict[str, Any] | None:
    """What to do about danger in words that were not kept: it is said at once, whatever else needs another look."""
    told = {name: request.POST.get(name, "") for name in ("words", "best_time", "name")}
    if not any(one.strip() for one in told.values()):
        return None
    today = request.visitor.today
    found = danger_in(**told, today=today)
    return advice_for(words="\n\n".join(told.values()), today=today) if found.flagged else None


def _numbers(clinic: Clinic) -> dict[str, Any]:
    """The emergency numbers, with those of the clinic's country in front."""
    return {"countries": operations.emergency_numbers(), "country": clinic.country}


def _is_from_our_page(request: HttpRequest) -> bool:
    """Whether a form carries the token of a page of ours, as Django asks of every other form."""
    check = CsrfViewMiddleware(lambda _request: HttpResponse())
    return check.process_view(request, _unguarded, (), {}) is None


def _unguarded(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()
