"""The engine's sentences in the reader's language.

The engine speaks English, with its numbers filled in. Each of its sentences is looked up whole in the catalogue; one
that was filled in when it was said (a day, a name, the lifter's own words) is found by its pattern, and what was
filled in stays as it is, or is looked up in turn. What has no translation stays English, and can be marked as English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import get_language, gettext

ENGLISH = "en"
KEPT = Path(__file__).resolve().parents[1] / "locale" / "engine_sentences.json"
_SLOT = re.compile(r"\{([a-z]+)\}")
_WORD = re.compile(r"[^\W\d_]{3}")
# What stands there is a sentence of its own: without its translation the whole has none.
_SENTENCES = frozenset(("text", "start", "sure"))
_DEEPEST = 3


def translated(text: str) -> str:
    """The sentence in the reader's language, or unchanged where it has no translation."""
    found = _found(text)
    return text if found is None else found


def is_english(text: str) -> bool:
    """Whether a reader of another language gets this sentence in English, so that a page has to say so."""
    return _reads_another_language() and _WORD.search(text) is not None and _found(text) is None


def _reads_another_language() -> bool:
    return (get_language() or ENGLISH).partition("-")[0] != ENGLISH


def _found(text: str, depth: int = 0) -> str | None:
    """The translation; None where there is none, and for a reader of English the text itself."""
    if not _reads_another_language() or not re.search(r"[^\W\d_]", text):
        return text
    bare = text.strip()
    whole = _looked_up(bare)
    if whole is None:
        # Within a longer line the engine leaves the last full stop or colon out.
        longer = next((found for mark in ".:" if (found := _looked_up(bare + mark)) is not None), None)
        whole = _by_pattern(bare, depth) if longer is None else longer[:-1]
    if whole is None:
        return None
    start = text[: len(text) - len(text.lstrip())]
    return f"{start}{whole}{text[len(text.rstrip()) :]}"


def _looked_up(text: str) -> str | None:
    found = gettext(text)
    return None if found == text and text not in _same_in_both() else found


@cache
def _same_in_both() -> frozenset[str]:
    """Sentences whose translation is the same text, such as the names of countries."""
    return frozenset(_kept()["same"])


def _by_pattern(text: str, depth: int) -> str | None:
    if depth >= _DEEPEST:
        return None
    for pattern, expression in _patterns():
        match = expression.fullmatch(text)
        filled = _filled(pattern, match.groupdict(), depth) if match else None
        if filled is not None:
            return filled
    return None


def _filled(pattern: str, parts: Mapping[str, str], depth: int) -> str | None:
    """The translated pattern with its parts; None where a part that is a sentence has no translation."""
    said = {name: _found(part, depth + 1) for name, part in parts.items()}
    if any(said[name] is None for name in _SENTENCES & said.keys()):
        return None
    words = {name: part if said[name] is None else str(said[name]) for name, part in parts.items()}
    return _SLOT.sub(lambda slot: words[slot.group(1)], gettext(pattern))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((pattern, _expression(pattern)) for pattern in _kept()["patterns"])


def _expression(pattern: str) -> re.Pattern[str]:
    parts = _SLOT.split(pattern)
    return re.compile(
        "".join(re.escape(part) if place % 2 == 0 else f"(?P<{part}>.*?)" for place, part in enumerate(parts))
    )


@cache
def _kept() -> dict[str, list[str]]:
    kept: dict[str, list[str]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept
