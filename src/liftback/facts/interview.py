"""The interview: which question comes next, and what an answer makes of it. Pure; the questionnaire is data.

It asks only what can still change something: who you are, your own words, the warning signs (gates) as
checklists, then the story, then what a plan needs, and last the training itself. An emergency ends it at once,
because nothing lowers it. A gate
that could not raise the level any further is left out, unless a cluster rule still needs it. A question whose
`asked_if` is false is left out; while that is unknown, it is asked. Other story and plan questions are always
asked: rules in code read them too, so the knowledge files alone cannot show that one has become idle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from liftback.facts.answers import NO, SKIPPED, AnswerError
from liftback.facts.evaluation import evaluate, holds, unknown_leaves
from liftback.facts.own_words import Note, shown, signals_of
from liftback.facts.story import LONGEST_WORDS, Story, facts_of
from liftback.facts.told import read_told
from liftback.facts.typed import picked_lines, read_typed
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.knowledge.entries import Level, Question
from liftback.knowledge.loader import Knowledge

SKIPPED_AGAIN = Unknown(why="skipped twice")
# The order in which a story is told: how it began, how it is, what it does, who you are.
_TOPICS = (
    "presentation", "irritability", "category", "response_pattern", "sensitivities", "not_to_do", "foundations",
    "slows_recovery", "programme",
)  # fmt: skip
# The stage after which the answers are ready that a question of a stage is asked for.
_READY_AFTER = {"about": "gates", "gates": "gates", "story": "story", "plan": "plan", "programme": "programme"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A checklist of gates: lines that are left out count as no, picked ones are asked one by one."""

    screen: str
    title: str
    questions: tuple[Question, ...]
    kind: str = "screen"
    stage: str = "gates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One question. `because` says why it is asked now, where that is not plain.

    `quote` is what the lifter wrote that the question is asked for, as written.
    """

    question: Question
    because: str = ""
    quote: str = ""
    kind: str = "single"

    @property
    def stage(self) -> str:
        """The stage of its question."""
        return self.question.stage


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """The lifter's own words, asked once."""

    title: str = "In your own words: what happened?"
    kind: str = "words"
    stage: str = "about"


Step = Screen | Single | OwnWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """An interview so far.

    `answers` holds facts by question id in the order of asking, `words` the lifter's own words (None while they
    have not been asked for), `picked` the gates to ask one by one next. `words_asked` are the gates that were asked
    with the lifter's words shown. `before` is the interview one step ago.
    """

    answers: Mapping[str, Fact] = field(default_factory=dict)
    words: str | None = None
    picked: tuple[str, ...] = ()
    words_asked: tuple[str, ...] = ()
    before: Interview | None = None

    @property
    def done(self) -> int:
        """How many steps lie behind."""
        count, one = 0, self.before
        while one is not None:
            count, one = count + 1, one.before
        return count

    def story(self) -> Story:
        """The story told so far."""
        return Story(answers=self.answers, words=self.words or "", words_asked=self.words_asked)

    def stepped(
        self, more: Mapping[str, Fact], *, picked: tuple[str, ...] = (), words: str | None = None, quoted: bool = False
    ) -> Interview:
        """The interview one step on, with more answers; `picked` gates are asked next.

        `quoted`: the lifter's words were shown when this was asked.
        """
        return Interview(
            answers={**self.answers, **more},
            words=self.words if words is None else words,
            picked=(*picked, *(gate for gate in self.picked if gate not in more)),
            words_asked=tuple(dict.fromkeys((*self.words_asked, *more))) if quoted else self.words_asked,
            before=self,
        )


def undo(interview: Interview) -> Interview:
    """The interview one step ago; the same one where there is no step to take back."""
    return interview.before or interview


def next_step(interview: Interview, knowledge: Knowledge, *, today: date, gates_first: bool = False) -> Step | None:
    """What to ask next; None at the end, and at once when an emergency has fired.

    `gates_first`: the warning signs come before age and own words, for somebody who asks whether it is serious.
    """
    return next(iter(open_steps(interview, knowledge, today=today, gates_first=gates_first)), None)


def progress(interview: Interview, knowledge: Knowledge, *, today: date) -> tuple[int, int]:
    """Steps done, and steps to come until the next answers are ready: triage, then all seven, then the plan's own.

    As it looks now: picking a line of a checklist adds a step.
    """
    ahead = [_READY_AFTER[step.stage] for step in open_steps(interview, knowledge, today=today)]
    return interview.done, ahead.count(ahead[0]) if ahead else 0


