"""How the forms of the plan become entries: each kept once, whatever is tapped twice, and nothing changed in place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.utils.translation import gettext as _

from liftback import operations
from liftback.records import read, write
from liftback.records.policies import NotNowError
from liftback.records.write import NewEntry
from liftback.web.shared.sent import told_at
from liftback.web.shared.visiting import LifterVisit

PAGE = "page"
"""The device of an entry that a page sent by itself."""
LONGEST_NAME = 40
_NOT_SAID = ("replaces", "client_id")


def stamp(request: LifterVisit) -> dict[str, str]:
    """The hidden fields of a fresh form: its id, so that it counts once, and the day it was shown on."""
    return {"client_id": str(uuid4()), "day": request.visitor.today.isoformat()}


def stamp_sent(request: LifterVisit) -> dict[str, str]:
    """The hidden fields of a form that is shown again because something in it could not be read."""
    return {"client_id": str(id_of(request)), "day": day_of(request).isoformat()}


def note_leads(request: LifterVisit, note: str, day: date) -> str:
    """The page to which a note leads in which there may be a warning sign; empty for any other note."""
    found = operations.read_text(text=note, today=day) if note else None
    if found is None or not any(one.counts for one in found.signals):
        return ""
    if found.triage.value == "emergency":
        return "lifter:emergency"
    messages.info(request, _("Kept. Something in your note may be a warning sign. Go through the signs now, please."))
    return "lifter:signs"


def id_of(request: LifterVisit) -> UUID:
    """The id of a sent form; a new one where it has none."""
    return as_id(request.POST.get("client_id", "")) or uuid4()


def as_id(text: str) -> UUID | None:
    """A text as an id; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def day_of(request: LifterVisit) -> date:
    """The day that a sent form is about: that on which it was shown, today where it says none."""
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return request.visitor.today


def keep(request: LifterVisit, kind: str, payload: Mapping[str, Any], *, of: str = "") -> None:
    """Keep what a form tells, once. `of` tells apart the entries of one form. Raises NotNowError for a refused one."""
    form = id_of(request)
    _tell(request, kind, payload, client_id=uuid5(form, of) if of else form)


def keep_exposure(request: LifterVisit, payload: Mapping[str, Any]) -> bool:
    """Keep what was done; whether anything is new.

    A form sent again with other values (the back button) replaces what it told first; one that is sent again as it
    was, or an edit without a change, adds nothing. Raises NotNowError.
    """
    client_id, replaces = id_of(request), as_id(str(payload.get("replaces") or ""))
    known = read.exposure_told(actor=request.person, lifter=request.lifter, client_id=client_id)
    if known is not None:
        client_id = uuid5(client_id, _fingerprint(payload))
    elif replaces is not None:
        known = read.exposure_told(actor=request.person, lifter=request.lifter, client_id=replaces)
        if known is None:
            raise NotNowError(_("What you want to change is not among your entries. Reload the page, and try again."))
    if known is not None and _same(known, {**payload, "day": day_of(request)}):
        return False
    told = {**payload, "replaces": str(known["client_id"])} if known is not None else dict(payload)
    _tell(request, "done", told, client_id=client_id)
    return True


def _tell(request: LifterVisit, kind: str, payload: Mapping[str, Any], *, client_id: UUID) -> None:
    now = request.visitor.now
    entry = NewEntry(
        kind=kind,
        client_id=client_id,
        device=request.POST.get("device", "")[:LONGEST_NAME] or PAGE,
        day=day_of(request),
        client_time=told_at(request),
        payload=payload,
    )
    (outcome,) = write.tell(actor=request.person, lifter=request.lifter, entries=[entry], now=now)
    if outcome.state == "refused":
        raise NotNowError(outcome.why)


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two versions say the same, apart from which one they replace; what is left out is as good as empty."""
    return _fingerprint(one) == _fingerprint(other)


def _fingerprint(payload: Mapping[str, Any]) -> str:
    said = {name: value for name, value in payload.items() if name not in _NOT_SAID and value not in (None, "", {}, [])}
    return json.dumps(said, sort_keys=True, default=str)
