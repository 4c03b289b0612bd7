"""The sign and the word that go with a state: no state is ever told by its colour alone.

Used by the parts (`templates/cotton/`) through `templatetags/parts.py`. Words are of the page; what a level or a
decision means for a lifter is said by the engine's own sentences beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon of `icons.svg`, a word, and a tone (`calm`, `good`, `careful`, `stop`, or none)."""

    icon: str
    word: str | Promise
    tone: str = ""


LEVELS = {
    "emergency": Sign("emergency", _("Get help now"), "stop"),
    "same_day": Sign("same_day", _("Be checked today"), "careful"),
    "within_days": Sign("within_days", _("Be checked within days"), "careful"),
    "routine": Sign("routine", _("See a clinician in the next weeks"), "calm"),
    "self_manage": Sign("self_manage", _("Look after it yourself for now"), "good"),
}
DECISIONS = {
    "up": Sign("up", _("Step up"), "good"),
    "repeat": Sign("repeat", _("Same again"), "calm"),
    "ease": Sign("ease", _("Ease off a little"), "careful"),
    "lighter": Sign("lighter", _("Lighter"), "careful"),
    "rung_down": Sign("rung_down", _("One step back"), "careful"),
    "first_rung": Sign("first_rung", _("Back to the first step"), "careful"),
    "stop": Sign("stop", _("Stop this one"), "stop"),
    "kept": Sign("kept", _("As usual")),
    "capped": Sign("capped", _("With a ceiling")),
    "swapped": Sign("swapped", _("Stands in")),
    "parked": Sign("pause", _("Waits, its place is kept")),
}
LIGHTS = {
    "green": Sign("green", _("Green"), "good"),
    "amber": Sign("amber", _("Amber"), "careful"),
    "red": Sign("red", _("Red"), "stop"),
}
CERTAINTIES = {
    "published": Sign("book", _("From published studies")),
    "mixed": Sign("mixed", _("Partly studies, partly our starting point")),
    "our starting point": Sign("own", _("Our starting point")),
    "design_default": Sign("own", _("Our starting point")),
}
MARKS = {
    "met": Sign("green", _("Met")),
    "not_yet": Sign("not_yet", _("Not yet")),
    "unknown": Sign("unknown", _("Not known yet")),
    "reached": Sign("green", _("Reached")),
    "ahead": Sign("flag", _("Ahead")),
}
TONES = {
    "calm": Sign("info", _("Good to know"), "calm"),
    "good": Sign("green", _("Good news"), "good"),
    "careful": Sign("amber", _("Take care"), "careful"),
    "stop": Sign("emergency", _("Important"), "stop"),
}
TONE_OF_MESSAGE = {"success": "good", "warning": "careful", "error": "stop"}
"""The tone of a message by its level; all others are calm."""
KINDS = {
    "level": LEVELS,
    "decision": DECISIONS,
    "light": LIGHTS,
    "certainty": CERTAINTIES,
    "mark": MARKS,
    "tone": TONES,
}


def sign_of(kind: str, value: str) -> Sign:
    """The sign of a value of one kind (a key of `KINDS`); a question mark and the value itself where it is unknown."""
    return KINDS[kind].get(value) or Sign("unknown", value.replace("_", " "))
