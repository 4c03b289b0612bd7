"""Who looked at a lifter's records, when, in which role, and at what."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from liftback.records.read.clinic import looks
from liftback.web.shared.visiting import LifterVisit, for_lifters


@require_safe
@for_lifters
def who_looked(request: LifterVisit) -> HttpResponse:
    """A page of looks, the newest first."""
    wanted = request.GET.get("page", "1")
    page = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1  # noqa: PLR2004 - a count
    found = looks.looks_at(actor=request.person, lifter=request.lifter, page=page)
    return render(request, "lifter/care/who_looked.html", {"looks": found})
