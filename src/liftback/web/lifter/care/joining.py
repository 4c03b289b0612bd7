"""Taking up a clinic's invitation: which clinic, what is shared, and a yes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liftback.records.write.clinic import episodes
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import Visit


@require_http_methods(["GET", "POST"])
@limited("join", times=60, seconds=600, methods=("GET", "POST"))
def join(request: Visit, token: str) -> HttpResponse:
    """Show an invitation to anybody who has its link; POST accepts it, signed in with the address it was sent to."""
    person, now = request.visitor.person, request.visitor.now
    found = episodes.invited(actor=person, token=token, now=now)
    if request.method != "POST":
        return _page(request, found)
    if person is None:
        return redirect_to_login(request.path)
    agreed = request.POST.get("consent") if "agree" in request.POST else None
    if not found.joined and found.consent is not None and agreed != str(found.consent.pk):
        return _page(request, found, error=_("To join, read the text and tick the box below it. Nothing was changed."))
    episodes.join(actor=person, token=token, now=now, zone=request.visitor.zone)
    messages.success(request, _("Welcome. %(clinic)s can see your records from now on.") % {"clinic": _clinic(found)})
    return redirect("lifter:my_clinic")


def _page(request: Visit, found: episodes.Invitation, error: str = "") -> HttpResponse:
    values = {"invitation": found, "clinic": found.episode.clinic, "here": request.path, "error": error}
    response = render(request, "lifter/care/join.html", values, status=422 if error else 200)
    response.headers["Referrer-Policy"] = "no-referrer"  # the address itself is the invitation
    return response


def _clinic(found: episodes.Invitation) -> str:
    return found.episode.clinic.name
