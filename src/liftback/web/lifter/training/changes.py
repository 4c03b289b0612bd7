"""Taking back what a therapist changed in the plan, once no clinic cares for the lifter any more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liftback.records.write.clinic import plan_edits
from liftback.web.shared.visiting import LifterVisit, for_lifters


@require_POST
@for_lifters
def end(request: LifterVisit, edit: int) -> HttpResponse:
    """Take a change back that a clinic left behind."""
    plan_edits.end_own(lifter=request.lifter, edit=edit, now=request.visitor.now)
    messages.success(request, _("Taken back. The plan is again as it is by itself there: begin lightly."))
    return redirect("lifter:plan")
