"""The words people use, read from `knowledge/words/`: what they call a warning sign, and the words around it.

One file for each gate, one for gym talk, one for the words around, one for spelling and one for the story. Lines are
phrases as `liftback.facts.patterns` explains them; `#` begins a remark. It is read at the first text, not before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from liftback.facts.patterns import Classes, Finder, Line, Longer, PatternError, lines_of
from liftback.facts.tokens import Spelling
from liftback.knowledge.conditions import KnowledgeError
from liftback.knowledge.loader import Knowledge

ASK, ABSENT = "ask", "absent"
"""Groups of a gate's file that are no choice: a reason to ask, and words that deny it by themselves."""
GYM_TALK = ("gym_talk", "gym_talk_of_the_day")
"""Harmless words, those of the day only where it does not last. In a gate's file they are for that gate only."""
CUES = (
    "denies_before", "denies_after", "no_denial", "ends_reach", "other_person", "other_person_after", "oneself",
    "third_person", "bare_person", "me_too", "no_other", "has_said", "hypothetical", "hypothetical_after",
    "no_imagining", "real", "speaks_of_self", "past", "no_past", "no_still", "still", "returned", "lingers",
    "over_now", "is_now", "settled", "lasting", "unsure_before", "unsure_after", "subject", "excepts", "shifts",
    "denies_last",
)  # fmt: skip
"""The kinds of words around a phrase that `liftback.facts.context` reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a phrase stands for: the choice of a question (a gate's, or the story's), or a reason to ask it.

    `rule` is how the match is named: the question, the choice, and the phrase as the file has it.
    """

    question: str
    choice: str
    rule: str

    @property
    def asks(self) -> bool:
        """Whether the words are only a reason to ask."""
        return self.choice == ASK


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """All phrases of a language, ready to be found. Equal only to itself.

    `meanings`, `harmless` and `told` say what a match of `signs`, `gym_talk` and `story` stands for, by its number;
    `harmless` holds the gate it is for (empty: every one), and whether it is so for a day only.
    """

    classes: Classes
    spelling: Spelling
    longer: Longer
    signs: Finder
    gym_talk: Finder
    cues: Finder
    story: Finder
    meanings: tuple[Meaning, ...]
    harmless: tuple[tuple[str, bool], ...]
    told: tuple[Meaning, ...]
    history: frozenset[tuple[str, str]]
    effort: frozenset[str]
    lists: Mapping[str, frozenset[str]]


def read_all(lexicon: Lexicon) -> int:
    """Take every phrase apart, as a check of the files; how many there are. Raises PatternError naming one."""
    finders = (lexicon.signs, lexicon.story, lexicon.gym_talk, lexicon.cues, lexicon.longer)
    return sum(one.read_all() for one in finders)


@cache
def lexicon_of(knowledge: Knowledge) -> Lexicon:
    """The words for warning signs, read once. Raises KnowledgeError naming file and line."""
    return _read({name: document for name, document in knowledge.words() if "story" not in document})


@cache
def story_lexicon_of(knowledge: Knowledge) -> Lexicon:
    """The words for the facts of a story, read once, apart from the signs. Raises KnowledgeError."""
    return _read({name: document for name, document in knowledge.words() if "gate" not in document})


