"""Read what a lifter wrote in their own words for red flags.

Words may only raise. A phrase that is stated counts; one that is denied, imagined, long past or about somebody
else counts for nothing; and silence is never a no. The phrases are data (`knowledge/words/`); this module reads
the words around them, after the ConText idea: cues before and after a phrase, ended by words like "but".

A phrase may hold its own negator ("can't feel when I wipe"): only words outside the phrase deny it. A phrase
of the gate `idiom` is none: what lies inside its match is no red flag ("legs dead after squats").
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from liftback.facts.context import Surroundings, polarity
from liftback.knowledge.entries import Phrase
from liftback.knowledge.loader import Knowledge

IDIOM = "idiom"
# How far around a phrase its cues may stand, in letters; it also keeps long texts linear.
BEFORE = 240
AFTER = 120
_APOSTROPHES = frozenset("'`\u2019\u2018\u00b4\u02bc\uff07")
_KEPT = frozenset(".,;:!?/-+%()")
_SENTENCE = re.compile(r"[.!?;]+(?!\d)|\n+|[()]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A red flag found in the lifter's words.

    `polarity` is stated, denied, hypothetical, past, other_person or uncertain. `sure` holds only for a stated
    phrase that leaves no doubt; it counts as `choice` of the gate, any other stated or uncertain one as a reason
    to ask. `phrase` is the text as written, `span` its place in the whole text.
    """

    gate: str
    choice: str
    sure: bool
    phrase: str
    span: tuple[int, int]
    polarity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plain:
    """A text in small plain letters, with the place of each letter in the text as written."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


@lru_cache  # an interview and its assessment read the same words several times
def read_words(text: str, knowledge: Knowledge) -> tuple[Mention, ...]:
    """Every mention of a red flag in the words, in order of place; each place and gate once."""
    if not text.strip():
        return ()
    plain = normalise(text)
    ends = [match.start() for match in _SENTENCE.finditer(plain.text)] + [len(plain.text)]
    idioms, phrases = _compiled(knowledge)
    passed = [match.span() for pattern, _ in idioms for match in pattern.finditer(plain.text)]
    found: dict[tuple[str, int], Mention] = {}
    for start, end, phrase in _matches(plain.text, phrases, passed):
        around = _around(plain.text, start, end, ends)
        how = polarity(around, history=phrase.gate in HISTORY_GATES)
        place = plain.span(start, end)
        mention = Mention(
            gate=phrase.gate,
            choice=phrase.choice,
            sure=phrase.sure and how == "stated",
            phrase=text[place[0] : place[1]],
            span=place,
            polarity=how,
        )
        key = (phrase.gate, bisect_right(ends, start))
        found[key] = _stronger(found.get(key), mention)
    return tuple(sorted(found.values(), key=lambda one: (one.span, one.gate)))


# Having had it, or taking it for years, is what these gates ask for.
HISTORY_GATES = frozenset(("cancer_history", "fragile_bone", "steroids_oral", "blood_thinner"))
_WEIGHT = ("denied", "other_person", "past", "hypothetical", "uncertain", "stated")


def _stronger(first: Mention | None, second: Mention) -> Mention:
    """Of two mentions of one gate in one sentence, the one that says more; positive wins."""
    if first is None:
        return second
    return max(first, second, key=lambda one: (one.sure, _WEIGHT.index(one.polarity)))


def normalise(text: str) -> _Plain:
    """Small plain letters: accents and apostrophes dropped, odd signs and runs of spaces to one space."""
    letters: list[str] = []
    places: list[int] = []
    for place, written in enumerate(text):
        for letter in _plain_letters(written):
            if letter == " " and (not letters or letters[-1] in " \n"):
                continue
            letters.append(letter)
            places.append(place)
    return _Plain(text="".join(letters), places=tuple(places))


@cache
def _plain_letters(written: str) -> str:
    if written in _APOSTROPHES:
        return ""
    if written in "\n\r\u2028\u2029":
        return "\n"
    if written in "\u2013\u2014\u2212":
        return "-"
    decomposed = unicodedata.normalize("NFKD", written).casefold()
    kept = "".join(letter for letter in decomposed if letter.isalnum() or letter in _KEPT)
    marks_only = all(unicodedata.category(letter) == "Mn" for letter in decomposed)
    return kept or ("" if marks_only else " ")


_Compiled = tuple[tuple[re.Pattern[str], Phrase], ...]


@cache
def _compiled(knowledge: Knowledge) -> tuple[_Compiled, _Compiled]:
    phrases = knowledge.phrases
    made = tuple((re.compile(rf"(?<!\w)(?:{_no_gap_denies(phrase.pattern)})(?!\w)"), phrase) for phrase in phrases)
    return tuple(one for one in made if one[1].gate == IDIOM), tuple(one for one in made if one[1].gate != IDIOM)


_ANY_WORD = r"(?:\w+ )"
_BUT_A_NO = (
    r"(?:(?!(?:not|no|never|nor|without|isnt|arent|wasnt|werent|dont|doesnt|didnt|hasnt|havent|hadnt|aint|wont)\b)\w+ )"
)


def _no_gap_denies(pattern: str) -> str:
    """The pattern with gaps that any word may fill, but no denial: "foot does not drag" is not "foot drag"."""
    return pattern.replace(_ANY_WORD, _BUT_A_NO)


def _matches(text: str, phrases: _Compiled, idioms: list[tuple[int, int]]) -> Iterator[tuple[int, int, Phrase]]:
    idioms = sorted(idioms)
    reach = list(accumulate((last for _, last in idioms), max))  # how far any idiom so far goes
    for pattern, phrase in phrases:
        for match in pattern.finditer(text):
            start, end = match.span()
            before = bisect_right(idioms, (start, len(text)))
            if end > start and not (before and end <= reach[before - 1]):
                yield start, end, phrase


def _around(text: str, start: int, end: int, ends: list[int]) -> Surroundings:
    """The words of the same sentence before and after, how it ends, and how the next one begins."""
    place = bisect_right(ends, start)
    opens = ends[place - 1] + 1 if place else 0
    last = ends[min(bisect_right(ends, end - 1), len(ends) - 1)]
    return Surroundings(
        before=text[max(opens, start - BEFORE) : start],
        match=text[start:end],
        after=text[end : min(last, end + AFTER)],
        asked=text[last : last + 1] == "?",
        then=text[last + 1 : last + 1 + AFTER],
        earlier=text[max(0, opens - BEFORE) : opens],
    )
