"""A text as a person types it, as sentences of plain words that remember their places.

Small letters, no accents, no apostrophes ("can't" and "cant" are one word), "can not" as "cant", an emoji as the word
it stands for, short forms written out, and slips of the keys put right where only one word of the lexicon is near.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from itertools import pairwise
from typing import NamedTuple

PUNCTUATION = frozenset(",:-/()")
_APOSTROPHES = frozenset("'`\u2019\u2018\u00b4\u02bc\u2032\uff07")
_APOSTROPHE = "'"
# An apostrophe that was read in the wrong encoding on its way, and signs written as HTML: "can&#39;t".
_TORN = frozenset(("\u00e2\u20ac\u2122", "\u00e2\u20ac\u02dc"))
_CODED = re.compile("&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});|" + "|".join(_TORN))
_ONE = re.compile(".", re.DOTALL)
_CODED_OR_ONE = re.compile(f"{_CODED.pattern}|.", re.DOTALL)
_PARTS = frozenset("[]{}|\u2192\u21d2")
_KEPT = frozenset(".,;:!?/-+%()&")
# A hyphen within a word parts it; one that stands alone is a dash.
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|(?:[^\W\d_]'*)+|[.!?;]+|\n+|[,:/()&+%]|(?<!\w)-|-(?!\w)")
_ENDS = frozenset(".!?;\n")
# Longer runs without a full stop are cut, so that the work stays in proportion to the length of the text.
_LONGEST = 150
_MOST_TEXTS = 4  # remembered: a text is asked for its signs and for its language, one after the other


class Token(NamedTuple):
    """One plain word or sign, and its place in the text as written."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The tokens up to a full stop, and whether it ends by asking."""

    tokens: tuple[Token, ...]
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spelling:
    """How words are brought to the form that the lexicon knows. Equal only to itself.

    `emoji` and `short_forms` stand for other words, `joined` are pairs that make one word. `known` are the words of
    the lexicon of which a slip is put right, `begins` the beginnings of words that it knows; `real` are words that only
    look like a slip of one. `common` are words that hardly any English text is without.
    """

    emoji: Mapping[str, str]
    short_forms: Mapping[str, str]
    joined: Mapping[tuple[str, str], str]
    known: frozenset[str]
    begins: tuple[str, ...]
    real: frozenset[str]
    common: frozenset[str] = frozenset()


@lru_cache(maxsize=_MOST_TEXTS)
def sentences_of(text: str, spelling: Spelling) -> tuple[Sentence, ...]:
    """The sentences of a text; signs that are no words and no punctuation count as spaces."""
    plain, places = _plain(text, spelling.emoji)
    found: list[Sentence] = []
    tokens: list[Token] = []

    def close(*, asked: bool) -> None:
        if tokens:
            found.append(Sentence(tokens=tuple(_joined(tokens, spelling)), asked=asked))
            tokens.clear()

    as_written = isinstance(places, range)
    for match in _TOKEN.finditer(plain):
        word, start, end = match.group(), match.start(), match.end()
        if not as_written:
            start, end = places[start], places[end - 1] + 1
        if "'" in word and word not in spelling.short_forms:
            word = word.replace("'", "")
        if word[0] in _ENDS:
            close(asked="?" in word)
        elif word[0] in "()":
            tokens.append(Token(",", start, end))  # what stands in brackets belongs to its sentence
        else:
            tokens += [Token(part, start, end) for part in _as_known(word, spelling)]
            if len(tokens) >= _LONGEST:
                close(asked=False)
    close(asked=False)
    return tuple(found)


class _OneLetter(dict[int, str]):
    """Each sign of a text as one plain letter, an apostrophe as `'`; `_LONG` where it takes more than one, or none."""

    def __missing__(self, code: int) -> str:
        plain = _plain_letters(chr(code))
        self[code] = plain = plain if len(plain) == 1 else _LONG
        return plain


_LONG = "\0"
_PLAIN = _OneLetter()


def _plain(text: str, emoji: Mapping[str, str]) -> tuple[str, Sequence[int]]:
    """The text in plain letters, and the place in the text of each."""
    quick = text.translate(_PLAIN)
    coded = _CODED.search(text) is not None
    if _LONG not in quick and not coded and emoji.keys().isdisjoint(text):
        return quick, range(len(quick))
    letters: list[str] = []
    places: list[int] = []
    for match in _CODED_OR_ONE.finditer(text) if coded else _ONE.finditer(text):
        written = _APOSTROPHE if match.group() in _TORN else unescape(match.group())
        plain = f" {emoji[written]} " if written in emoji else "".join(map(_plain_letters, written))
        letters.append(plain)
        places.extend([match.start()] * len(plain))
    return "".join(letters), places


