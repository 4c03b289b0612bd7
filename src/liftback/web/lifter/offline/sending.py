"""What a device sends after it was without a network: each form is read as if its page had sent it then, once.

A form goes through the view of its own page, so that what is refused there is refused here, in the same words. Warning
signs come as answers, since they were worked out on the device.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from liftback import operations
from liftback.records import write
from liftback.records.policies import MOST_ENTRIES_AT_ONCE, NotNowError, check_entry
from liftback.records.write import NewEntry
from liftback.web.lifter.offline.whose import person_key
from liftback.web.shared.visiting import LifterVisit

FORMS = {
    "check_in": "lifter:check_in",
    "done": "lifter:done",
    "after": "lifter:after",
    "swap": "lifter:swap",
    "flare": "lifter:flare",
    "weekly": "lifter:weekly",
    "criteria": "lifter:clearance",
    "signed": "lifter:clearance",
}
"""The page of each kind of form that may be filled in without a network."""
SIGNS = "gates"
MOST_FIELDS = 200
LONGEST_VALUE = 20_000
LONGEST_DEVICE = 40
LONGEST_WHY = 500
_LATER = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


class UnreadableError(Exception):
    """What was sent is none of what a device of ours sends; the sentence is for whoever looks into it."""


class RefusedError(Exception):
    """One entry cannot be kept; the sentence is for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One entry as a device sends it: a form's fields in order, or the answers on the warning signs."""

    client_id: UUID
    kind: str
    device: str
    day: date
    client_time: datetime
    form: tuple[tuple[str, str], ...]
    answers: Mapping[str, Any]


def outcomes(request: LifterVisit) -> list[dict[str, str]]:
    """Keep what a device sends; for each entry what became of it: kept, known, refused (`why`) or later.

    `go` is a page that has to be seen now, where an entry tells of a warning sign. Raises UnreadableError.
    """
    return [_outcome(request, raw) for raw in _entries(request.body)]


