"""The seven answers: what we found, said to this lifter, in the order of the questions everyone asks.

Here stands only which statements and findings make up an answer and in which order. Every sentence, and the
condition under which it is said, is in knowledge/seven_answers. While something has to be checked now or
today, six answers shrink to one line and a pointer to the fifth, which leads with what to do; no answer then
speaks of training.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from liftback.facts.values import Facts
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.assessment import Findings
from liftback.reasoning.findings import Reason, Said, say, unique
from liftback.reasoning.slots import Slots, named_questions, personal_slots, say_ready

WORDS = ("one", "two", "three", "four", "five", "six", "seven")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One of the seven answers.

    `headline` answers in one breath; `text` is all of it, paragraphs parted by blank lines, what can wait last.
    `certainty` begins with `published` (every figure comes from a study), `mixed`, or `our starting point`, and
    goes on with what is not known about this lifter. `sources` are reference ids.
    """

    number: int
    question: str
    headline: str
    text: str
    paragraphs: tuple[Said, ...]
    because: tuple[Reason, ...]
    certainty: str
    sources: tuple[str, ...]


def seven_answers(findings: Findings, facts: Facts, knowledge: Knowledge) -> tuple[Answer, ...]:
    """All seven answers, in order; never an empty one."""
    telling = _Telling(
        findings=findings, facts=facts, knowledge=knowledge, slots=personal_slots(findings, facts, knowledge)
    )
    return tuple(_answer(number, telling) for number in range(1, len(WORDS) + 1))