def _read(files: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    shared: dict[str, tuple[str, ...]] = {}
    for file, document in files.items():
        for name, members in _classes(document):
            if name in shared:
                raise KnowledgeError(f"{file}: the class <{name}> is written twice")
            shared[name] = members
    parts = {name: text for document in files.values() for name, text in document.get("spelling", {}).items()}
    try:
        return _assembled(files, Classes(shared, everyday=parts.get("common_words", "").split()), parts)
    except PatternError as error:
        raise KnowledgeError(f"words: {error}") from error


def _assembled(files: Mapping[str, Mapping[str, Any]], classes: Classes, spelling: Mapping[str, str]) -> Lexicon:
    meanings: list[Meaning] = []
    told: list[Meaning] = []
    signs = _meant(((document["gate"], document["phrases"]) for document in _holding(files, "gate")), meanings)
    story = _meant((pair for document in _holding(files, "story") for pair in document["story"].items()), told)
    gym, harmless = _harmless(files)
    cues = [
        line
        for name, text in _groups(files, "around")
        for one in _lines(text)
        for line in lines_of(one, CUES.index(name))
    ]
    finders = [Finder(lines, classes) for lines in (signs, story, gym, cues)]
    return Lexicon(
        classes=classes,
        spelling=_spelling(files, spelling),
        signs=finders[0],
        story=finders[1],
        gym_talk=finders[2],
        cues=finders[3],
        longer=Longer(classes),  # last: the lines above name classes of their own
        meanings=tuple(meanings),
        harmless=harmless,
        told=tuple(told),
        history=frozenset(
            (one["gate"], choice)
            for one in _holding(files, "gate")
            for choice in (one["phrases"] if one.get("once_is_enough") is True else one.get("once_is_enough", ()))
        ),
        lists={
            name: frozenset("," if word == "comma" else word for word in " ".join(_lines(text)).split())
            for name, text in _groups(files, "lists")
        },
        effort=frozenset(str(one["gate"]) for one in _holding(files, "gate") if one.get("long_known_is_past")),
    )


def _holding(files: Mapping[str, Mapping[str, Any]], part: str) -> list[Mapping[str, Any]]:
    return [document for document in files.values() if part in document]


def _harmless(files: Mapping[str, Mapping[str, Any]]) -> tuple[list[Line], tuple[tuple[str, bool], ...]]:
    """The lines of gym talk, and by their number the gate they are for and whether they are of the day only."""
    lines: list[Line] = []
    harmless: list[tuple[str, bool]] = []
    for document in files.values():
        for part in GYM_TALK:
            for text in document.get(part, {}).values():
                lines += [line for one in _lines(text) for line in lines_of(one, len(harmless))]
                harmless.append((str(document.get("gate", "")), part != GYM_TALK[0]))
    return lines, tuple(harmless)


def _classes(document: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, text in document.get("classes", {}).items():
        yield name, tuple(_lines(text))


def _lines(text: str) -> Iterator[str]:
    for line in str(text).splitlines():
        written = line.partition("#")[0].strip()
        if written:
            # Short members may share a line: "groin, crotch, privates".
            yield from (part.strip() for part in written.split(", ") if part.strip())


def _groups(files: Mapping[str, Mapping[str, Any]], part: str) -> Iterator[tuple[str, str]]:
    for document in files.values():
        yield from document.get(part, {}).items()


def _meant(questions: Iterable[tuple[str, Mapping[str, str]]], meanings: list[Meaning]) -> list[Line]:
    """The lines of questions with their choices; what each stands for goes to `meanings`, by its number."""
    lines: list[Line] = []
    for question, groups in questions:
        for choice, text in groups.items():
            for written in _lines(text):
                meanings.append(Meaning(question=question, choice=choice, rule=f"{question}.{choice}: {written}"))
                lines += lines_of(written, len(meanings) - 1)
    return lines


def _spelling(files: Mapping[str, Mapping[str, Any]], parts: Mapping[str, str]) -> Spelling:
    """How words are spelled; slips are put right towards every word that stands in some phrase or class."""
    texts = [text for _, text in _phrase_texts(files)]
    everything = "\n".join([*texts, parts.get("whole_words", "")])
    for sign in "|,_?":  # what stands between the words of a phrase
        everything = everything.replace(sign, " ")
    words = set(everything.split())
    joined = (line.partition(" = ")[::2] for line in _lines(parts.get("joined", "")))
    return Spelling(
        emoji=dict(line.partition(" = ")[::2] for line in _lines(parts.get("emoji", ""))),
        short_forms=dict(line.partition(" = ")[::2] for line in _lines(parts.get("short_forms", ""))),
        joined={tuple(pair.split()): one for pair, one in joined},  # type: ignore[misc] # pairs by form
        known=frozenset(word for word in words if word.isalpha()),
        begins=tuple(sorted(word[:-1] for word in words if word[-1] == "*" and word[:-1].isalpha())),
        real=frozenset(" ".join(_lines(parts.get("real_words", ""))).split()),
        common=frozenset(parts.get("common_words", "").split()),
    )


def _phrase_texts(files: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Every text of the files that holds phrases or members of classes, its remarks left out."""
    for document in files.values():
        groups = [document.get(part, {}) for part in ("classes", "phrases", "around", *GYM_TALK)]
        groups += list(document.get("story", {}).values())
        for group in groups:
            for name, text in group.items():
                yield name, re.sub(r"#.*", "", str(text))
