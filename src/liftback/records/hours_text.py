"""Hours of a day as people write them: "09:00-12:00, 13:00-17:00", "9-5pm", "9:30am to 12". Pure text, no clock."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import time

Span = tuple[time, time]
MOST_SPANS = 6
"""Spans of hours in one day."""
_ONE = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?"
_SPAN = re.compile(rf"^{_ONE}\s*(?:-|–|—|to|until)\s*{_ONE}$", re.IGNORECASE)
_NONE = frozenset(("", "closed", "-", "–", "none", "off"))
_NOON, _DAY = 12, 24


def spans_of(text: str) -> tuple[Span, ...]:
    """The spans of a day in order; none for an empty text or "closed".

    Raises ValueError with a sentence where it cannot be read, ends before it begins, or spans meet.
    """
    if text.strip().casefold() in _NONE:
        return ()
    found = sorted(_span(one.strip()) for one in re.split(r"[,;]|\band\b", text) if one.strip())
    if len(found) > MOST_SPANS:
        raise ValueError(f"At most {MOST_SPANS} spans of hours in a day.")
    for before, after in itertools.pairwise(found):
        if after[0] < before[1]:
            raise ValueError(f"{said([before])} and {said([after])} overlap. Write them as one, or leave a break.")
    return tuple(found)


def said(spans: Sequence[Span]) -> str:
    """Spans as text, such as "09:00-12:00, 13:00-17:00"; empty for none. `spans_of` reads it back."""
    return ", ".join(f"{begins:%H:%M}-{ends:%H:%M}" for begins, ends in spans)


def _span(text: str) -> Span:
    match = _SPAN.match(text)
    if match is None:
        raise ValueError(f"“{text[:40]}” cannot be read as hours. Write them like 09:00-12:00, 13:00-17:00.")
    first, second = match.group(3), match.group(6)
    begins = _time(match.group(1), match.group(2), first or "", text)
    ends = _time(match.group(4), match.group(5), second or "", text)
    if second and not first and ends <= begins:  # "9-5pm" is read as it is meant, "10pm-5pm" is not
        raise ValueError(f"“{text[:40]}” ends before it begins.")
    if ends <= begins:
        raise ValueError(f"“{text[:40]}” ends before it begins. Write 13:00 for one in the afternoon, or 1pm.")
    return begins, ends


def _time(hour: str, minute: str | None, half: str, text: str) -> time:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= _NOON:
            raise ValueError(f"“{text[:40]}” has an hour that is none.")
        hours = hours % _NOON + (_NOON if half.casefold().startswith("p") else 0)
    if hours == _DAY and minutes == 0:
        return time(23, 59)
    if hours >= _DAY or minutes > 59:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(f"“{text[:40]}” has an hour that is none.")
    return time(hours, minutes)
