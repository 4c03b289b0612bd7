"""Template words for the engine's sentences.

`{{ text|translated }}` is the sentence in the reader's language. `{% said text %}` is the same, marked as English where
it has no translation, so that a screen reader speaks it rightly; `{% if text|is_english %}` is for marking a block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from liftback.web.shared import engine_words

register = template.Library()


@register.filter
def translated(text: object) -> str:
    """The sentence in the reader's language, or unchanged."""
    return engine_words.translated("" if text is None else str(text))


@register.filter
def is_english(text: object) -> bool:
    """Whether a reader of another language gets this sentence in English."""
    return engine_words.is_english("" if text is None else str(text))


@register.simple_tag
def said(text: object) -> SafeString:
    """The sentence in the reader's language, inside `<span lang="en">` where it stays English."""
    sentence = "" if text is None else str(text)
    if engine_words.is_english(sentence):
        return format_html('<span lang="en">{}</span>', sentence)
    return conditional_escape(engine_words.translated(sentence))


@register.filter
def by_translated_name(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Entries with a `name`, such as countries, in the reader's language and in its order; the last stays last."""
    named = [{**one, "name": engine_words.translated(str(one["name"]))} for one in entries]
    return [*sorted(named[:-1], key=lambda one: str(one["name"]).casefold()), *named[-1:]]
