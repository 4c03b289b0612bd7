"""Tags and filters of the desk: spans of time, and the words for steps, tries and levels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString

from liftback.records import phones
from liftback.web.clinic.desk import words
from liftback.web.clinic.desk.rows import level_tag

register = template.Library()


@register.filter
def left(minutes: int | None) -> str:
    """The time until something is due, or by how much it is late."""
    return words.time_left(minutes)


@register.filter
def age(since: datetime, now: datetime) -> str:
    """How long ago something was."""
    return words.span(int((now - since).total_seconds() // 60))


@register.filter
def phone(kept: str, country: str) -> str:
    """A number as people of a country read it."""
    return phones.shown(kept, country)


@register.filter
def dialled(kept: str) -> str:
    """A number as a link dials it."""
    return phones.dialled(kept)


@register.filter
def level_word(level: str) -> str:
    """How urgent, as staff read it."""
    return str(words.LEVELS.get(level, level))


@register.filter
def step_word(kind: str) -> str:
    """What a step of a request's history is called."""
    return str(words.STEPS.get(kind, ("", kind.replace("_", " ")))[1])


@register.filter
def step_icon(kind: str) -> str:
    """The icon of a step."""
    return words.STEPS.get(kind, ("info", ""))[0]


@register.filter
def channel_word(channel: str) -> str:
    """How somebody was tried."""
    return str(words.CHANNELS.get(channel, channel))


@register.filter
def result_word(outcome: str) -> str:
    """What came of a try."""
    return str(words.RESULTS.get(outcome, outcome))


@register.filter
def reason_word(reason: str) -> str:
    """Why a request was closed."""
    return str(words.REASONS.get(reason, reason))


@register.filter
def found_word(name: str) -> str:
    """The name of a finding, as staff read it."""
    return str(words.FOUND.get(name, name))


@register.simple_tag
def urgency(level: str, *, flagged: bool) -> SafeString:
    """How urgent, as a tag with word and icon."""
    return level_tag(level, flagged=flagged)


@register.simple_tag
def mark(state: str) -> words.Mark | None:
    """How a sign in own words is meant; None for plain words."""
    found: Any = words.MARKS.get(state)
    return None if found is None else words.Mark(state=state, icon=found[0], word=str(found[1]))
