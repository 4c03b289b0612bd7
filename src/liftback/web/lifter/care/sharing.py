"""What a lifter shares with a clinic: given by a yes to the text, stopped at any time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liftback.records.read.clinic import own_clinic
from liftback.records.write.clinic import shares
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import LifterVisit, for_lifters


@require_http_methods(["GET", "POST"])
@limited("sharing", times=60, seconds=600)
@for_lifters
def my_clinic(request: LifterVisit) -> HttpResponse:
    """The clinics that see the records or treat the lifter; POST shares with one, or stops."""
    if request.method == "POST":
        return _change(request)
    return _page(request)


def _change(request: LifterVisit) -> HttpResponse:
    found = own_clinic.clinic_of(**_whose(request), slug=request.POST.get("clinic", ""))
    given: dict[str, Any] = {
        "actor": request.person,
        "lifter": request.lifter,
        "clinic": found.clinic,
        "now": request.visitor.now,
    }
    if request.POST.get("do") == "stop":
        shares.stop(**given)
        messages.success(
            request, _("Stopped. %(clinic)s sees nothing more from now on.") % {"clinic": found.clinic.name}
        )
        return redirect("lifter:my_clinic")
    if request.POST.get("do") != "share" or "agree" not in request.POST:
        return _page(request, error=_("Nothing was changed. To share, read the text and tick the box below it."))
    if request.POST.get("consent") != str(found.consent.pk):
        return _page(request, error=_("The text has changed since you opened the page. Read it again, please."))
    shares.give(**given, consent=found.consent)
    messages.success(
        request, _("Shared with %(clinic)s. You can stop here at any time.") % {"clinic": found.clinic.name}
    )
    return redirect("lifter:my_clinic")


def _page(request: LifterVisit, *, error: str = "") -> HttpResponse:
    values = {"clinics": own_clinic.clinics_of(**_whose(request)), "error": error}
    return render(request, "lifter/care/my_clinic.html", values, status=422 if error else 200)


def _whose(request: LifterVisit) -> dict[str, Any]:
    return {
        "actor": request.person,
        "lifter": request.lifter,
        "now": request.visitor.now,
        "language": get_language() or "en",
    }