class _Topic(Protocol):
    """What every finding has: its reasons, and the questions that would still decide it."""

    @property
    def because(self) -> tuple[Reason, ...]: ...

    @property
    def undecided(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """One lifter's findings, and the saying of statement groups to them."""

    findings: Findings
    facts: Facts
    knowledge: Knowledge
    slots: Slots

    def say(self, *groups: str) -> tuple[Said, ...]:
        """Everything of these groups that holds, in order."""
        names = (f"seven_answers.{group}" for group in groups)
        return tuple(said for name in names for said in say_ready(name, self.facts, self.knowledge, self.slots))

    def statement(self, name: str) -> tuple[Said, ...]:
        """One statement of another topic, if it holds."""
        said = say(self.knowledge.statements[name], self.facts, self.knowledge)
        return () if said is None else (said,)

    def without(self, group: str, said: tuple[Said, ...]) -> tuple[Said, ...]:
        """What was said, less a group that stands in full in the finding itself."""
        left_out = {statement.id for statement in self.knowledge.group(group)}
        return tuple(one for one in said if one.id not in left_out)

    def first(self, group: str) -> tuple[Said, ...]:
        """The first statement of a group that holds: a headline."""
        return self.say(group)[:1]

    def led(self, group: str, items: tuple[Said, ...]) -> tuple[Said, ...]:
        """Items with the sentence that leads to them, or nothing when there are no items.

        Items can wait exactly when the sentence that leads to them can.
        """
        lead = self.say(group)
        more = any(one.more for one in lead)
        return (*lead, *(replace(one, more=more) for one in items)) if items else ()

    def course(self, *groups: str) -> tuple[Said, ...]:
        """What the diary's course says in these groups; nothing without a diary, or while it has to wait."""
        course = self.findings.trajectory
        if course is None or course.held:
            return ()
        wanted = {one.id for group in groups for one in self.knowledge.group(f"trajectory.{group}")}
        said = (one for one in course.said if one.id in wanted)
        return tuple(one if one.id in _SHORT_COURSE else _can_wait(one) for one in said)

    def some(self, items: tuple[Said, ...]) -> tuple[Said, ...]:
        """As many of the items as one answer shows."""
        return items[: int(self.knowledge.number("seven_answers.points_shown"))]

    @property
    def urgent(self) -> bool:
        """Whether something has to be checked now or today."""
        return self.findings.triage.level >= Level.same_day

    @property
    def open(self) -> bool:
        """Whether it is urgent only because safety questions are still open."""
        return self.urgent and self.findings.triage.only_open


def _answer(number: int, telling: _Telling) -> Answer:
    word = WORDS[number - 1]
    told = _unique_texts(_first_checked(word, telling) if telling.urgent else _TOLD[word](telling))
    paragraphs = tuple(sorted(told, key=lambda one: one.more))
    because = unique((*(reason for one in paragraphs for reason in one.because), *_rests_on(word, telling)))
    return Answer(
        number=number,
        question=telling.knowledge.statements[f"seven_answers.title_{word}"].text,
        headline=paragraphs[0].text,
        text="\n\n".join(one.text for one in paragraphs),
        paragraphs=paragraphs,
        because=because,
        certainty=_certainty(word, paragraphs, telling),
        sources=_sources(word, paragraphs, telling),
    )


def _sources(word: str, paragraphs: tuple[Said, ...], telling: _Telling) -> tuple[str, ...]:
    shown = (source for one in paragraphs for source in one.sources)
    # The advice of triage reaches the fifth answer as words, so its sources are added here.
    return tuple(dict.fromkeys((*shown, *(telling.findings.triage.sources if word == "five" else ()))))


def _unique_texts(paragraphs: Iterable[Said]) -> tuple[Said, ...]:
    return tuple({one.text: one for one in reversed(tuple(paragraphs))}.values())[::-1]


def _first_checked(word: str, telling: _Telling) -> tuple[Said, ...]:
    if word == "five":
        headline = "five_open_headline" if telling.open else "five_headline"
        return (*telling.first(headline), *telling.say("five_open" if telling.open else "five_do"), *_safety(telling))
    if telling.open:
        own = _if_written(f"{word}_open_first", f"{word}_first", telling)
        return telling.say("first_open_headline", own, "first_open_close")
    return telling.say("first_headline", f"{word}_first", "first_close")


def _if_written(group: str, otherwise: str, telling: _Telling) -> str:
    return group if f"seven_answers.{group}" in telling.knowledge.groups else otherwise


# Whoever feels that low reads it at every level, early in the answer about what is serious.
_VERY_LOW = "slows_recovery.low_mood_help"


def _safety(telling: _Telling) -> tuple[Said, ...]:
    return (
        *telling.say("five_do"),
        *telling.statement(_VERY_LOW),
        *telling.say("five_summary", "five_reasons", "five_open", "five_change", "five_limits"),
    )


def _one(telling: _Telling) -> tuple[Said, ...]:
    findings = telling.findings
    points = telling.some(findings.talk.points) if findings.talk is not None else ()
    return (
        *telling.first("one_headline"),
        *telling.say("one_yours"),
        *findings.presentation.said,
        *telling.without("response_pattern.diary", findings.pattern.said),
        *telling.course("response"),
        *telling.led("one_talk", points),
        *telling.say("one_common", "one_close"),
    )


def _two(telling: _Telling) -> tuple[Said, ...]:
    intro = telling.say("two_first_days_intro")
    return (
        *telling.first("two_headline"),
        *intro,
        *(telling.say("two_first_days", "two_first_days_why") if intro else ()),
        *telling.say("two_moment", "two_why", "two_triggers", "two_now"),
    )


# What a lifter needs of the facts about time; the others stand in the timeline itself.
_FACTS_OF_TIME = ("timeline.borrowed", "timeline.long_course", "timeline.comes_back", "timeline.swings")


# What an answer says of the course at once; the rest of it can wait there, and `liftback follow` says it all.
_SHORT_COURSE = frozenset(
    f"trajectory.{name}"
    for name in (
        "headline_improving",
        "headline_worsening",
        "alarm_worsening",
        "felt_now",
        "flare_cap",
        "flare_cap_none",
    )
)


def _three(telling: _Telling) -> tuple[Said, ...]:
    facts = {statement.id for statement in telling.knowledge.group("timeline.facts")}
    course = [one for one in telling.findings.timeline.said if one.id not in facts or one.id in _FACTS_OF_TIME]
    headline = telling.first("three_headline")
    if any("{daily_half}" in telling.knowledge.statements[one.id].text for one in headline):
        # The headline has already said the range that the timeline opens with.
        course = [*telling.without("timeline.headline", tuple(course))]
    own = telling.course("headline", "trend", "jump", "milestones")
    return (*headline, *own, *telling.say("three_shift"), *course, *telling.say("three_meanwhile"))


def _four(telling: _Telling) -> tuple[Said, ...]:
    return (
        *telling.first("four_headline"),
        *telling.led("four_worth", telling.findings.foundations.worth_most),
        *telling.led(
            "four_slows", tuple(_can_wait(_with(one, "helps")) for one in telling.findings.slows_recovery.items)
        ),
        *telling.say("four_best", "four_load", "four_adjuncts", "four_pills", "four_open"),
    )


def _five(telling: _Telling) -> tuple[Said, ...]:
    return (
        *telling.first("five_open_headline" if telling.findings.triage.only_open else "five_headline"),
        *telling.statement(_VERY_LOW),
        *telling.say("five_reasons", "five_open", "five_do", "five_change"),
        *telling.say("five_rare", "five_pt_first", "five_limits"),
    )


def _six(telling: _Telling) -> tuple[Said, ...]:
    findings = telling.findings
    return (
        *telling.first("six_headline"),
        *telling.say("six_category", "six_next", "six_why"),
        *findings.category.said,
        *telling.led("six_would_change", telling.some(findings.category.would_change)),
        *findings.imaging.said,
        # Why nobody can name the part holds for everyone, also where nothing can be said yet about a scan.
        *telling.statement("imaging.readings_differ"),
    )


def _seven(telling: _Telling) -> tuple[Said, ...]:
    not_to_do = telling.led("seven_not", tuple(_with(one, "instead") for one in telling.findings.not_to_do.items))
    held = _until_seen(telling) if telling.findings.triage.level >= Level.within_days else telling.say("seven_hold")
    steps = held or _steps(telling)
    return (*telling.first("seven_headline"), *steps, *not_to_do, *telling.say("seven_seen"))


def _can_wait(item: Said) -> Said:
    return replace(item, more=True)


def _with(item: Said, word: str) -> Said:
    """An item and what goes with it (what to do instead, what helps) in one paragraph."""
    return replace(item, text=f"{item.text} {dict(item.data).get(word, '')}".strip())


def _until_seen(telling: _Telling) -> tuple[Said, ...]:
    return telling.say("seven_until")


def _steps(telling: _Telling) -> tuple[Said, ...]:
    findings = telling.findings
    return (
        *telling.first("seven_stage"),
        *telling.say("seven_move"),
        *findings.sensitivities.said,
        *telling.led("seven_keep_intro", telling.say("seven_keep")),
        *telling.course("alarm", "flare"),
        *telling.say("seven_strength", "seven_judge"),
    )


_TOLD: dict[str, Callable[[_Telling], tuple[Said, ...]]] = {
    "one": _one, "two": _two, "three": _three, "four": _four, "five": _five, "six": _six, "seven": _seven,
}  # fmt: skip


def _topics(word: str, findings: Findings) -> tuple[_Topic, ...]:
    topics: dict[str, tuple[_Topic, ...]] = {
        "one": (findings.presentation, findings.pattern),
        "two": (findings.presentation,),
        "three": (findings.timeline,),
        "four": (findings.foundations, findings.slows_recovery),
        "five": (findings.triage,),
        "six": (findings.category, findings.imaging),
        "seven": (findings.irritability, findings.sensitivities, findings.not_to_do),
    }
    return topics[word]


def _rests_on(word: str, telling: _Telling) -> tuple[Reason, ...]:
    if telling.urgent:
        return telling.findings.triage.because
    return tuple(reason for topic in _topics(word, telling.findings) for reason in topic.because)


def _certainty(word: str, paragraphs: tuple[Said, ...], telling: _Telling) -> str:
    kinds = {one.kind for one in paragraphs}
    # How the practice works claims nothing about the world, so it makes an answer neither surer nor less sure.
    grade = "our starting point"
    if "evidence" in kinds:
        grade = "mixed" if "default" in kinds else "published"
    missing = _not_known(word, telling)
    return f"{grade}; not known about you yet: {missing}" if missing else grade


def _not_known(word: str, telling: _Telling) -> str:
    findings = telling.findings
    if telling.urgent:
        open_signs = [name for name in findings.triage.undecided if name in telling.knowledge.gate_questions]
        return f"{len(open_signs)} safety questions" if open_signs else ""
    names = dict.fromkeys(name for topic in _topics(word, findings) for name in topic.undecided)
    shown = int(telling.knowledge.number("seven_answers.points_shown"))
    return named_questions(tuple(names), shown, telling.knowledge)
