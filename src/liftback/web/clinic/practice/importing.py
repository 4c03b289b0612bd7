"""The import of a directory: a file is looked at first, and imported by a second press. Works without JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from liftback.records.directory_file import COLUMNS, LARGEST_FILE
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import directory as reading
from liftback.records.staff import SETTINGS
from liftback.records.write.clinic import directory as writing
from liftback.web.shared.limits import limited
from liftback.web.shared.uploads import was_too_large
from liftback.web.shared.working import StaffVisit, for_staff


@require_http_methods(["GET", "POST"])
@limited("directory-import", times=60, seconds=600)
@for_staff(SETTINGS)
def importing(request: StaffVisit) -> HttpResponse:
    """Choose a file, and see what it would do. Nothing is imported yet."""
    values = {"clinic": request.staff.clinic, "columns": COLUMNS}
    if request.method != "POST":
        return render(request, "clinic/practice/import.html", values)
    try:
        token = _held(request)
        name, read = reading.held(request.staff.clinic, token, request.visitor.now)
    except NotNowError as error:
        return render(request, "clinic/practice/import.html", {**values, "trouble": str(error)}, status=422)
    found = reading.preview(request.staff.clinic, read)
    stateless = sum(not one["states"] for _, one in found.new)
    shown: dict[str, object] = {
        "name": name,
        "token": token,
        "found": found,
        "nothing": not (found.new or found.changed),
    }
    shown["stateless"] = stateless
    return render(request, "clinic/practice/import.html", {**values, **shown})


def _held(request: StaffVisit) -> str:
    """The token of the file that came with the form. Raises NotNowError for one that cannot be read."""
    chosen = request.FILES.get("file")
    if was_too_large(request) or (isinstance(chosen, UploadedFile) and int(chosen.size or 0) > LARGEST_FILE):
        raise NotNowError(_("That file is larger than 1 MB; a directory is smaller. Nothing was kept of it."))
    if not isinstance(chosen, UploadedFile):
        raise NotNowError(_("Choose the file first."))
    return writing.hold(
        staff=request.staff, now=request.visitor.now, name=str(chosen.name or "directory.csv"), content=chosen.read()
    )


@require_POST
@limited("directory-import", times=60, seconds=600)
@for_staff(SETTINGS)
def import_these(request: StaffVisit) -> HttpResponse:
    """Import what was looked at."""
    try:
        done = writing.import_held(
            staff=request.staff, now=request.visitor.now, token=request.POST.get("token", "")[:40]
        )
    except NotNowError as error:
        values = {"clinic": request.staff.clinic, "columns": COLUMNS, "trouble": str(error)}
        return render(request, "clinic/practice/import.html", values, status=422)
    told = {"new": done.new, "changed": done.changed, "same": done.same}
    messages.success(request, _("Imported: %(new)d new, %(changed)d changed, %(same)d as they were.") % told)
    return redirect("clinic:practice_directory")
