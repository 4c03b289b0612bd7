"""What is kept of a lifter: said, taken home, deleted."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from liftback.records import read, write
from liftback.records.export import export_file
from liftback.web.shared.accounts import forget
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import LifterVisit, Visit, for_lifters


@require_safe
@for_lifters
def my_data(request: LifterVisit) -> HttpResponse:
    """What is kept, how much of it, and the two doors out."""
    kept = read.kept_of(actor=request.person, lifter=request.lifter)
    files = read.files_of(actor=request.person, lifter=request.lifter)
    return render(request, "lifter/data/my_data.html", {"kept": kept, "files": files})


@require_safe
@for_lifters
def export(request: LifterVisit) -> HttpResponse:
    """Everything as one zip file. It is whole before the first byte is sent, so that it never comes half."""
    whole = export_file(actor=request.person, lifter=request.lifter, now=request.visitor.now)
    name = f"liftback-{request.visitor.today}.zip"
    response = FileResponse(whole, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", response)


@require_http_methods(["GET", "POST"])
@limited("delete", times=10, seconds=600)
@for_lifters
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def delete(request: LifterVisit) -> HttpResponse:
    """Say what goes, ask for a word, and delete everything with all sign-ins."""
    kept = read.kept_of(actor=request.person, lifter=request.lifter)
    error = ""
    if request.method == "POST":
        if request.POST.get("address", "").strip().casefold() == request.person.email.casefold():
            write.delete_everything(actor=request.person, now=request.visitor.now)
            forget(request)
            logout(request)
            return redirect("lifter:deleted")
        error = _("That is not the address of this account, so nothing was deleted.")
    return render(request, "lifter/data/delete.html", {"kept": kept, "error": error})


@require_safe
def deleted(request: Visit) -> HttpResponse:
    """Say that everything is deleted."""
    return render(request, "lifter/data/deleted.html")
