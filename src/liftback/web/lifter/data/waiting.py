"""A story told before the sign-in, where the account has one already: keep the new one, or leave it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liftback.records import strangers, write
from liftback.web.shared.accounts import forget, keep
from liftback.web.shared.visiting import HELD, TOLD, LifterVisit, for_lifters


@require_http_methods(["GET", "POST"])
@for_lifters
def waiting(request: LifterVisit) -> HttpResponse:
    """Ask about the story of this visit, and do what is said. What it means is shown first: it may be urgent."""
    if not request.session.get(TOLD):
        return redirect("lifter:today")
    if request.method != "POST":
        return render(request, "lifter/data/waiting.html", {"answers": _told(request)})
    if request.POST.get("answer") == "keep":
        keep(request, request.person)
        messages.success(request, _("The new story is kept. Your answers and your plan follow it from now on."))
    elif request.POST.get("answer") == "leave":
        _leave(request)
    return redirect("lifter:today")


def _told(request: LifterVisit) -> Any:
    """The answers to the story that waits."""
    visitor = request.visitor
    return strangers.page_of_stranger(
        name="answers",
        document=request.session[TOLD],
        token=request.session.get(HELD, ""),
        today=visitor.today,
        now=visitor.now,
    )


def _leave(request: LifterVisit) -> None:
    """Forget the story that waits. A sign that was told in it is not forgotten with it: the signs are open again."""
    advice = (_told(request) or {}).get("advice") or {}
    forget(request)
    if advice.get("emergency") or advice.get("urgent"):
        write.open_signs(actor=request.person, lifter=request.lifter, now=request.visitor.now)
        told = _(
            "The new story is forgotten, but a warning sign was told in it. Go through the signs once more, please."
        )
        messages.warning(request, told)
    else:
        messages.success(request, _("The new story is forgotten. Everything is as it was."))
