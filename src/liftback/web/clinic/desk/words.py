"""Words of the desk: times left, tries, steps, reasons; each state with a word and an icon, never by colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from liftback.records.write.clinic.attempts import OUTCOMES
from liftback.records.write.clinic.claims import CLOSED_WHY, RAISED

_HOUR, _DAY = 60, 24 * 60
_LONG = 2 * _DAY
"""Minutes from which a span is said in days."""
LEVELS = {
    "emergency": lazy("Emergency sign"),
    "same_day": lazy("To be seen today"),
    "within_days": lazy("To be seen within days"),
    "routine": lazy("Routine"),
    "self_manage": lazy("No sign told"),
}
"""How urgent, as staff read it; the lifter's own words for a level are others."""
CHANNELS = {
    "phone": lazy("Phone"), "email": lazy("E-mail"), "text": lazy("Text message"), "in_person": lazy("In person"),
}  # fmt: skip
RESULTS = {
    "reached": lazy("reached them"),
    "voicemail": lazy("left a message"),
    "no_answer": lazy("no answer"),
    "busy": lazy("busy"),
    "wrong_number": lazy("wrong number"),
    "sent": lazy("written, no answer yet"),
    "bounced": lazy("came back, the address is wrong"),
}
REASONS = {
    "call_booked": lazy("A call is booked"),
    "patient": lazy("Is a patient now"),
    "handed_over": lazy("With a colleague elsewhere"),
    "answered": lazy("Answered, nothing more is needed"),
    "no_answer": lazy("Tried, no answer"),
    "not_wanted": lazy("They do not want it any more"),
    "duplicate": lazy("The same person asked twice"),
    "no_request": lazy("No real request"),
    "withdrawn": lazy("Taken back by themselves"),
}
STEPS = {
    "received": ("note", lazy("Came in")),
    "taken": ("note", lazy("Came in")),
    "flagged": ("emergency", lazy("A warning sign was read")),
    "claimed": ("own", lazy("Taken")),
    "released": ("left", lazy("Put back for anybody")),
    "given": ("right", lazy("Given to a colleague")),
    "snoozed": ("pause", lazy("Put off")),
    "woken": ("play", lazy("Taken up again")),
    "next_step": ("list", lazy("Next step")),
    "raised": ("up", lazy("Raised")),
    "tried": ("phone", lazy("Tried to reach")),
    "note": ("edit", lazy("Note written")),
    "met": ("check", lazy("Promise kept")),
    "slip": ("close", lazy("A try was a slip, and counts no more")),
    "unmet": ("timer", lazy("The promise runs again")),
    "escalated": ("timer", lazy("Time is running")),
    "closed": ("close", lazy("Closed")),
    "reopened": ("play", lazy("Opened again")),
    "withdrawn": ("close", lazy("Taken back by themselves")),
    "mail": ("send", lazy("E-mail")),
    "introduced": ("right", lazy("Introduced to a colleague elsewhere")),
    "call_asked": ("waiting", lazy("A call was asked for")),
    "call_booked": ("phone", lazy("A call was booked")),
    "call_moved": ("repeat", lazy("The call has a new time")),
    "call_cancelled": ("close", lazy("The call was cancelled")),
    "call_given": ("swapped", lazy("The call went to another therapist")),
    "call_needs_therapist": ("emergency", lazy("The call has no therapist")),
    "call_done": ("check", lazy("The call took place")),
    "call_no_show": ("unknown", lazy("Nobody answered the call")),
    "episode_opened": ("check", lazy("Is a patient now")),
    "episode_assigned": ("own", lazy("Therapist chosen")),
    "episode_invited": ("send", lazy("Invited")),
    "episode_joined": ("check", lazy("Joined")),
    "episode_closed": ("close", lazy("Episode closed")),
}
MARKS = {
    "present": ("emergency", lazy("told")),
    "unsure": ("unknown", lazy("in doubt")),
    "hypothetical": ("why", lazy("asked or feared")),
    "past": ("timer", lazy("long ago")),
    "other_person": ("account", lazy("somebody else")),
    "absent": ("minus", lazy("denied")),
}
"""How a sign in own words is meant: icon and word."""
FOUND = {
    "irritability": lazy("How easily stirred"),
    "category": lazy("Working group (no tissue)"),
    "presentation": lazy("Achy or injured"),
    "pattern": lazy("Answer to training"),
    "spared": lazy("Sensitive to"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How a sign in own words is meant."""

    state: str
    icon: str
    word: str


def span(minutes: int) -> str:
    """Minutes as words: 45 min, 3 h 20 min, 2 days."""
    minutes = abs(minutes)
    if minutes < _HOUR:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < _LONG:
        hours, rest = divmod(minutes, _HOUR)
        if not rest or hours >= _DAY // _HOUR:
            return _("%(hours)d h") % {"hours": hours}
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    days = minutes // _DAY
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def time_left(minutes: int | None) -> str:
    """How long until it is due, or by how much it is late; empty without a promise."""
    if minutes is None:
        return ""
    words = span(minutes)
    return _("%(span)s left") % {"span": words} if minutes >= 0 else _("late by %(span)s") % {"span": words}


def results() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can come of a try, by channel, for a list to choose from."""
    return [
        (str(CHANNELS[channel]), [(f"{channel}:{one}", str(RESULTS[one])) for one in outcomes])
        for channel, outcomes in OUTCOMES.items()
    ]


def reasons() -> list[tuple[str, str]]:
    """Why a request can be closed, for a list to choose from."""
    return [("", _("Choose")), *((name, str(REASONS[name])) for name in CLOSED_WHY)]


def raised() -> list[tuple[str, str]]:
    """What a level can be raised to."""
    return [(name, str(LEVELS[name])) for name in RAISED]


def marks_in(texts: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """The marks that occur in some texts, for the key below them."""
    states = {piece["state"] for text in texts for piece in text["pieces"]}
    return [Mark(state=state, icon=icon, word=str(word)) for state, (icon, word) in MARKS.items() if state in states]