def open_steps(interview: Interview, knowledge: Knowledge, *, today: date, gates_first: bool = False) -> Iterator[Step]:
    """Every step still to come, as it looks now."""
    story = interview.story()
    answered = facts_of(replace(story, words=""), knowledge, today=today)
    if fired_level(answered, knowledge) is Level.emergency:
        return
    facts = facts_of(story, knowledge, today=today)
    fired = fired_level(facts, knowledge)
    if gates_first:
        # What was written is shown back before the lists here too; nothing is left out, only asked in another order.
        yield from _as_written(interview, knowledge)
        if fired is Level.emergency:
            return
        yield from _picked(interview, knowledge)
        yield from _screens(interview, facts, fired, knowledge)
    yield from _singles("about", interview, facts, knowledge, today)
    if interview.words is None:
        yield OwnWords()
    # What was read from words is shown back before it may end the interview.
    yield from _as_written(interview, knowledge)
    if fired is Level.emergency:
        return
    yield from _picked(interview, knowledge)
    yield from _screens(interview, facts, fired, knowledge)
    yield from _asked_again(interview, facts, fired, knowledge)
    yield from _singles("story", interview, facts, knowledge, today)
    yield from _singles("plan", interview, facts, knowledge, today)
    yield from _singles("programme", interview, facts, knowledge, today)


def fired_level(facts: Facts, knowledge: Knowledge) -> Level:
    """The highest level that an answered gate or a cluster rule that holds calls for."""
    levels = [Level.self_manage]
    for gate in knowledge.gate_questions:
        chosen = facts.chosen(gate)
        levels += [one.level for one in knowledge.questions[gate].choices if one.id in chosen and one.level is not None]
    for cluster in knowledge.clusters.values():
        levels += [rule.level for rule in cluster.rules if holds(rule.when, facts)]
    return max(levels)


def _singles(stage: str, interview: Interview, facts: Facts, knowledge: Knowledge, today: date) -> Iterator[Single]:
    told = {one.question: shown(one.quote) for one in read_told(interview.words or "", knowledge, today)}
    asked = [one for one in knowledge.questions.values() if one.stage == stage and one.id not in interview.answers]
    for question in sorted(asked, key=lambda one: _TOPICS.index(one.topic) if one.topic in _TOPICS else len(_TOPICS)):
        if holds(question.asked_if, facts) is not False:
            quote = told.get(question.id, "")
            yield Single(question=question, because=f'you wrote: "{quote}"' if quote else "", quote=quote)


def _as_written(interview: Interview, knowledge: Knowledge) -> Iterator[Single]:
    """The gates that the lifter's words tell, until they were asked with those words shown."""
    quotes: dict[str, str] = {}
    for signal, _ in signals_of((Note(text=interview.words or ""),), knowledge):
        quotes.setdefault(signal.gate, shown(signal.quote))
    for gate in knowledge.gate_questions:
        if gate in quotes and gate not in interview.words_asked:
            because = f'you wrote: "{quotes[gate]}"; is that right?'
            yield Single(question=knowledge.questions[gate], because=because, quote=quotes[gate])


def _picked(interview: Interview, knowledge: Knowledge) -> Iterator[Single]:
    for gate in interview.picked:
        yield Single(question=knowledge.questions[gate])


def _screens(interview: Interview, facts: Facts, fired: Level, knowledge: Knowledge) -> Iterator[Step]:
    needed = _needed_by_clusters(facts, fired, knowledge)
    waiting = [
        knowledge.questions[gate]
        for gate in knowledge.gate_questions
        if gate not in interview.answers and gate not in interview.picked and _can_raise(gate, fired, needed, knowledge)
    ]
    for screen, group in groupby(waiting, key=lambda question: question.screen or question.id):
        questions = tuple(one for one in group if holds(one.asked_if, facts) is not False)
        if len(questions) > 1:
            yield Screen(screen=screen, title="Any of these?", questions=questions)
        elif questions:
            yield Single(question=questions[0])


def _asked_again(interview: Interview, facts: Facts, fired: Level, knowledge: Knowledge) -> Iterator[Single]:
    needed = _needed_by_clusters(facts, fired, knowledge)
    for gate in knowledge.gate_questions:
        skipped = interview.answers.get(gate) == SKIPPED and gate not in interview.picked
        if skipped and _can_raise(gate, fired, needed, knowledge):
            yield Single(question=knowledge.questions[gate], because="you skipped it, and it could matter")


