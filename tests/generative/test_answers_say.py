"""What must never happen in an answer, whoever asks."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from liftback.facts.values import Facts, Known
from liftback.knowledge.entries import Level
from liftback.reasoning.assessment import Findings
from liftback.reasoning.findings import Reason
from liftback.reasoning.seven_answers import Answer
from liftback.reasoning.time_words import share_words, span_words
from liftback.reasoning.triage import triage
from tests.answering import KNOWLEDGE, WARNING_SIGNS, answers_of, assessed
from tests.generative.stories import lifters

FEW = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

# What no lifter may read. Words of fear, names of parts as fact, promises, and verdicts that nobody signed.
FORBIDDEN = [
    r"you(?:'re| are) fine", r"nothing to worry", r"\bguarante", r"\bpromise that\b",
    r"you will be (?:well|better|back)",
    r"\btorn\b", r"\btear in (?:your|the|a) (?:back|muscle|disc)",
    r"\bslipped\b", r"\bworn\b", r"\bcrumbl", r"\bruptured?\b", r"\bdamaged?\b",
    r"\bbroken\b", r"\bdegenerat", r"bone on bone", r"out of place", r"\bwreck", r"\bcrippl",
    r"your (?:disc|discs|muscle|muscles|joint|joints|facet|nerve|ligament) (?:is|are|has|have)\b",
    r"you (?:have|have got|'ve got) (?:a|an|the) (?:disc|hernia|strain|sprain|bulge|pinched|trapped)",
    r"\bdiagnosis is\b", r"\bcleared by\b", r"\bcures?\b", r"\bheals? faster\b", r"no pain,? no gain",
    r"\bpush through it\b",
    r"\b(?:by|until|before) (?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September)\b",
    r"\b(?:by|until|before) (?:\d{1,2} )?(?:October|November|December)\b", r"\b(?:by|until|on) \d{4}-\d{2}-\d{2}\b",
    r"\{[a-z_.]+\}",
]  # fmt: skip


@st.composite
def people(draw: st.DrawFn) -> Facts:
    """Lifters of every level: with random warning signs nearly everybody would be urgent, so most have one at most."""
    facts = draw(lifters())
    if draw(st.booleans()) and draw(st.booleans()):
        return facts
    kept = draw(st.sampled_from([None, None, *WARNING_SIGNS]))
    return facts.adding({sign: Known(value="no") for sign in WARNING_SIGNS if sign != kept})


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers(text: str) -> set[str]:
    """Every number typed in a text, without thousands separators."""
    return {found.replace(",", "") for found in NUMBER.findall(text)}


def grounds(reasons: tuple[Reason, ...]) -> set[str]:
    """Every number that reasons give."""
    return {number for reason in reasons for number in numbers(f"{reason.value} {reason.text}")}


def test_people_are_of_every_level() -> None:
    seen = set()

    @settings(FEW, phases=[Phase.generate], max_examples=150)
    @given(people())
    def look(facts: Facts) -> None:
        seen.add(triage(facts, KNOWLEDGE).level)

    look()
    assert seen == set(Level)


def everything(answers: tuple[Answer, ...]) -> str:
    return "\n".join(answer.text for answer in answers)


@FEW
@given(people())
def test_seven_answers_always_and_never_an_empty_one(facts: Facts) -> None:
    answers = answers_of(facts)
    assert [answer.number for answer in answers] == [1, 2, 3, 4, 5, 6, 7]
    for answer in answers:
        assert answer.question.endswith("?")
        assert answer.headline
        assert answer.text.startswith(answer.headline)
        assert len(answer.paragraphs) >= 2
        assert all(paragraph.text.strip() for paragraph in answer.paragraphs)
        assert answer.because
        assert answer.certainty.split(";")[0] in ("published", "mixed", "our starting point")
        assert set(answer.sources) <= set(KNOWLEDGE.references)


@FEW
@given(people())
def test_no_forbidden_phrase(facts: Facts) -> None:
    text = everything(answers_of(facts))
    assert [phrase for phrase in FORBIDDEN if re.search(phrase, text, re.IGNORECASE)] == []


def test_the_forbidden_list_catches_what_it_is_for() -> None:
    bad = [
        "You are fine.", "Your disc is bulging.", "You have a strain.", "A torn muscle.", "A slipped disc.",
        "You will be back by 3 March.", "Healed on 2026-12-01.", "We guarantee it.", "{since}",
    ]  # fmt: skip
    assert [text for text in bad if not any(re.search(phrase, text, re.IGNORECASE) for phrase in FORBIDDEN)] == []


def test_no_statement_of_this_topic_holds_a_forbidden_phrase() -> None:
    # Random stories reach only some statements; this reads every one.
    texts = [s.text for s in KNOWLEDGE.statements.values() if s.topic == "seven_answers"]
    phrases = [phrase for phrase in FORBIDDEN if not phrase.startswith(r"\{")]
    assert [(p, t) for t in texts for p in phrases if re.search(p, t, re.IGNORECASE)] == []


def forecast(findings: Findings) -> set[str]:
    """Every number that the ranges of the time course can be said with."""
    words = [
        f"{span_words(*outcome.half)} {span_words(*outcome.most)} {share_words(outcome.not_within_year)}"
        for outcome in findings.timeline.outcomes
    ]
    return numbers(" ".join(words))


@FEW
@given(people())
def test_every_number_has_a_parameter_or_a_fact_behind_it(facts: Facts) -> None:
    findings, answers = assessed(facts)
    ranges = forecast(findings)
    for answer in answers:
        for paragraph in answer.paragraphs:
            grounded = grounds(paragraph.because) | grounds(answer.because)
            grounded |= ranges if paragraph.id.startswith("timeline.") else set()
            assert numbers(paragraph.text) - grounded == set(), paragraph.text


@FEW
@given(people())
def test_no_unverified_number_is_shown(facts: Facts) -> None:
    for answer in answers_of(facts):
        assert [r.id for p in answer.paragraphs for r in p.because if r.certainty == "unverified"] == []


@FEW
@given(people())
def test_the_third_answer_gives_ranges_never_one_day(facts: Facts) -> None:
    findings, answers = assessed(facts)
    third = answers[2]
    assert not re.search(r"\b(?:will|should|going to) (?:take|need|last) (?:about )?\d", third.text)
    assert not re.search(r"\bby (?:day|week|month) \d", third.text)
    if findings.triage.level < Level.same_day:
        assert "range" in third.text
        assert " to " in third.text


@FEW
@given(people())
def test_urgent_answers_send_to_the_check_and_nowhere_else(facts: Facts) -> None:
    findings, answers = assessed(facts)
    if findings.triage.level < Level.same_day:
        return
    for answer in answers:
        if answer.number != 5:
            assert "answer five" in answer.text.lower()
            assert numbers(answer.text) == set()


@FEW
@given(people(), st.data())
def test_a_warning_sign_left_open_never_leaves_exercises_standing(facts: Facts, data: st.DataObject) -> None:
    sign = data.draw(st.sampled_from(WARNING_SIGNS))
    findings, answers = assessed(facts.without(sign))
    seventh = {paragraph.id for paragraph in answers[6].paragraphs}
    exercises = {
        s.id for g in ("seven_move", "seven_keep", "seven_judge") for s in KNOWLEDGE.group(f"seven_answers.{g}")
    }
    if findings.triage.level >= Level.within_days:
        assert seventh & exercises == set()
    highest = max(choice.level or Level.self_manage for choice in KNOWLEDGE.questions[sign].choices)
    if highest >= Level.same_day:
        assert findings.triage.level >= Level.within_days