@cache
def _plain_letters(written: str) -> str:
    if written in _APOSTROPHES:
        return "'"
    if written in "\n\r\u2028\u2029":
        return "\n"
    if written in "\u2013\u2014\u2212":
        return "-"
    if written in _PARTS:
        return ","
    decomposed = unicodedata.normalize("NFKD", written).casefold()
    kept = "".join(letter for letter in decomposed if letter.isalnum() or letter in _KEPT)
    # Neither an accent nor a control sign parts a word: both are left out.
    marks_only = all(
        unicodedata.category(letter) in ("Mn", "Cf", "Cc") and not letter.isspace() for letter in decomposed
    )
    return kept or ("" if marks_only else " ")


def _joined(tokens: list[Token], spelling: Spelling) -> Iterator[Token]:
    """The tokens with pairs such as "can not" made one."""
    place = 0
    while place < len(tokens):
        first = tokens[place]
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        one = spelling.joined.get((first.word, after.word)) if after is not None else None
        if one is not None and after is not None:
            yield Token(one, first.start, after.end)
            place += 2
        else:
            yield first
            place += 1


# --- slips of the keys ---------------------------------------------------------------------------------------------

_SHORTEST_SLIP = 5  # letters of a word of which a slip is put right; shorter ones are near too many others
_SHORTEST_RUN = 7  # letters of two words written as one
_SHORTEST_PART = 3
_LONGEST_ENDING = 3
_MOST_WORDS = 50_000  # remembered; those of the lexicon are few, those of all texts many


@lru_cache(maxsize=_MOST_WORDS)
def _as_known(word: str, spelling: Spelling) -> tuple[str, ...]:
    if word in spelling.short_forms:
        return tuple(spelling.short_forms[word].split())
    as_it_is = word in spelling.known or word in spelling.real or not word.isalpha()
    if as_it_is or _is_begun(word, spelling):
        return (word,)
    return _put_right(word, spelling)


def _is_begun(word: str, spelling: Spelling) -> bool:
    """Whether a word is a beginning of the lexicon with an ordinary ending; a short beginning takes a short one."""
    if not word.startswith(spelling.begins):
        return False
    begun = [one for one in spelling.begins if word.startswith(one)]
    return any(
        len(one) >= _SHORTEST_SLIP or (len(one) >= _SHORTEST_SLIP - 1 and len(word) - len(one) <= _LONGEST_ENDING)
        for one in begun
    )


def _put_right(word: str, spelling: Spelling) -> tuple[str, ...]:
    """The one word of the lexicon that this is a slip of, or two that ran together, or the word itself."""
    squeezed = re.sub(r"(.)\1{2,}", r"\1\1", word)  # "soooo" and "nuuumb" are drawn out
    for drawn in (squeezed, re.sub(r"(.)\1+", r"\1", word) if squeezed != word else word):
        if drawn in spelling.known:
            return (drawn,)
    if len(word) >= _SHORTEST_SLIP - 1:
        slips = _slips(spelling, word[0])
        near = {one for key in _shortened(word) for one in slips.get(key, ()) if _one_slip(word, one)}
        likely = {one for one in near if set(one) == set(word)}  # a letter doubled, left single, or two swapped
        for meant in (likely, near):
            if len(meant) == 1:
                return (meant.pop(),)
    if len(word) >= _SHORTEST_RUN:
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if word[:cut] in spelling.known and word[cut:] in spelling.known:
                return word[:cut], word[cut:]
    return (word,)


@cache
def _slips(spelling: Spelling, letter: str) -> dict[str, tuple[str, ...]]:
    """Words of the lexicon that begin with a letter, by what is left of them without one of the others."""
    found: dict[str, list[str]] = {}
    for word in spelling.known:
        if len(word) >= _SHORTEST_SLIP and word[0] == letter:
            for key in _shortened(word):
                found.setdefault(key, []).append(word)
    return {key: tuple(words) for key, words in found.items()}


def _shortened(word: str) -> set[str]:
    return {word, *(word[:cut] + word[cut + 1 :] for cut in range(len(word)))}


def _one_slip(written: str, meant: str) -> bool:
    """Whether one letter was left out or added, two were swapped, or one was taken for its neighbour.

    The first letter stands. A vowel may stand for another in a long word only: short ones are often words themselves.
    """
    if written[0] != meant[0] or written == meant:
        return False
    shorter, longer = sorted((written, meant), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    differ = next((place for place in range(len(shorter)) if shorter[place] != longer[place]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[differ:] == longer[differ + 1 :]
    pair = slice(differ, differ + 2)
    if written[pair] == meant[pair][::-1] and written[differ + 2 :] == meant[differ + 2 :]:
        return True
    taken = f"{written[differ]}{meant[differ]}"
    vowels = len(meant) >= _LONG_WORD and set(taken) <= set("aeiouy")
    return written[differ + 1 :] == meant[differ + 1 :] and (vowels or taken in _NEIGHBOURS)


_LONG_WORD = 7
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = frozenset(pair for row in _KEYS for one, other in pairwise(row) for pair in (one + other, other + one))
