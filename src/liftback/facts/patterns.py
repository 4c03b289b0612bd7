"""Phrases of the lexicon, and where they stand in a sentence.

A phrase is written as a person would say it, one phrase a line:

| written | means |
|---|---|
| `wipe` | this word |
| `leak*` | any word that begins so |
| `a|b|c` | one of these; `in_bed` within it is two words |
| `<numb>` | a word, or words, of the class of that name |
| `now?` | may be left out |
| `..` or `..6` | up to three, or six, other words in between, none of them a denial or a "but" |
| `comma` | a comma |
| `a & b` | both, in either order, with up to five words in between |
| `a && b` | both, in either order, anywhere in the sentence |

No phrase reaches beyond its sentence. What is matched is found by comparing words, never by running the text. A lexicon
has thousands of lines, of which a text needs a few dozen: a line is taken apart when one of its words is first met.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from liftback.facts.tokens import Sentence

_GAP, _EITHER_GAP, _ANYWHERE = 3, 5, 25
_NOT_PLAIN = re.compile(r"[|<*?&_]|\.\.|\bcomma\b")
_NAMED = re.compile(r"<([^<>]*)>")
# Remembered; the words of the lexicon are few, those of all texts many.
_MOST_WORDS = 50_000
_NONE: frozenset[int] = frozenset()


class PatternError(ValueError):
    """A phrase that cannot be read; the message names it."""


class Step(NamedTuple):
    """One place of a phrase: the words, beginnings of words and classes that may stand there.

    `gap` is how many other words may stand before it; `optional` whether it may be missing.
    """

    words: frozenset[str]
    begins: tuple[str, ...]
    classes: frozenset[int]
    gap: int = 0
    optional: bool = False


class Phrase(NamedTuple):
    """A phrase ready for matching: its steps, those it cannot do without (in order of asking), the line as written."""

    steps: tuple[Step, ...]
    needed: tuple[Step, ...]
    written: str

    def may_stand(self, places: Places) -> bool:
        """Whether a sentence holds something for every step that the phrase cannot do without."""
        words, present = places.all_words, places.present
        for step in self.needed:
            absent = step.words.isdisjoint(words) and step.classes.isdisjoint(present)
            if absent and not (step.begins and any(word.startswith(step.begins) for word in words)):
                return False
        return True


class Line(NamedTuple):
    """A phrase in one order of its words, the line as written, and what it stands for by a number of the caller's."""

    text: str
    written: str
    meaning: int


