"""The training log: dropped, looked at, imported, taken home again, removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from liftback import operations
from liftback.records import read, strangers, write
from liftback.web.lifter.data.dropped import MOST_ASKED, Shown, dropped_in, keep, look, may_be_kept
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import HELD, TOLD, LifterVisit, Visit, for_lifters

A_PAGE, A_PART = "lifter/data/log.html", "lifter/data/_preview.html"


@require_http_methods(["GET", "POST"])
@limited("log", times=30, seconds=600)
def log(request: Visit) -> HttpResponse:
    """The page to drop a log on. A POST looks at it; with `import` it is kept, once it was looked at."""
    if request.method != "POST":
        return render(request, A_PAGE, _around(request))
    dropped = dropped_in(request)
    shown = Shown(trouble=dropped) if isinstance(dropped, str) else look(request, dropped)
    if may_be_kept(shown):
        keep(request, shown)
        messages.success(request, _kept_words(shown))
        there = _next(request)
        return HttpResponseClientRedirect(there.url) if request.htmx else there
    values = {"shown": shown, "known": _known(shown), "most": MOST_ASKED}
    return render(request, A_PART, values) if request.htmx else render(request, A_PAGE, {**_around(request), **values})


def _around(request: Visit) -> dict[str, Any]:
    visitor = request.visitor
    if visitor.person is not None and visitor.lifter is not None:
        return {"files": read.files_of(actor=visitor.person, lifter=visitor.lifter)}
    return {"held": strangers.held_name(request.session.get(HELD, ""), visitor.now), "told": TOLD in request.session}


def _known(shown: Shown) -> list[tuple[str, list[str]]]:
    """The known exercises by their pattern, where the page asks about names."""
    if not shown.choices:
        return []
    groups: dict[str, list[str]] = {}
    for one in operations.known_exercises():
        groups.setdefault(one["pattern"], []).append(one["name"])
    return sorted(groups.items())


def _kept_words(shown: Shown) -> str:
    if shown.looked is None or shown.dropped is None:
        return ""
    return _("%(name)s is in: %(sets)s sets.") % {"name": shown.dropped.name, "sets": shown.looked.sets}


def _next(request: Visit) -> Any:
    """Where to go on after an import: a stranger with a story to the answers, everybody else stays."""
    stranger = request.visitor.person is None
    return redirect("lifter:answers" if stranger and TOLD in request.session else "lifter:log")


@require_http_methods(["GET", "POST"])
def log_forget(request: Visit) -> HttpResponse:
    """Forget the log that is held for a stranger's session."""
    if request.method == "POST":
        strangers.forget(token=request.session.pop(HELD, ""))
        messages.success(request, _("The log is gone."))
    return redirect("lifter:log")


@require_safe
@for_lifters
def log_file(request: LifterVisit, file: UUID) -> HttpResponse:
    """A log file as it was given, byte for byte."""
    found = _file_or_404(request, file)
    response = HttpResponse(read.content_of(found), content_type="application/octet-stream")
    download = content_disposition_header(as_attachment=True, filename=found.name)
    response.headers["Content-Disposition"] = download or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@for_lifters
def log_remove(request: LifterVisit, file: UUID) -> HttpResponse:
    """Ask before a log file is removed, and remove it."""
    found = _file_or_404(request, file)
    if request.method != "POST":
        return render(request, "lifter/data/log_remove.html", {"file": found})
    write.remove_file(actor=request.person, lifter=request.lifter, file=file, now=request.visitor.now)
    messages.success(request, _("%(name)s is removed.") % {"name": found.name})
    return redirect("lifter:log")


def _file_or_404(request: LifterVisit, file: UUID) -> Any:
    found = read.file_of(actor=request.person, lifter=request.lifter, file=file)
    if found is None:
        raise Http404
    return found
