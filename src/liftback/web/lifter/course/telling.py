"""How a check-in and a weekly form become entries: each once, a changed one in place of the older, none lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from liftback.records import read, write
from liftback.records.policies import NotNowError
from liftback.records.write import NewEntry
from liftback.web.lifter.training.telling import LONGEST_NAME, PAGE, as_id, id_of
from liftback.web.shared.sent import told_at
from liftback.web.shared.visiting import LifterVisit

WAITING = "waiting_form"
"""The key of the session that holds a form that came after the sign-in had run out."""
_MOST_KEPT = 20_000
_SALT = "whose form"


def keep_check_in(request: LifterVisit, payload: Mapping[str, Any], day: date) -> bool:
    """Keep a check-in; whether anything is new. Raises NotNowError for one that is refused.

    The same form sent again with other values (the back button) takes the place of what it told first.
    """
    told = read.check_ins(actor=request.person, lifter=request.lifter, day=day)
    client_id = id_of(request)
    before = told.newest(client_id)
    if before is None and (wanted := as_id(request.POST.get("replaces", ""))) is not None:
        before = told.newest(wanted)
        if before is None:
            raise NotNowError(_("What you want to change is not among the check-ins of that day. Reload the page."))
    elif before is not None:
        client_id = uuid5(client_id, _said(payload))
    if before is not None:
        if _said(before.payload) == _said(payload):
            return False
        payload = {**payload, "replaces": str(before.client_id)}
    keep_entry(request, kind="check_in", payload=payload, day=day, client_id=client_id)
    return True


def keep_entry(request: LifterVisit, *, kind: str, payload: Mapping[str, Any], day: date, client_id: UUID) -> None:
    """Keep one entry once. Raises NotNowError for one that is refused."""
    now = request.visitor.now
    entry = NewEntry(
        kind=kind,
        client_id=client_id,
        device=request.POST.get("device", "")[:LONGEST_NAME] or PAGE,
        day=day,
        client_time=told_at(request),
        payload=payload,
    )
    (outcome,) = write.tell(actor=request.person, lifter=request.lifter, entries=[entry], now=now)
    if outcome.state == "refused":
        raise NotNowError(outcome.why)


def _said(payload: Mapping[str, Any]) -> str:
    """What a check-in says, apart from what it replaces; left out and empty are the same."""
    said = {name: value for name, value in payload.items() if name != "replaces" and value not in (None, "", False)}
    return json.dumps(said, sort_keys=True)


# --- a sign-in that ran out in the middle ----------------------------------------------------------------------------


def whose(request: LifterVisit) -> str:
    """A sealed mark of the person that a form is made for, so that it is never shown to anybody else."""
    return signing.dumps(request.person.pk, salt=_SALT)


def set_aside(request: HttpRequest) -> HttpResponse:
    """Keep a form that came after the sign-in had run out in the session, and ask to sign in again."""
    form = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    if len(json.dumps(form)) <= _MOST_KEPT:
        request.session[WAITING] = {"path": request.path, "form": form}
    if request.POST.get("signs") == "yes":  # help first; the form is there after the next sign-in
        return redirect("lifter:emergency")
    return redirect_to_login(request.get_full_path())


def taken_up(request: LifterVisit) -> dict[str, str] | None:
    """The form that was set aside for this page and this person, to be looked at and kept; None without one."""
    waiting = request.session.get(WAITING)
    if not waiting or waiting.get("path") != request.path:
        return None
    del request.session[WAITING]
    form: dict[str, str] = waiting["form"]
    try:
        mine = signing.loads(form.get("whose", ""), salt=_SALT) == request.person.pk
    except signing.BadSignature:
        mine = False
    return form if mine else None
