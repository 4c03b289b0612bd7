"""What was done, and how the back answered: during the lift, in the rest of the day, and the next morning."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from liftback.records import read
from liftback.web.lifter.training import after_form, cards, exposure_form, telling
from liftback.web.shared.visiting import LifterVisit, for_lifters

NO_PLAN = {"held": True, "lights": [], "may_log": []}
FORM, CARD = "lifter/training/_done_form.html", "lifter/training/_card.html"


@require_http_methods(["GET", "POST"])
@for_lifters
def done(request: LifterVisit) -> HttpResponse:
    """The form for a lift that was done; what it tells is kept once."""
    plan = request.visitor.page("plan")
    if plan is None and request.method == "GET":
        return redirect("lifter:today")
    plan = plan or NO_PLAN  # what was done is kept all the same
    doing = read.doing(actor=request.person, lifter=request.lifter, today=request.visitor.today)
    if request.method == "POST":
        return _kept(request, plan, doing)
    form = exposure_form.opened(request, plan, doing)
    if form is None:
        raise Http404
    return _form(request, form, plan)


def _kept(request: LifterVisit, plan: Any, doing: read.Doing) -> HttpResponse:
    sent = exposure_form.payload(request)
    errors = exposure_form.checked(request, plan, sent)
    if errors:
        return _form(request, exposure_form.sent_back(request, plan, doing, errors), plan)
    if not telling.keep_exposure(request, sent):
        messages.info(request, _("Nothing was changed, so it stays as it was."))
    return _after_telling(request, str(sent["lift"]))


def _form(request: LifterVisit, form: exposure_form.Form, plan: Any) -> HttpResponse:
    values = {
        "form": form,
        "asked": exposure_form.asked(exposure_form.DURING),
        "lights": [] if form.card is not None and not form.card.loaded else plan.get("lights") or [],
        "today": request.visitor.today,
    }
    if request.htmx:  # it takes the place of the card, also when something could not be read
        return render(request, FORM, values)
    return render(request, "lifter/training/done.html", values, status=422 if form.errors else 200)


def _after_telling(request: LifterVisit, lift: str) -> HttpResponse:
    """The card with its verdict; the page of the day where the plan stopped, or where there is no HTMX."""
    if not request.htmx:
        messages.success(request, _("Kept: %(lift)s.") % {"lift": lift})
        return redirect("lifter:today")
    plan = request.visitor.page("plan") or NO_PLAN
    today = request.visitor.today
    doing = read.doing(actor=request.person, lifter=request.lifter, today=today)
    card = None if plan["held"] else cards.card_of(plan, lift, day=today, doing=doing, unit=request.lifter.unit)
    if card is None:
        return HttpResponseClientRedirect(reverse("lifter:today"))
    return render(request, CARD, {"card": card, "fresh": True, "urls": cards.urls()})


@require_POST
@for_lifters
def after(request: LifterVisit) -> HttpResponse:
    """How the back answered later: kept for every exposure that was asked about."""
    error = after_form.keep(request)
    if error:
        messages.error(request, error)
    else:
        messages.success(request, _("Kept. Thank you: this is what the next session goes by."))
    to = reverse("lifter:today")
    return HttpResponseClientRedirect(to) if request.htmx else redirect(to)
