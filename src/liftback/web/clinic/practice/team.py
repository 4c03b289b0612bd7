"""Who works in the clinic: asked by e-mail, changed, let go; and the page on which somebody says yes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from liftback.records.models import Person
from liftback.records.read.clinic import terms
from liftback.records.staff import SETTINGS
from liftback.records.write.clinic import team as writing
from liftback.web.clinic.practice import forms
from liftback.web.clinic.practice.sending import Deed, Sent, sent, shown
from liftback.web.shared.limits import limited
from liftback.web.shared.visiting import Visit
from liftback.web.shared.working import CLINIC, StaffVisit, for_staff

DEEDS = {
    "invite": Deed(form=forms.InviteForm, write=writing.invite, said=gettext_lazy("The invitation is on its way.")),
    "take_back": Deed(form=forms.MailForm, write=writing.take_back, said=gettext_lazy("It no longer holds.")),
    "change": Deed(form=forms.MemberForm, write=writing.change, said=gettext_lazy("Kept."), of="membership"),
    "let_go": Deed(
        form=forms.WhoForm,
        write=writing.let_go,
        said=gettext_lazy("They no longer work here. Their coming calls stand under Calls, without a therapist."),
        of="membership",
    ),
    "take_in": Deed(form=forms.WhoForm, write=writing.take_in, said=gettext_lazy("Welcome back."), of="membership"),
}


@require_http_methods(["GET", "POST"])
@limited("practice", times=120, seconds=600)
@for_staff(SETTINGS)
def team(request: StaffVisit) -> HttpResponse:
    """Everybody, and the invitations that wait."""
    back = sent(request, DEEDS) if request.method == "POST" else None
    if request.method == "POST" and back is None:
        return redirect("clinic:practice_team")
    return render(request, "clinic/practice/team.html", _page(request, back), status=200 if back is None else 422)


def _page(request: StaffVisit, back: Sent | None) -> dict[str, Any]:
    clinic, now = request.staff.clinic, request.visitor.now
    members = [
        {
            "member": one,
            "role": writing.ROLES[one.role],
            "self": one.pk == request.staff.membership.pk,
            "form": shown(DEEDS, "change", back, of=one.pk, initial=_of(one)),
            "trouble": _whole(back, one.pk),
        }
        for one in terms.team(clinic)
    ]
    waiting = [{"row": one, "role": writing.ROLES[one.role]} for one in writing.waiting(clinic=clinic, now=now)]
    return {"clinic": clinic, "members": members, "waiting": waiting, "invite": shown(DEEDS, "invite", back)}


def _of(member: Any) -> dict[str, Any]:
    return {"role": member.role, "title": member.title, "takes_calls": member.takes_calls}


def _whole(back: Sent | None, of: int) -> str:
    """What keeps somebody from being let go, or taken in; the form has no field where it could stand."""
    if back is None or back.do not in ("let_go", "take_in") or back.of != str(of):
        return ""
    return " ".join(back.faults.values())


@require_http_methods(["GET", "POST"])
@limited("team-join", times=20, seconds=600)
@login_required
def join(request: Visit, token: str) -> HttpResponse:
    """Say yes to an invitation, with the account that has the address it was sent to."""
    person, now = request.visitor.person, request.visitor.now
    if not isinstance(person, Person):
        raise TypeError("A page for signed-in people was reached without a sign-in.")
    invitation = writing.invitation_of(token=token, now=now)
    if request.method == "POST" and writing.is_meant(actor=person, invitation=invitation):
        member = writing.join(actor=person, token=token, now=now, name=request.POST.get("name", ""))
        request.session[CLINIC] = member.clinic_id
        messages.success(request, _("You are in. This is the desk of %(clinic)s.") % {"clinic": member.clinic.name})
        return redirect("clinic:desk")
    values = {
        "invitation": invitation,
        "role": writing.ROLES[invitation.role],
        "meant": writing.is_meant(actor=person, invitation=invitation),
        "person": person,
    }
    return render(request, "clinic/practice/join.html", values)
