"""A training log as it came with the form: what was dropped, what was chosen about it, and what the page says of it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from liftback import operations
from liftback.records import read, strangers, write
from liftback.records.bounded import Looked, UnreadableError, look_at_log
from liftback.records.models import LogFile
from liftback.records.policies import NotNowError, check_file
from liftback.web.shared.uploads import was_too_large
from liftback.web.shared.visiting import HELD, Visit

MOST_ASKED = 30
"""Names of a file that the page asks about; what is left counts as a lift of middling load."""
LONGEST_NAME = 200
UNSURE = "unsure"
UNITS = ("kg", "lb", UNSURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A file and the choices about it. `unit` is empty until one is chosen; `seen` tells which file was looked at."""

    name: str
    content: bytes
    unit: str
    names: Mapping[str, str]
    seen: str
    wanted: bool

    @property
    def digest(self) -> str:
        """What tells this file from another."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def said(self) -> str:
        """The unit that the lifter named, empty for none."""
        return "" if self.unit == UNSURE else self.unit


@dataclass(slots=True, kw_only=True)
class Shown:
    """What the page shows of a dropped file: what was read (`looked`), or what is the matter (`trouble`)."""

    trouble: str = ""
    dropped: Dropped | None = None
    looked: Looked | None = None
    before: LogFile | None = None
    ask: str = ""
    choices: list[dict[str, Any]] = field(default_factory=list)
    unit: str = ""

    @property
    def units(self) -> list[dict[str, Any]]:
        """The choices of a unit, for the page."""
        words = {"kg": _("kg"), "lb": _("lb"), UNSURE: _("Not sure")}
        return [
            {"value": one, "label": words[one], "id": f"unit-{one}", "chosen": one == self.unit, "quiet": one == UNSURE}
            for one in UNITS
        ]


def dropped_in(request: HttpRequest) -> Dropped | str:
    """The file of a form, or the sentence that says what is the matter. Nothing is read that is too large."""
    chosen = request.FILES.get("file")
    if was_too_large(request):
        return _(
            "That file is larger than 10 MB; a training log is smaller. Nothing was kept of it. "
            "Is it the CSV or JSON file that your app exports?"
        )
    if not isinstance(chosen, UploadedFile):
        return _("Choose the file first. Nothing was kept of an earlier one, so it has to be chosen once more.")
    name = " ".join(str(chosen.name or _("The file")).split())[:LONGEST_NAME]
    try:
        check_file(size=int(chosen.size or 0), name=name)
    except NotNowError as error:
        return str(error)
    unit = request.POST.get("unit", "")
    return Dropped(
        name=name,
        content=chosen.read(),
        unit=unit if unit in UNITS else "",
        names=_names(request),
        seen=request.POST.get("seen", ""),
        wanted=bool(request.POST.get("import")),
    )


def _names(request: HttpRequest) -> dict[str, str]:
    """The names of the file that were mapped to known exercises; "not sure" maps to nothing."""
    known = {one["name"] for one in operations.known_exercises()}
    asked, chosen = request.POST.getlist("exercise"), request.POST.getlist("known")
    pairs = zip(asked[:MOST_ASKED], chosen[:MOST_ASKED], strict=False)
    return {name: to for name, to in pairs if name and to in known}


def look(request: Visit, dropped: Dropped) -> Shown:
    """Read the file, and keep nothing of it."""
    person, lifter = request.visitor.person, request.visitor.lifter
    own = {"actor": person, "lifter": lifter, "content": dropped.content} if person and lifter else None
    try:
        looked = look_at_log(
            name=dropped.name,
            content=dropped.content,
            unit=dropped.said,
            today=request.visitor.today,
            earlier=read.earlier_logs(**cast("Any", own)) if own else (),
        )
    except (UnreadableError, NotNowError) as error:
        return Shown(trouble=str(error))
    before = read.same_file(**cast("Any", own)) if own else None
    names = {**(before.names if before else {}), **dropped.names}
    return Shown(
        dropped=dropped,
        looked=looked,
        before=before,
        ask=_still_to_ask(dropped, looked),
        choices=[{**one, "to": names.get(one["name"], "")} for one in looked.preview["unknown"][:MOST_ASKED]],
        unit=dropped.unit or (before.unit if before else "") or _found(looked),
    )


def _found(looked: Looked) -> str:
    unit = str(looked.preview["unit"]["unit"])
    return unit if unit in ("kg", "lb") else ""


def _still_to_ask(dropped: Dropped, looked: Looked) -> str:
    """What keeps the file from being imported; empty where nothing does, and while only looking is wanted."""
    if not dropped.wanted:
        return ""
    if dropped.seen != dropped.digest:
        return _("This is another file than the one you looked at. Look at what was read of it, then import it.")
    if looked.preview["unsure"] and not dropped.unit:
        return _("Say first whether the weights are in kg or in lb. “Not sure” is an answer, too.")
    return ""


def may_be_kept(shown: Shown) -> bool:
    """Whether the file was looked at, and the lifter said to import it."""
    return shown.dropped is not None and shown.dropped.wanted and not shown.ask and not shown.trouble


def keep(request: Visit, shown: Shown) -> None:
    """Keep the file: with the records of a lifter, or for a stranger's session. Raises NotNowError."""
    if shown.dropped is None or shown.looked is None:
        raise TypeError("A file is looked at before it is kept.")
    dropped, visitor = shown.dropped, request.visitor
    given: dict[str, Any] = {
        "name": dropped.name,
        "content": dropped.content,
        "format": shown.looked.format,
        "sets": shown.looked.sets,
        "unit": dropped.said,
        "names": dropped.names,
        "now": visitor.now,
    }
    if visitor.person is not None:
        lifter = visitor.lifter or write.lifter_for(actor=visitor.person, now=visitor.now, zone=visitor.zone)
        write.import_file(actor=visitor.person, lifter=lifter, **given)
        return
    token = request.session.setdefault(HELD, secrets.token_urlsafe(24))
    strangers.hold_file(token=token, **given)
