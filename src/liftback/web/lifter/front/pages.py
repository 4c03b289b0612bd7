"""The pages that need no question: the doors, what to do when it has just happened, help now, what this is."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liftback import operations
from liftback.web.lifter.front.alarm import alarm, numbers
from liftback.web.lifter.front.telling import told_now
from liftback.web.shared.visiting import Visit


@require_safe
@never_cache
def landing(request: HttpRequest) -> HttpResponse:
    """Three doors, and the way to help now."""
    return render(request, "lifter/front/landing.html", {"underway": told_now(cast("Visit", request))})


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """It has just happened: signs to check, whom to call, the first hours."""
    visit = cast("Visit", request)
    shown = {"first": operations.first_hours(), **numbers(visit)}
    return render(request, "lifter/front/now.html", shown)


@require_safe
@never_cache
def emergency(request: HttpRequest) -> HttpResponse:
    """Help now: what to do, what to say, numbers by country, and nothing to fill in."""
    visit = cast("Visit", request)
    return render(request, "lifter/front/emergency.html", {"alarm": alarm(visit), **numbers(visit)})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, for whom, and what it must not be used for."""
    return render(request, "lifter/front/about.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, for how long, and who sees it."""
    return render(request, "lifter/front/privacy.html")