def _can_raise(gate: str, fired: Level, needed: frozenset[str], knowledge: Knowledge) -> bool:
    levels = (choice.level for choice in knowledge.questions[gate].choices if choice.level is not None)
    return max(levels, default=Level.self_manage) > fired or gate in needed


def _needed_by_clusters(facts: Facts, fired: Level, knowledge: Knowledge) -> frozenset[str]:
    rules = (rule for cluster in knowledge.clusters.values() for rule in cluster.rules if rule.level > fired)
    return frozenset(leaf.fact for rule in rules for leaf in unknown_leaves(evaluate(rule.when, facts)))


def answer(interview: Interview, step: Step, raw: str, *, today: date) -> Interview:
    """The interview after a typed answer to a step. "skip" leaves it open.

    Raises AnswerError with one sentence for a person when the answer cannot be read.
    """
    if isinstance(step, OwnWords):
        return _told(interview, raw)
    if isinstance(step, Screen):
        return _screened(interview, step, raw, today)
    question, quoted = step.question, bool(step.quote) and step.question.gate is not None
    if raw.strip().casefold() == "skip":
        again = interview.answers.get(question.id) == SKIPPED
        return interview.stepped({question.id: SKIPPED_AGAIN if again else SKIPPED}, quoted=quoted)
    return interview.stepped({question.id: read_typed(question, raw, today)}, quoted=quoted)


def _told(interview: Interview, raw: str) -> Interview:
    words = "" if raw.strip().casefold() == "skip" else raw.strip()
    if len(words) > LONGEST_WORDS:
        raise AnswerError(f"That is more than {LONGEST_WORDS:,} letters; please tell the part that matters most.")
    return interview.stepped({}, words=words)


def _screened(interview: Interview, step: Screen, raw: str, today: date) -> Interview:
    if raw.strip().casefold() == "skip":
        return interview.stepped({question.id: SKIPPED for question in step.questions})
    lines = picked_lines(raw, step.questions)
    no = Known(value=NO, when=today)
    left_out = {one.id: no for one in step.questions if one.id not in lines}
    return interview.stepped(left_out, picked=lines)


def resumed(story: Story, knowledge: Knowledge) -> Interview:
    """An interview taken up from a saved story; its steps can be taken back as before."""
    words = story.words or ("" if set(story.answers) & set(knowledge.gate_questions) else None)
    interview = Interview(words=words, words_asked=story.words_asked)
    known = {name: fact for name, fact in story.answers.items() if name in knowledge.questions}

    def place(name: str) -> str:
        return knowledge.questions[name].screen or name

    for _, names in groupby(known, key=place):
        interview = interview.stepped({name: known[name] for name in names})
    return interview


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """How many prompts a lifter answers until triage, until all seven answers, and in all."""

    to_triage: int
    to_answers: int
    total: int


def count_prompts(story: Story, knowledge: Knowledge, *, today: date) -> Prompts:
    """The prompts of an interview that ends with the answers of a given story; a checklist counts as one.

    What the story does not answer is skipped, as a lifter would.
    """
    interview, counts = Interview(), dict.fromkeys(_READY_AFTER, 0)
    while (step := next_step(interview, knowledge, today=today)) is not None:
        counts[step.stage] += 1
        interview = _given(interview, step, story)
    to_triage = counts["about"] + counts["gates"]
    to_answers = to_triage + counts["story"]
    return Prompts(to_triage=to_triage, to_answers=to_answers, total=to_answers + counts["plan"] + counts["programme"])


def questions_until_first_answer(story: Story, knowledge: Knowledge, *, today: date) -> int:
    """Prompts until triage, what to do now, and "Is it serious?" are ready for a lifter with this story."""
    return count_prompts(story, knowledge, today=today).to_triage


def _given(interview: Interview, step: Step, story: Story) -> Interview:
    if isinstance(step, OwnWords):
        return _told(interview, story.words)
    if isinstance(step, Single):
        name = step.question.id
        again = SKIPPED_AGAIN if interview.answers.get(name) == SKIPPED else SKIPPED
        quoted = bool(step.quote) and step.question.gate is not None
        return interview.stepped({name: story.answers.get(name, again)}, quoted=quoted)
    answers = {one.id: story.answers.get(one.id, SKIPPED) for one in step.questions}
    plain = {name: fact for name, fact in answers.items() if not isinstance(fact, Known) or fact.value == NO}
    return interview.stepped(plain, picked=tuple(name for name in answers if name not in plain))