def _entries(body: bytes) -> Sequence[Any]:
    try:
        entries = json.loads(body)["entries"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableError(_("What was sent could not be read. It stays on the device; reload the page.")) from None
    if not isinstance(entries, list):
        raise UnreadableError(_("What was sent could not be read. It stays on the device; reload the page."))
    if len(entries) > MOST_ENTRIES_AT_ONCE:
        raise UnreadableError(
            _("More than %(most)s entries came at once; they are sent in parts.") % {"most": MOST_ENTRIES_AT_ONCE}
        )
    return entries


def _outcome(request: LifterVisit, raw: Any) -> dict[str, str]:
    told = {"client_id": str(raw.get("client_id", ""))[:LONGEST_DEVICE] if isinstance(raw, dict) else ""}
    try:
        if not isinstance(raw, dict):
            raise RefusedError(_("This entry could not be read. Copy it out of the list, and tell it again."))
        if raw.get("person") != person_key(request.person):
            return {**told, "state": "other"}
        return {**told, **_kept(request, _read(raw), str(raw["client_id"]))}
    except (RefusedError, NotNowError) as error:
        return {**told, "state": "refused", "why": str(error)[:LONGEST_WHY]}


def _read(raw: Mapping[str, Any]) -> Sent:
    try:
        form = tuple((_text(name), _text(value)) for name, value in raw.get("form") or ())
        sent = Sent(
            client_id=UUID(str(raw["client_id"])),
            kind=str(raw["kind"]),
            device=_text(raw.get("device", ""))[:LONGEST_DEVICE],
            day=date.fromisoformat(str(raw["day"])),
            client_time=_time(str(raw["client_time"])),
            form=form,
            answers=dict(raw.get("answers") or {}),
        )
        json.dumps(sent.answers, allow_nan=False)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise RefusedError(_("This entry could not be read. Copy it out of the list, and tell it again.")) from None
    if sent.kind not in (*FORMS, SIGNS) or len(form) > MOST_FIELDS:
        raise RefusedError(_("This is nothing that can be sent from here. Copy it out of the list, and tell it again."))
    return sent


def _time(text: str) -> datetime:
    """A device's time, in UTC where it names a zone. Raises ValueError; OverflowError at the ends of the calendar."""
    told = datetime.fromisoformat(text)
    return told if told.tzinfo is None else told.astimezone(UTC)


def _text(value: Any) -> str:
    """A text that can be stored: without half letters and zeros, which no database takes."""
    return str(value)[:LONGEST_VALUE].encode(errors="replace").decode().replace("\0", "")


def _kept(request: LifterVisit, sent: Sent, client_id: str) -> dict[str, str]:
    check_entry(kind=sent.kind, day=sent.day, today=request.visitor.today, client_time=sent.client_time)
    before = request.lifter.revision
    found = _signs(request, sent) if sent.kind == SIGNS else _form(request, sent, client_id)
    if found["state"] == "kept" and request.lifter.revision == before:
        found["state"] = "known"
    return found


def _signs(request: LifterVisit, sent: Sent) -> dict[str, str]:
    entry = NewEntry(
        kind=SIGNS,
        client_id=sent.client_id,
        device=sent.device,
        day=sent.day,
        client_time=sent.client_time,
        payload={"answers": dict(sent.answers)},
    )
    now = request.visitor.now
    outcome = write.tell_signs(actor=request.person, lifter=request.lifter, entry=entry, now=now)
    told = {"state": outcome.state, "why": outcome.why}
    return {**told, "go": reverse("lifter:emergency")} if _alarming(request, sent, outcome.state) else told


def _alarming(request: LifterVisit, sent: Sent, state: str) -> bool:
    if state != "kept":
        return False
    today = request.visitor.today
    alone = operations.signs_given(content=None, answers=sent.answers, told_on=today, today=today)
    return operations.interview_triage(interview=alone, today=today).level.name == "emergency"


def _form(request: LifterVisit, sent: Sent, client_id: str) -> dict[str, str]:
    """What the form's own page makes of it. A redirect says that it was kept."""
    path = reverse(FORMS[sent.kind])
    made = _as_sent(request, sent, client_id, path)
    try:
        response = resolve(path).func(made)
    except Http404:
        raise RefusedError(_("What this is about is no longer in your plan. Copy it out, or remove it.")) from None
    wrong = " ".join(made._messages)  # type: ignore[attr-defined]  # as above
    if isinstance(response, HttpResponseRedirect) and not wrong:
        return _seen(response.url)
    if response.status_code in _LATER:
        return {"state": "later"}
    raise RefusedError(
        wrong or _said(response) or _("Something in it could not be read. Copy it out, and tell it again.")
    )


def _seen(url: str) -> dict[str, str]:
    path = url.partition("?")[0]
    urgent = path in (reverse("lifter:emergency"), reverse("lifter:signs"))
    return {"state": "kept", "go": path} if urgent else {"state": "kept"}


def _as_sent(request: LifterVisit, sent: Sent, client_id: str, path: str) -> LifterVisit:
    """The request as the form's own page would have made it on the day, without a word to the next page."""
    own = {
        "client_id": client_id,
        "device": sent.device,
        "client_time": sent.client_time.isoformat(),
        "day": sent.day.isoformat(),
    }
    fields = [pair for pair in sent.form if pair[0] not in own]
    made = copy(request)
    made.method, made.path, made.path_info = "POST", path, path
    made.POST = QueryDict(urlencode([*fields, *own.items()]))
    made._messages = Said()  # type: ignore[attr-defined]  # where Django keeps what the next page says
    return made


class Said(list[str]):
    """Takes what a page would have said next, and keeps what went wrong; nobody is looking."""

    def add(self, level: int, message: object, *_tags: str, **_named: str) -> None:
        """Keep an error, forget anything else."""
        if level >= messages.ERROR:
            self.append(str(message))


class _Alerts(HTMLParser):
    """Collects what a page says in its alerts."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count how deep in an alert we are."""
        if self.depth and tag not in _VOID:
            self.depth += 1
        elif ("role", "alert") in attrs:
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        """Count down."""
        self.depth -= bool(self.depth) and tag not in _VOID

    def handle_data(self, data: str) -> None:
        """Keep what is said inside."""
        if self.depth and data.strip():
            self.said.append(" ".join(data.split()))


_VOID = frozenset(("br", "img", "input", "hr", "meta", "link", "use", "path"))


def _said(response: HttpResponse) -> str:
    parser = _Alerts()
    parser.feed(response.content.decode(errors="replace"))
    return " ".join(dict.fromkeys(parser.said))
