"""What the warning signs need to be gone through on the device: the rules as values, in the reader's language."""

from __future__ import annotations

from typing import Any

from liftback import operations
from liftback.records import read
from liftback.web.lifter.front.alarm import numbers
from liftback.web.shared.engine_words import translated
from liftback.web.shared.visiting import TOLD, Visit

_SENTENCES = frozenset(
    (
        "text", "short", "help", "label", "why", "name", "points_to", "summary", "when", "where", "expected_course",
        "do", "say", "do_not", "watch_for", "may_come_later", "title", "note",
    )
)  # fmt: skip
"""The values that a person reads. Only these: what a rule compares must stay as it is, whatever the language."""


def rules(request: Visit) -> dict[str, Any]:
    """The rules, and what the newest story says beside them, so that nothing that is known is left out."""
    today = request.visitor.today
    story = None
    document = _document(request)
    if document:
        try:
            story = operations.read_story(content=document.encode(), today=today)
        except operations.StoryError:
            story = None  # the signs are asked all the same
    found = operations.offline_rules(today=today, story=story)
    values: dict[str, Any] = in_words({**found, "numbers": numbers(request)["countries"]})
    return {**values, "country": numbers(request)["country"]}


def _document(request: Visit) -> str:
    person, lifter = request.visitor.person, request.visitor.lifter
    if person is None or lifter is None:
        return str(request.session.get(TOLD) or "")
    newest = read.story_of(actor=person, lifter=lifter)
    return "" if newest is None else newest.document


def in_words(value: Any, *, name: str = "") -> Any:
    """Values with every sentence in the reader's language."""
    if isinstance(value, dict):
        return {key: in_words(one, name=key) for key, one in value.items()}
    if isinstance(value, list):
        return [in_words(one, name=name) for one in value]
    return translated(value) if name in _SENTENCES and isinstance(value, str) and value else value