class Classes:
    """The word classes of a lexicon, each known by a number: single words, beginnings of words, and phrases."""

    def __init__(self, classes: Mapping[str, Iterable[str]], everyday: Iterable[str] = ()) -> None:
        """Read the classes by name; members are written as phrases.

        `everyday` words stand in most sentences; only how fast a phrase is found hangs on them.
        """
        self._numbers = {name: number for number, name in enumerate(classes)}
        self._words: defaultdict[str, list[int]] = defaultdict(list)
        self._beginnings: defaultdict[str, list[int]] = defaultdict(list)
        self._within: defaultdict[int, set[int]] = defaultdict(set)
        self._of_word: dict[str, frozenset[int]] = {}
        self._everyday = frozenset(everyday)
        self.runs: defaultdict[tuple[str, str], list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        self.longer: list[tuple[str, int]] = []
        for name, members in classes.items():
            for member in members:
                self._add(self._numbers[name], member)
        self.holders = {inner: frozenset(_reached(inner, self._within)) for inner in self._within}
        for known in (self._words, self._beginnings):
            for numbers in known.values():
                numbers += [holder for number in numbers for holder in self.holders.get(number, ())]
        self._blocks = self.numbered("denies_gap") if "denies_gap" in self._numbers else -1

    def numbered(self, name: str) -> int:
        """The number of a class. Raises PatternError."""
        if name not in self._numbers:
            raise PatternError(f"there is no class <{name}>")
        return self._numbers[name]

    def _add(self, number: int, member: str) -> None:
        if member.isalpha() and member != "comma":
            self._words[member].append(number)
        elif member[:1] == "<" and member[-1] == ">" and " " not in member and "|" not in member:
            self._within[self.numbered(member[1:-1])].add(number)
        elif " " in member or "|" in member or "_" in member:
            self._add_longer(number, member if " " in member or "|" in member else member.replace("_", " "))
        elif not member.rstrip("*"):
            raise PatternError("a word is missing")
        elif member[-1] == "*":
            self._beginnings[member[:-1]].append(number)
        else:
            self._words[_sign(member)].append(number)

    def _add_longer(self, number: int, member: str) -> None:
        """A member of several words; one of plain words is kept as these words, which is quicker to find."""
        if _NOT_PLAIN.search(member):
            self.longer.append((member, number))
        else:
            first, second, *rest = member.split()
            self.runs[first, second].append((tuple(rest), number))

    def run(self, written: str) -> int:
        """The number of the class that holds one run of words only, written with `_` between them."""
        if written not in self._numbers:
            number = self._numbers[written] = len(self._numbers)
            self._add_longer(number, written.replace("_", " "))
        return self._numbers[written]

    def of_word(self, word: str) -> frozenset[int]:
        """The classes that a single word belongs to."""
        found = self._of_word.get(word)
        if found is None:
            numbers = set(self._words.get(word, ()))
            for begun in _begun(word):
                numbers.update(self._beginnings.get(begun, ()))
            found = frozenset(numbers)
            if len(self._of_word) < _MOST_WORDS:
                self._of_word[word] = found
        return found

    def blocks(self, word: str) -> bool:
        """Whether no gap may take in a word."""
        return self._blocks in self.of_word(word)

    @cached_property
    def weights(self) -> Mapping[int, int]:
        """How often a class is likely to stand in a sentence: by its words, everyday ones first."""
        weight: defaultdict[int, int] = defaultdict(int)
        for known in (self._words, self._beginnings):
            for word, numbers in known.items():
                for number in numbers:
                    weight[number] += _EVERYDAY if word in self._everyday else 1
        for member, number in self.longer:
            weight[number] += _EVERYDAY if "<" in member else 1
        return weight

    def weight_of(self, part: str) -> int:
        """How often one part of a phrase is likely to stand in a sentence. Raises PatternError."""
        weights, total = self.weights, 0
        for one in part.split("|"):
            if one[:1] == "<":
                total += weights.get(self.numbered(one[1:-1]), 0)
            else:
                total += _ALWAYS if one in _ALWAYS_THERE else _EVERYDAY if one in self._everyday else 1
        return total

    def step(self, part: str, gap: int, *, optional: bool) -> Step:
        """One part of a phrase, such as `a|b*|<c>`. Raises PatternError."""
        words, begins, numbers = [], [], []
        for one in part.split("|"):
            if one[:1] == "<" and one[-1] == ">":
                numbers.append(self.numbered(one[1:-1]))
            elif "_" in one:
                numbers.append(self.run(one))
            elif not one.rstrip("*") or "<" in one or ">" in one:
                raise PatternError(f"{part!r} cannot be read")
            elif one[-1] == "*":
                begins.append(one[:-1])
            else:
                words.append(_sign(one))
        return Step(frozenset(words), tuple(begins), frozenset(numbers), gap, optional)

    def phrase(self, line: Line) -> Phrase:
        """The phrase of a line. Raises PatternError."""
        steps: list[Step] = []
        needed: list[tuple[int, Step]] = []
        gap = 0
        for part in line.text.split():
            if part[:2] == "..":
                gap = int(part[2:] or _GAP) if steps else -1
                continue
            optional = part[-1] == "?"
            step = self.step(part[:-1] if optional else part, gap, optional=optional)
            steps.append(step)
            gap = 0
            if not optional:
                needed.append((self.weight_of(part), step))
        if gap or not needed:
            raise PatternError(f"the phrase {line.written!r} must begin and end with a word")
        # The rarest is there when the line is looked at, since it waits under it; the next rarest is asked for first.
        rarest, *others = sorted(needed, key=lambda one: one[0])
        return Phrase(tuple(steps), tuple(step for _, step in (*others, rarest)), line.written)


# An everyday word, and one that stands in every sentence, weigh as much as so many others.
_EVERYDAY, _ALWAYS = 50, 300
_ALWAYS_THERE = frozenset(
    ("comma", "and", "the", "i", "my", "it", "to", "a", "of", "in", "is", "no", "on", "for", "was")
)


def _sign(word: str) -> str:
    """A comma parts the phrases of a line, so that it is written out."""
    return "," if word == "comma" else word


_LONGEST_BEGINNING = 40  # letters; a run of digits as long as the text would else take the square of its length


def _begun(word: str) -> Iterator[str]:
    return (word[:end] for end in range(1, min(len(word), _LONGEST_BEGINNING) + 1))


def _reached(start: int, outer: Mapping[int, set[int]]) -> set[int]:
    """Every class that holds a class, directly or through others."""
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = outer.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def lines_of(written: str, meaning: int = 0) -> Iterator[Line]:
    """A phrase in every order that it allows, and without the words that may be missing at its beginning."""
    for text in _orders(written) if "&" in written else (written,):
        yield Line(text, written, meaning)
        parts = text.split()
        while len(parts) > 1 and parts[0][-1] == "?":
            del parts[0]
            yield Line(" ".join(parts), written, meaning)


def _orders(written: str) -> list[str]:
    """A line in both orders where it says that either will do."""
    for sign, gap in ((" && ", _ANYWHERE), (" & ", _EITHER_GAP)):
        first, either, second = written.partition(sign)
        if either:
            return [
                f"{one} ..{gap} {other}"
                for left in _orders(first)
                for right in _orders(second)
                for one, other in ((left, right), (right, left))
            ]
    return [written]


class Places:
    """Where words and classes stand in one sentence: each word's own, and those of several words."""

    def __init__(self, sentence: Sentence, classes: Classes, longer: Longer | None = None) -> None:
        """Look up every word; class members of several words are found by `longer`."""
        self.plain = tuple(token.word for token in sentence.tokens)
        self.all_words = frozenset(self.plain)
        self.numbers = [classes.of_word(word) for word in self.plain]
        self.present: set[int] = set().union(*self.numbers)
        first = len(self.plain)
        self.blocked = [first] * (first + 1)  # for every place, the next one that no gap may take in
        for place in range(first - 1, -1, -1):
            first = self.blocked[place] = place if classes.blocks(self.plain[place]) else first
        self._longer: dict[int, list[tuple[int, frozenset[int]]]] = {}
        self.longer_numbers: set[int] = set()
        if longer is not None:
            longer.mark(self)

    def add(self, start: int, end: int, numbers: frozenset[int]) -> None:
        """Mark a member of several words and the classes that hold it."""
        self._longer.setdefault(start, []).append((end, numbers))
        self.longer_numbers |= numbers
        self.present |= numbers

    def ends(self, place: int, step: Step) -> list[int]:
        """Where what a step allows ends when it begins at a place, the longest first."""
        found: list[int] = []
        if place in self._longer and not step.classes.isdisjoint(self.longer_numbers):
            found = [end for end, those in self._longer[place] if not those.isdisjoint(step.classes)]
            found = sorted(set(found), reverse=True)
        if self._fits(place, step):
            found.append(place + 1)
        return found

    def _fits(self, place: int, step: Step) -> bool:
        word = self.plain[place]
        return (
            word in step.words
            or (bool(step.begins) and word.startswith(step.begins))
            or not step.classes.isdisjoint(self.numbers[place])
        )

    def starts(self, step: Step) -> list[int]:
        """The places at which a step may begin."""
        words = step.words
        if not step.begins and not step.classes:
            return [] if words.isdisjoint(self.all_words) else [p for p, one in enumerate(self.plain) if one in words]
        longer = not step.classes.isdisjoint(self.longer_numbers)
        return [
            place
            for place in range(len(self.plain))
            if self._fits(place, step) or (longer and place in self._longer and self.ends(place, step))
        ]

    def reached(self, place: int, gap: int) -> Iterable[int]:
        """The places that a gap reaches from a place on; it does not take in what blocks."""
        return range(place, min(place + gap, self.blocked[place], len(self.plain) - 1) + 1)


class Finder:
    """Finds many phrases in a sentence, each with what it stands for."""

    def __init__(self, lines: Iterable[Line], classes: Classes) -> None:
        """Take the lines; each waits under the words of the part that is likely to be rarest."""
        self._classes = classes
        self._lines = list(lines)
        self._phrases: list[Phrase | None] = [None] * len(self._lines)
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        self._by_beginning: defaultdict[str, list[int]] = defaultdict(list)
        self._by_class: defaultdict[int, list[int]] = defaultdict(list)
        self._of_word: dict[str, tuple[int, ...]] = {}
        for number, line in enumerate(self._lines):
            self._wait(number, line.text)

    def _wait(self, number: int, text: str) -> None:
        parts = [part for part in text.split() if part[:2] != ".." and part[-1] != "?"]
        if not parts:
            raise PatternError(f"the phrase {text!r} must begin and end with a word")
        rarest = min(parts, key=self._classes.weight_of) if len(parts) > 1 else parts[0]
        if "_" in text:
            self._name_runs(text)
        for one in rarest.split("|"):
            if one[:1] == "<":
                self._by_class[self._classes.numbered(one[1:-1])].append(number)
            elif "_" in one:
                self._by_class[self._classes.run(one)].append(number)
            elif one[-1:] == "*":
                self._by_beginning[one[:-1]].append(number)
            else:
                self._by_word[_sign(one)].append(number)

    def _name_runs(self, text: str) -> None:
        """Give every `in_bed` of a line its class now: what stands in a sentence is marked before lines are read."""
        for one in text.replace(" ", "|").split("|"):
            if "_" in one and one[:1] != "<":
                self._classes.run(one.removesuffix("?"))

    def read_all(self) -> int:
        """Take every line apart; how many there are. Raises PatternError for one that cannot be read."""
        return sum(bool(self._phrase(number).steps) for number in range(len(self._lines)))

    def _phrase(self, number: int) -> Phrase:
        phrase = self._phrases[number] = self._classes.phrase(self._lines[number])
        return phrase

    def find(self, places: Places) -> Iterator[tuple[int, int, Phrase, int]]:
        """Start, end, phrase and meaning of every match, one for each place where a phrase begins."""
        words, present, phrases = places.all_words, places.present, self._phrases
        for number in sorted(self._at_hand(places)):
            phrase = phrases[number] or self._phrase(number)
            first = phrase.needed[0]
            # Most are told apart by this one question; the rest is asked of what is left.
            if not first.begins and first.words.isdisjoint(words) and first.classes.isdisjoint(present):
                continue
            if phrase.may_stand(places):
                for start in places.starts(phrase.steps[0]):
                    end = _matched(phrase.steps, 0, start, places)
                    if end is not None:
                        yield start, end, phrase, self._lines[number].meaning

    def _at_hand(self, places: Places) -> set[int]:
        """The lines that wait under something in a sentence."""
        found: set[int] = set()
        for word, numbers in zip(places.plain, places.numbers, strict=True):
            waiting = self._of_word.get(word)
            if waiting is None:
                waiting = self._waiting_for(word, numbers)
            found.update(waiting)
        for number in places.longer_numbers & self._by_class.keys():
            found.update(self._by_class[number])
        return found

    def _waiting_for(self, word: str, numbers: frozenset[int]) -> tuple[int, ...]:
        lines = list(self._by_word.get(word, ()))
        for begun in _begun(word):
            lines += self._by_beginning.get(begun, ())
        for number in numbers:
            lines += self._by_class.get(number, ())
        if len(self._of_word) < _MOST_WORDS:
            self._of_word[word] = tuple(lines)
        return tuple(lines)


class Longer:
    """Finds the class members that are more than one word; those that name no such class themselves come first."""

    def __init__(self, classes: Classes) -> None:
        """Take the members of several words from the classes; called when every line has been given to its finder."""
        self._runs = dict(classes.runs)
        self._held = {number: frozenset((number, *holders)) for number, holders in classes.holders.items()}
        self._layers: list[Finder] = []
        waiting = list(classes.longer)
        while waiting:
            later = {number for _, one in waiting for number in self._numbers(one)}
            ready = [one for one in waiting if later.isdisjoint(map(classes.numbered, _NAMED.findall(one[0])))]
            # A class that names itself comes with the last.
            layer = ready or waiting
            self._layers.append(Finder([line for text, number in layer for line in lines_of(text, number)], classes))
            taken = set(layer)
            waiting = [one for one in waiting if one not in taken]

    def _numbers(self, number: int) -> frozenset[int]:
        """A class and those that hold it."""
        return self._held.get(number) or frozenset((number,))

    def mark(self, places: Places) -> None:
        """Mark every such member in a sentence."""
        words = places.plain
        for place, pair in enumerate(pairwise(words)):
            for rest, number in self._runs.get(pair, ()):
                end = place + len(pair) + len(rest)
                if words[place + len(pair) : end] == rest:
                    places.add(place, end, self._numbers(number))
        for layer in self._layers:
            for start, end, _, number in list(layer.find(places)):
                places.add(start, end, self._numbers(number))

    def read_all(self) -> int:
        """Take every member apart; how many there are. Raises PatternError for one that cannot be read."""
        return sum(layer.read_all() for layer in self._layers)


def _matched(steps: tuple[Step, ...], step: int, place: int, places: Places, gap: int = 0) -> int | None:
    """The end of the phrase from its step on, the nearest words first; None where it does not stand here.

    `gap` is what a word that was left out before would have allowed.
    """
    if step == len(steps):
        return place
    now = steps[step]
    gap = max(gap, now.gap)
    for here in places.reached(place, gap):
        for end in places.ends(here, now):
            found = _matched(steps, step + 1, end, places)
            if found is not None:
                return found
    return _matched(steps, step + 1, place, places, gap) if now.optional else None
