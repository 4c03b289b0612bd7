"""From the name an app gives an exercise to its movement pattern and its place in the back-load order.

A name is `known` when a list has it, word for word and in any order of words; `likely` when the longest known
name whose words all stand in it decides (equipment words aside); else `unknown`, which is said, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from liftback.knowledge.entries import Exercise
from liftback.knowledge.loader import Knowledge

UNKNOWN_PATTERN = "unknown"
_WORDS = re.compile(r"[^\W_]+")
_SAME = {
    "db": "dumbbell", "dbs": "dumbbell", "bb": "barbell", "kb": "kettlebell", "flye": "fly", "flies": "fly",
    "tricep": "triceps", "bicep": "biceps", "pushup": "push up", "pullup": "pull up", "chinup": "chin up",
    "situp": "sit up", "dl": "deadlift", "bp": "bench press", "1": "single", "one": "single", "stepup": "step up",
}  # fmt: skip
_ENDS_IN_S = frozenset(("triceps", "biceps", "press", "abs", "lats", "calves", "glutes", "carries"))
_EQUIPMENT = frozenset((
    "barbell", "dumbbell", "kettlebell", "cable", "machine", "smith", "band", "banded", "bodyweight", "weighted",
    "plate", "loaded", "resistance", "suspension", "trx", "ez", "bar", "langhantel", "kurzhantel", "strength",
))  # fmt: skip
_MOST_REMEMBERED = 10_000
Words = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a name was taken for. `certainty` is known, likely or unknown; `why` says it in words.

    `exercise` is the id of the known lift, empty where there is none.
    """

    name: str
    pattern: str
    back_load: int | None
    certainty: str
    why: str
    exercise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseIndex:
    """All known exercises by the words of their names: in full, and without equipment words.

    `remembered` holds names already looked up, up to a bound, as apps write the same few hundred.
    """

    full: Mapping[Words, Exercise]
    bare: Mapping[Words, Exercise]
    by_word: Mapping[str, tuple[Words, ...]]
    remembered: dict[str, Match] = field(default_factory=dict)

    def match(self, name: str) -> Match:
        """What the name is taken for."""
        found = self.remembered.get(name)
        if found is None:
            found = self._match(name)
            if len(self.remembered) < _MOST_REMEMBERED:
                self.remembered[name] = found
        return found

    def _match(self, name: str) -> Match:
        words = words_of(name)
        asked = frozenset(words)
        if asked in self.full:
            return _match(name, self.full[asked], "known", "")
        without = asked - _EQUIPMENT
        if without in self.bare:
            return _match(name, self.bare[without], "likely", "the same lift with other equipment")
        found = self._longest(words)
        if found is not None:
            return _match(name, found, "likely", "its words")
        return Match(name=name, pattern=UNKNOWN_PATTERN, back_load=None, certainty="unknown", why="no list has it")

    def _longest(self, words: tuple[str, ...]) -> Exercise | None:
        """The known name with the most words that all stand in this one; of equals, the one whose words end last.

        The last word of an English name is the lift ("Bench Supported Row" is a row). None if that ties too.
        """
        asked = frozenset(words)
        place = {word: at for at, word in enumerate(words)}
        keys = {key for word in asked for key in self.by_word.get(word, ()) if key <= asked}
        ranked = sorted(((len(key), max(place[word] for word in key)), key) for key in map(_sorted, keys))
        if not ranked:
            return None
        best = [self._entry(frozenset(key)) for rank, key in ranked if rank == ranked[-1][0]]
        return best[-1] if len({exercise.pattern for exercise in best}) == 1 else None

    def _entry(self, key: Words) -> Exercise:
        return self.full[key] if key in self.full else self.bare[key]


def _sorted(key: Words) -> tuple[str, ...]:
    return tuple(sorted(key))


def _match(name: str, exercise: Exercise, certainty: str, why: str) -> Match:
    said = f"taken for {exercise.name!r} by {why}" if why else f"listed as {exercise.name!r}"
    return Match(
        name=name,
        pattern=exercise.pattern,
        back_load=exercise.back_load,
        certainty=certainty,
        why=said,
        exercise=exercise.id,
    )


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in order: lower case, no accents, short forms written out, no plural s."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "").lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words: list[str] = []
    for word in _WORDS.findall(plain):
        words.extend(_singular(part) for part in _SAME.get(word, word).split())
    return tuple(words)


def _singular(word: str) -> str:
    if word in _ENDS_IN_S or not word.endswith("s") or word.endswith("ss") or word in ("is", "us"):
        return word
    return _SAME.get(word[:-1], word[:-1])


@lru_cache(maxsize=2)
def exercise_index(knowledge: Knowledge) -> ExerciseIndex:
    """The index of the exercises in `knowledge`, made once."""
    exercises = knowledge.exercises
    full: dict[Words, Exercise] = {}
    bare: dict[Words, Exercise] = {}
    for exercise in exercises:
        for name in (exercise.name, *exercise.aliases):
            full.setdefault(frozenset(words_of(name)), exercise)
    for exercise in exercises:
        for name in (exercise.name, *exercise.aliases):
            key = frozenset(words_of(name)) - _EQUIPMENT
            if key:
                bare.setdefault(key, full.get(key, exercise))
    by_word: dict[str, list[Words]] = {}
    for key in {**full, **bare}:
        for word in key:
            by_word.setdefault(word, []).append(key)
    return ExerciseIndex(full=full, bare=bare, by_word={word: tuple(keys) for word, keys in by_word.items()})


def match_all(names: Iterable[str], knowledge: Knowledge) -> dict[str, Match]:
    """Each name with what it was taken for."""
    index = exercise_index(knowledge)
    return {name: index.match(name) for name in dict.fromkeys(names)}
