"""What a figure must be before a lifter reads it: cited, dated, and said as what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from liftback.knowledge.checks import OWN_KINDS, PLACEHOLDER, check_knowledge
from liftback.knowledge.conditions import KnowledgeError
from liftback.knowledge.entries import Cluster, Gate, LevelAdvice, Parameter, Statement
from liftback.knowledge.loader import load_knowledge

KNOWLEDGE = load_knowledge()
# What the sentence around a figure of this unit has to say, so that nobody reads odds as chances.
SAID_AS = {"odds_ratio": "odds", "kappa": "kappa"}
# Papers that themselves say "associated with": their sentences may not say that one thing made the other.
CAUSAL = re.compile(r"\b(made|led to|leads to|thanks to|brought about)\b")
OBSERVED = {"cohort", "survey", "case_crossover_study", "insurance_claims_study", "case_control"}
# Digits that a question may show: the ends of a scale, and these.
DIGITS_IN_QUESTIONS = {
    "fever": ("38", "100.4"),  # what is meant by fever, in both scales; shivers and sweats count as much
    "pain_worst": ("24",),  # the last day
    "onset": ("3", "2"),  # how a date may be written
}
SCALE_ENDS = ("0", "10")
# Pages that the check of our evidence called weak, and mirrors: a lifter is never sent there.
NEVER_SENT_TO = re.compile(
    r"physio-pedia|brainscape|droracle|medicowesome|ohmyback|hatenablog|chirogeek|scribd|slideplayer|studylib|docplayer"
)
# A locator that only the people who wrote it could follow.
PRIVATE = re.compile(r"\bR[0-9]+\b|\bflags? [0-9]|(prognosis|rehab) evidence|\[[SMD][0-9]*\]")


def shown_by(statement: Statement) -> list[Parameter]:
    """The parameters that a statement shows."""
    texts = (statement.text, *(text for _, text in statement.data))
    return [KNOWLEDGE.parameters[name] for text in texts for name in PLACEHOLDER.findall(text)]


def with_value(parameter: Parameter, **change: Any) -> dict[str, Parameter]:
    value = replace(parameter.current, **change)
    return {**KNOWLEDGE.parameters, parameter.id: replace(parameter, values=(value,))}


def test_a_published_figure_is_somebody_elses() -> None:
    ours = KNOWLEDGE.parameters["triage.adult_age"]
    claimed = replace(KNOWLEDGE, parameters=with_value(ours, certainty="published"))
    with pytest.raises(KnowledgeError, match=r"adult_age.*published"):
        check_knowledge(claimed)


def test_our_own_starting_point_hides_behind_nobody() -> None:
    theirs = KNOWLEDGE.parameters["timeline.work_median"]
    with pytest.raises(KnowledgeError, match=r"work_median.*design_default"):
        check_knowledge(replace(KNOWLEDGE, parameters=with_value(theirs, certainty="design_default")))


def test_a_figure_says_where_in_its_source_it_stands() -> None:
    figure = KNOWLEDGE.parameters["timeline.work_median"]
    with pytest.raises(KnowledgeError, match=r"work_median.*place"):
        check_knowledge(replace(KNOWLEDGE, parameters=with_value(figure, locator="  ")))


def test_evidence_that_cites_only_ourselves_does_not_load() -> None:
    statement = KNOWLEDGE.statements["presentation.achy_work"]
    claimed = {**KNOWLEDGE.statements, statement.id: replace(statement, kind="evidence")}
    with pytest.raises(KnowledgeError, match=r"achy_work.*nobody but us"):
        check_knowledge(replace(KNOWLEDGE, statements=claimed))


def test_every_gate_and_cluster_rests_on_more_than_us() -> None:
    entries: tuple[Gate | Cluster, ...] = (*KNOWLEDGE.gates.values(), *KNOWLEDGE.clusters.values())
    for entry in entries:
        assert any(KNOWLEDGE.references[source].kind not in OWN_KINDS for source in entry.sources), entry.id


@pytest.mark.parametrize("unit", SAID_AS)
def test_ratios_are_said_as_ratios(unit: str) -> None:
    shown = [s for s in KNOWLEDGE.statements.values() if any(p.unit == unit for p in shown_by(s))]
    assert shown
    assert [s.id for s in shown if SAID_AS[unit] not in s.text] == []


def test_what_was_only_observed_is_not_said_to_cause() -> None:
    observed = [
        s
        for s in KNOWLEDGE.statements.values()
        if any(KNOWLEDGE.references[p.current.source].kind in OBSERVED for p in shown_by(s))
    ]
    assert observed
    assert [s.id for s in observed if CAUSAL.search(s.text)] == []
    assert CAUSAL.search("Certain things made that moment more likely")


@pytest.mark.parametrize(
    ("shown", "hazard"),
    [
        ("slows_recovery.claim_slower", "timeline.rate_compensation"),
        ("slows_recovery.expectation_slower", "timeline.rate_expectation"),
        ("slows_recovery.low_mood_slower", "timeline.rate_low_mood"),
    ],
)
def test_a_rate_is_the_same_wherever_it_stands(shown: str, hazard: str) -> None:
    assert KNOWLEDGE.number(shown) == pytest.approx(100 * (1 - KNOWLEDGE.number(hazard)))
    text = next(s.text for s in KNOWLEDGE.statements.values() if KNOWLEDGE.parameters[shown] in shown_by(s))
    assert "rate" in text


def test_the_same_six_weeks_and_the_same_trial() -> None:
    assert KNOWLEDGE.number("imaging.first_weeks") == 7 * KNOWLEDGE.number("imaging.wait_weeks")
    assert KNOWLEDGE.number("timeline.pace_median") == KNOWLEDGE.number("seven_answers.paracetamol_days")


def lifter_questions() -> Iterator[tuple[str, str]]:
    for question in KNOWLEDGE.questions.values():
        for text in (question.text, question.help, question.short, question.why):
            yield question.id, text
        for choice in question.choices:
            yield question.id, choice.label
            yield question.id, choice.why


def test_a_question_shows_no_number_but_its_scale() -> None:
    found = {(name, number) for name, text in lifter_questions() for number in re.findall(r"[0-9]+(?:\.[0-9]+)?", text)}
    meant = {(name, number) for name, numbers in DIGITS_IN_QUESTIONS.items() for number in numbers}
    assert {pair for pair in found if pair[1] not in SCALE_ENDS} == meant


def test_no_gate_and_no_level_types_a_digit() -> None:
    entries: tuple[Gate | LevelAdvice, ...] = (*KNOWLEDGE.gates.values(), *KNOWLEDGE.levels.values())
    texts = [
        (entry.name, text) for entry in entries for text in (*entry.do, *entry.say, *entry.do_not, *entry.watch_for)
    ]
    assert [pair for pair in texts if re.search(r"[0-9]", pair[1])] == []


def test_a_lifter_is_sent_only_to_pages_worth_reading() -> None:
    assert [source.id for source in KNOWLEDGE.references.values() if NEVER_SENT_TO.search(source.url)] == []


def test_the_year_in_a_name_is_the_year_of_the_paper() -> None:
    for source in KNOWLEDGE.references.values():
        for year in re.findall(r"(?:19|20)[0-9]{2}", source.id):
            assert source.id.startswith("gbd_2017") or int(year) == source.year, source.id


def test_two_papers_do_not_share_a_page() -> None:
    pages = [source.url for source in KNOWLEDGE.references.values() if source.url]
    assert sorted({page for page in pages if pages.count(page) > 1}) == []
    titles = [source.title for source in KNOWLEDGE.references.values()]
    assert len(set(titles)) == len(titles)


def test_every_locator_can_be_followed_by_a_stranger() -> None:
    located = {p.id: value.locator for p in KNOWLEDGE.parameters.values() for value in p.values}
    assert {name: locator for name, locator in located.items() if PRIVATE.search(locator)} == {}


def test_every_figure_comes_up_for_review_within_two_years() -> None:
    for parameter in KNOWLEDGE.parameters.values():
        seen: date = parameter.current.reviewed_on
        assert (parameter.current.review_by - seen).days <= 731, parameter.id
