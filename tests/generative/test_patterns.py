"""Finding phrases word by word against its slow, obvious twin: every way to lay a phrase over a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.facts.patterns import Classes, Finder, Longer, PatternError, Places, lines_of
from liftback.facts.tokens import Sentence, Token

CLASSES = {
    "numb": ("numb*", "no feeling", "pins and needles"),
    "area": ("groin", "between my legs"),
    "denies_gap": ("not", "no", "but"),
}
PARTS = ("numb", "groin", "leak*", "feel|feels", "<numb>", "<area>", "my?", "..", "..1", "&")
WORDS = (
    "numb", "numbness", "groin", "leaks", "feel", "feels", "no", "feeling", "pins", "and", "needles", "between", "my",
    "legs", "not", "but", "then", ",",
)  # fmt: skip


def sentence(words: list[str]) -> Sentence:
    return Sentence(tokens=tuple(Token(word, place, place + 1) for place, word in enumerate(words)))


def found(line: str, words: list[str]) -> set[tuple[int, int]]:
    classes = Classes(CLASSES)
    finder = Finder(lines_of(line), classes)
    places = Places(sentence(words), classes, Longer(classes))
    return {(start, end) for start, end, _, _ in finder.find(places)}


# --- the twin: it reads the line again and lays it over the words ------------------------------------------------


def ends_of(part: str, words: list[str], place: int) -> Iterator[int]:
    for one in part.split("|"):
        members = CLASSES[one[1:-1]] if one.startswith("<") else (one,)
        for member in members:
            long = member.split()
            there = words[place : place + len(long)]
            same = [w.startswith(m[:-1]) if m.endswith("*") else w == m for m, w in zip(long, there, strict=False)]
            if len(there) == len(long) and all(same):
                yield place + len(long)


def laid(parts: list[str], words: list[str], place: int, gap: int) -> Iterator[int]:
    if not parts:
        yield place
        return
    first, *rest = parts
    if first.startswith(".."):
        yield from laid(rest, words, place, int(first[2:] or 3))
        return
    for skipped in range(gap + 1):
        if any(word in CLASSES["denies_gap"] for word in words[place : place + skipped]):
            break
        for end in ends_of(first.removesuffix("?"), words, place + skipped):
            yield from laid(rest, words, end, 0)
    if first.endswith("?"):
        yield from laid(rest, words, place, 0)


def twin(line: str, words: list[str]) -> set[int]:
    """Every place where the phrase can begin."""
    first, either, second = line.partition(" & ")
    lines = [f"{first} ..5 {second}", f"{second} ..5 {first}"] if either else [line]
    return {place for one in lines for place in range(len(words)) if any(laid(one.split(), words, place, 0))}


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5), st.lists(st.sampled_from(WORDS), max_size=12))
def test_phrases_are_found_where_the_twin_can_lay_them(parts: list[str], words: list[str]) -> None:
    line = " ".join(parts)
    fixed = [part for part in parts if not part.startswith("..") and part != "&" and not part.endswith("?")]
    if parts.count("&") > 1 or not fixed or parts[0].endswith("?") or parts[0].startswith(".."):
        return
    try:
        starts = {start for start, _ in found(line, words)}
    except PatternError:
        return
    assert starts == twin(line, words)


def test_the_twin_and_the_finder_see_something() -> None:
    words = ["i", "have", "numbness", "and", "then", "pins", "and", "needles", "between", "my", "legs"]
    assert found("<numb> ..2 <area>", words) == {(5, 11)}
    assert twin("<numb> ..2 <area>", words) == {5}
    assert found("<area> & <numb>", words) == {(5, 11), (2, 11)} or found("<area> & <numb>", words) == {(5, 11)}


def test_a_denial_ends_a_gap() -> None:
    assert found("numb ..4 groin", ["numb", "but", "not", "my", "groin"]) == set()
    assert found("numb ..4 groin", ["numb", "in", "my", "groin"]) == {(0, 4)}


@pytest.mark.parametrize("line", ["..", "my?", "numb ..", "<nobody>", "*"])
def test_a_phrase_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(PatternError):
        Finder(lines_of(line), Classes(CLASSES)).read_all()
