"""A story told before the sign-in, where the account has one already: keep the new one, or leave it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liftback.records import strangers
from liftback.web.shared.accounts import forget, keep
from liftback.web.shared.visiting import HELD, TOLD, LifterVisit, for_lifters


@require_http_methods(["GET", "POST"])
@for_lifters
def waiting(request: LifterVisit) -> HttpResponse:
    """Ask about the story of this visit, and do what is said. What it means is shown first: it may be urgent."""
    told, visitor = request.session.get(TOLD), request.visitor
    if not told:
        return redirect("lifter:today")
    if request.method != "POST":
        token = request.session.get(HELD, "")
        of = {"document": told, "token": token, "today": visitor.today, "now": visitor.now}
        return render(
            request, "lifter/data/waiting.html", {"answers": strangers.page_of_stranger(name="answers", **of)}
        )
    if request.POST.get("answer") == "keep":
        keep(request, request.person)
        messages.success(request, _("The new story is kept. Your answers and your plan follow it from now on."))
    elif request.POST.get("answer") == "leave":
        forget(request)
        messages.success(request, _("The new story is forgotten. Everything is as it was."))
    return redirect("lifter:today")
