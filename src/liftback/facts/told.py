"""Read what a lifter's own words tell of their story: how it began, when, where it is, what makes it worse or better.

A fact is told only where the words state it of the lifter's own back today: what is denied, doubted, imagined, long
past or somebody else's is left out, and of two answers to one question neither is kept. Silence tells nothing.

The phrases are data (`knowledge/words/en/story.yaml`). What is ours here is numbers and days, and what cancels what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from liftback.facts.amounts import Amount, days_back, read_amount, read_day, read_load, read_score
from liftback.facts.answers import AnswerError, read_answer
from liftback.facts.context import PRESENT, Around, Span, state_of
from liftback.facts.lexicon import Lexicon, Meaning, story_lexicon_of
from liftback.facts.patterns import Places
from liftback.facts.tokens import Sentence, sentences_of
from liftback.facts.values import FactValue, Known
from liftback.knowledge.entries import Question
from liftback.knowledge.loader import Knowledge

EXTRA: Mapping[str, str] = MappingProxyType(
    {
        "side": "the side of the pain: left, right or both",
        "onset_lift": "the lift during which it began, by the id that main_lifts has for it",
        "onset_load": "the weight of that lift as text, such as '180 kg'",
        "onset_activity": "what it began with, other than a lift: picking_up, bending, twisting, sport ...",
        "medicines": "pain medicines taken or tried for it, generic names",
        "sore_days": "how long the back is usually sore after training, as text, such as '3-4 days'",
    }
)
"""Facts that are told beside the questions of the questionnaire, each with its meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact that the words tell.

    `question` is the id of a question, or one of EXTRA; `value` its answer, a tuple where several may be chosen.
    `quote` is the text as written between `start` and `end`; where several places tell it, from the first to the last.
    `rule` names the phrases that matched.
    """

    question: str
    value: FactValue
    quote: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """One value of one question, and its place in the text."""

    question: str
    value: FactValue
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    """A phrase of the story at its place in a sentence."""

    span: Span
    meaning: Meaning


_MANY_MORE = frozenset(("medicines",))
_NO_OTHERS = frozenset(("none", "nothing"))
_MOVES = {"worse_with": "worse_move", "better_with": "better_move"}
_HELPERS = frozenset(("breaks", "undone", "corrects", "known", *_MOVES.values()))
_SHAPES = frozenset(("amount", "score", "when", "load", "before", "behind"))
# Of two lifts or loads near the moment, the nearer one was in hand.
_NEAREST = frozenset(("onset_lift", "onset_load", "onset_activity", "onset"))
# These ask about what is over, so that the past counts.
_HISTORY = frozenset(("earlier_episodes", "achy_bouts_before", "function_after"))
# "I have deadlifted for six years" is no old news, and "bench is fine" denies no bench press.
_LASTS = frozenset(("main_lifts",))
# Elsewhere these two place things in the past; within a phrase they do not: "fine once I am warm", "same as always".
_NOT_PAST = frozenset(("once", "always"))
_LISTS = frozenset(("or", "nor"))
_PAUSES = frozenset((",", "-"))


@lru_cache  # an interview asks at every step
def read_told(text: str, knowledge: Knowledge, today: date) -> tuple[Told, ...]:
    """Every fact that the words tell, one for each question, in order of place. Never raises for any text."""
    if not text.strip():
        return ()
    lexicon = story_lexicon_of(knowledge)
    sentences = sentences_of(text, lexicon.spelling)
    found: list[_Match] = []
    corrected: list[int] = []
    for place, sentence in enumerate(sentences):
        following = sentences[place + 1] if place + 1 < len(sentences) else None
        reader = _Reader(text, sentence, following, lexicon, today)
        found.extend(reader.matches())
        corrected.extend(reader.corrections())
    told = (_one_told(text, list(group), corrected, knowledge, today) for group in _by_question(found))
    return tuple(sorted((one for one in told if one is not None), key=lambda one: (one.start, one.end, one.question)))


def _within(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end


class _Reader:
    """What one sentence tells."""

    def __init__(
        self, text: str, sentence: Sentence, following: Sentence | None, lexicon: Lexicon, today: date
    ) -> None:
        places = Places(sentence, lexicon.classes, lexicon.longer)
        self._text, self._sentence, self._today = text, sentence, today
        self._words = [token.word for token in sentence.tokens]
        self._hits = [
            _Hit(span=Span(start=start, end=end), meaning=lexicon.told[number])
            for start, end, _, number in lexicon.story.find(places)
        ]
        self._around = Around(sentence, places, lexicon, following)
        self._clear_cues()

    def _clear_cues(self) -> None:
        """Take away what is no cue in a story: "left, no wait, right", "hurts sitting, no leg pain", "he gave me"."""
        turns = [hit.span for hit in self._of("corrects")]
        cues = self._around.cues
        cues["denies_before"] = [one for one in cues["denies_before"] if not any(_overlap(one, turn) for turn in turns)]
        cues["other_person"] = [one for one in cues["other_person"] if "me" not in self._words[one.end : one.end + 2]]
        # "Numbness, no" denies the numbness; where the sentence goes on, the no is for what follows.
        cues["denies_after"] = [one for one in cues["denies_after"] if not self._goes_on(one)]
        # "Gone in three days", "nothing new": inside what tells something, these place nothing long ago.
        spans = [hit.span for hit in self._hits]
        for name in ("past", "lasting"):
            cues[name] = [one for one in cues[name] if not any(_within(one, span) for span in spans)]

    def _goes_on(self, cue: Span) -> bool:
        return self._words[cue.start] in _PAUSES and cue.end < len(self._words) and self._words[cue.end] not in _PAUSES

    def corrections(self) -> Iterator[int]:
        """Places in the text behind which what is said replaces what was said before."""
        for hit in self._of("corrects"):
            yield self._sentence.tokens[hit.span.start].start

    def matches(self) -> Iterator[_Match]:
        """Every value that is stated."""
        stated = [hit for hit in self._hits if hit.meaning.question not in _HELPERS and self._stated(hit)]
        for hit in stated:
            if hit.meaning.question in _MOVES and hit.meaning.choice in _SHAPES:
                yield from self._moves(hit)
                continue
            broken = self._first_break(hit) is not None or self._undone(hit.meaning.question, hit.span)
            value = None if broken or self._within_other(hit, stated) else self._value(hit)
            if value is not None:
                yield self._match(hit, hit.span, value)

    def _of(self, question: str, choice: str | None = None) -> list[_Hit]:
        return [one for one in self._hits if one.meaning.question == question and choice in (None, one.meaning.choice)]

    def _stated(self, hit: _Hit) -> bool:
        words = self._words[hit.span.start : hit.span.end]
        history = hit.meaning.question in _HISTORY or not _NOT_PAST.isdisjoint(words)
        around = copy(self._around)
        around.cues = around.cues.copy()
        around.cues["denies_before"] = [one for one in around.cues["denies_before"] if self._reaches(one, hit.span)]
        if hit.meaning.question in _LASTS:
            around.cues["lasting"] = around.cues["denies_after"] = []
        return state_of(around, hit.span, history=history, effort=False) == PRESENT

    def _reaches(self, denial: Span, span: Span) -> bool:
        """Whether a no is of the same clause: "no pain in the legs, sleeping fine" says nothing against the sleep."""
        between = self._words[denial.end : span.start]
        if "," not in between:
            return True
        return not _LISTS.isdisjoint(self._words[denial.end + between.index(",") : span.end + 2])

    def _first_break(self, hit: _Hit) -> int | None:
        """Where the first words stand that spoil the match by overlapping it."""
        spoilt = [one.span.start for one in self._of("breaks", hit.meaning.question) if _overlap(one.span, hit.span)]
        return min(spoilt, default=None)

    def _undone(self, question: str, span: Span) -> bool:
        return any(one.span.start == span.end for one in self._of("undone", question))

    def _within_other(self, hit: _Hit, stated: Iterable[_Hit]) -> bool:
        """Whether a longer phrase of the same question says something else; a shorter one where the nearest counts."""
        others = [one for one in stated if one.meaning.question == hit.meaning.question and one.span != hit.span]
        others = [one for one in others if one.meaning.choice != hit.meaning.choice or one.meaning.choice in _SHAPES]
        if hit.meaning.question in _NEAREST:
            return any(_holds(hit.span, one.span) for one in others)
        return any(_holds(one.span, hit.span) for one in others)

    def _value(self, hit: _Hit) -> FactValue | None:
        if hit.meaning.choice not in _SHAPES:
            return hit.meaning.choice
        words = self._words[hit.span.start : hit.span.end]
        if hit.meaning.question == "onset":
            return self._onset(hit, words)
        return _READERS[hit.meaning.question](words)

    def _onset(self, hit: _Hit, words: list[str]) -> date | None:
        if hit.meaning.choice == "amount":
            return days_back(words, self._today)
        for start in range(hit.span.start, hit.span.end):
            # The longest run of words that names a day: "day before yesterday" rather than "yesterday".
            for end in range(min(hit.span.end, start + _LONGEST_DAY), start, -1):
                first, last = self._sentence.tokens[start], self._sentence.tokens[end - 1]
                day = read_day(self._words[start:end], self._text[first.start : last.end], self._today)
                if day is not None and self._words[start:end] != ["now"]:
                    return day
        return None

    def _moves(self, hit: _Hit) -> Iterator[_Match]:
        """The movements in a match, up to the word where a list turns over to the other side."""
        cut = self._first_break(hit)
        if cut is not None and (hit.meaning.choice == "behind" or cut <= hit.span.start):
            return
        span = Span(start=hit.span.start, end=hit.span.end if cut is None else cut)
        moves = self._of(_MOVES[hit.meaning.question])
        for one in moves:
            inner = any(_holds(other.span, one.span) and other.meaning.choice != one.meaning.choice for other in moves)
            if inner or one.meaning.choice == "other" or not span.start <= one.span.start < span.end:
                continue
            if not self._undone(hit.meaning.question, one.span):
                whole = Span(start=span.start, end=max(one.span.end, self._trimmed(span)))
                yield self._match(hit, whole, one.meaning.choice)

    def _trimmed(self, span: Span) -> int:
        """The end of a span without a comma that it ends with."""
        end = span.end
        while end > span.start + 1 and self._words[end - 1] in _PAUSES:
            end -= 1
        return end

    def _match(self, hit: _Hit, span: Span, value: FactValue) -> _Match:
        first, last = self._sentence.tokens[span.start], self._sentence.tokens[span.end - 1]
        return _Match(
            question=hit.meaning.question, value=value, start=first.start, end=last.end, rule=hit.meaning.rule
        )


_LONGEST_DAY = 6  # words: "the 14 th of november 2026"


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _holds(outer: Span, inner: Span) -> bool:
    """Whether a span holds a shorter one."""
    return outer.start <= inner.start and inner.end <= outer.end and outer != inner


# --- several matches of one question --------------------------------------------------------------------------------


def _by_question(found: Iterable[_Match]) -> Iterator[Iterable[_Match]]:
    groups: dict[str, list[_Match]] = {}
    for one in found:
        groups.setdefault(one.question, []).append(one)
    yield from groups.values()


def _one_told(text: str, group: list[_Match], corrected: list[int], knowledge: Knowledge, today: date) -> Told | None:
    """The fact that the matches of one question tell together; None where they contradict each other."""
    group.sort(key=lambda one: (one.start, one.end))
    name = group[0].question
    question = knowledge.questions.get(name)
    if name in _MANY_MORE or (question is not None and question.kind == "many"):
        return _many(text, group, question.choice_ids if question is not None else ())
    if len({one.value for one in group}) > 1:
        turns = [place for place in corrected if group[0].start < place <= group[-1].start]
        group = [one for one in group if turns and one.start >= turns[-1]]
    if not group or len({one.value for one in group}) > 1 or not _allowed(question, group[0].value, today):
        return None
    return _told(text, group[:1], group[0].value)


def _allowed(question: Question | None, value: FactValue, today: date) -> bool:
    """Whether the question takes the value: no pain of 12, no day of another century."""
    try:
        return question is None or isinstance(read_answer(question, value, today), Known)
    except AnswerError:
        return False


def _many(text: str, group: list[_Match], order: tuple[str, ...]) -> Told:
    values = list(dict.fromkeys(str(one.value) for one in group))
    # "Nothing helps except lying down" tells lying down.
    chosen = [one for one in values if one not in _NO_OTHERS] or values[:1]
    kept = [one for one in group if one.value in chosen]
    return _told(text, kept, tuple(sorted(chosen, key=lambda one: order.index(one) if order else values.index(one))))


def _told(text: str, group: list[_Match], value: FactValue) -> Told:
    start, end = min(one.start for one in group), max(one.end for one in group)
    rule = "; ".join(dict.fromkeys(one.rule for one in group))
    return Told(question=group[0].question, value=value, quote=text[start:end], start=start, end=end, rule=rule)


# --- numbers --------------------------------------------------------------------------------------------------------

_HALF_HOUR, _DAY = 30.0, 24.0 * 60.0  # minutes; the bounds of the choices of settles_after
_SORE = ((2.0, "up_to_2_days"), (4.0, "three_to_four_days"), (float("inf"), "longer"))


def _settling(words: list[str]) -> str | None:
    amount = read_amount(words)
    minutes = amount.minutes if amount is not None else None
    if minutes is None:
        return None
    choices = {_settling_choice(one) for one in minutes}
    return choices.pop() if len(choices) == 1 else None


def _settling_choice(minutes: float) -> str:
    if minutes <= _HALF_HOUR:
        return "half_hour"
    return "within_day" if minutes <= _DAY else "longer_than_day"


def _sore_choice(words: list[str]) -> str | None:
    days = _days(read_amount(words))
    if days is None:
        return None
    choices = {next(name for most, name in _SORE if one <= most) for one in days}
    return choices.pop() if len(choices) == 1 else None


def _sore_days(words: list[str]) -> str | None:
    amount = read_amount(words)
    days = _days(amount)
    if days is None or amount is None or not amount.exact:
        return None
    low, high = days
    count = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    return f"{count} day" if count == "1" else f"{count} days"


def _days(amount: Amount | None) -> tuple[float, float] | None:
    minutes = amount.minutes if amount is not None else None
    return None if minutes is None else (minutes[0] / _DAY, minutes[1] / _DAY)


_READERS: Mapping[str, Callable[[list[str]], FactValue | None]] = {
    "pain_now": read_score,
    "pain_worst": read_score,
    "settles_after": _settling,
    "sore_how_long": _sore_choice,
    "sore_days": _sore_days,
    "onset_load": read_load,
}
