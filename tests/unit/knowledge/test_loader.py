"""What does not load: a number without its source, an unverified number as a fact, a loose end between files."""

from __future__ import annotations

from pathlib import Path

import pytest

from liftback.knowledge.conditions import KnowledgeError
from liftback.knowledge.loader import read_knowledge

REFERENCES = """
topic: references
references:
  study_2020: {title: A study, year: 2020, kind: cohort, url: ""}
"""
NUMBER = """
topic: demo
parameters:
  share:
    name: A share
    description: A share of people
    unit: percent
    values:
      2026-01-01: {value: 40, source: study_2020, locator: table, certainty: published,
                   reviewed_on: 2026-01-01, review_by: 2027-01-01}
"""
SENTENCE = """
topic: demo_text
statements:
  said:
    one: {text: "About {demo.share} of people", kind: evidence}
"""


def load(tmp_path: Path, number: str = NUMBER, sentence: str = SENTENCE, more: str = "") -> None:
    (tmp_path / "references.yaml").write_text(REFERENCES)
    (tmp_path / "number.yaml").write_text(number)
    (tmp_path / "sentence.yaml").write_text(sentence)
    if more:
        (tmp_path / "more.yaml").write_text(more)
    read_knowledge(tmp_path)


def test_a_published_number_with_its_source_loads_and_may_be_said(tmp_path: Path) -> None:
    load(tmp_path)


@pytest.mark.parametrize("key", ["source", "locator", "certainty", "reviewed_on", "review_by"])
def test_a_number_without_its_citation_does_not_load(tmp_path: Path, key: str) -> None:
    with pytest.raises(KnowledgeError, match=key):
        load(tmp_path, number=NUMBER.replace(f"{key}:", "note:"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("certainty: published", "certainty: unverified", "unverified"),
        ("certainty: published", "certainty: sure", "certainty"),
        ("source: study_2020", "source: hearsay", "hearsay"),
        ("review_by: 2027", "review_by: 2025", "review"),
    ],
)
def test_a_number_that_may_not_be_said_as_a_fact(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        load(tmp_path, number=NUMBER.replace(old, new))


def test_our_own_default_is_never_said_as_evidence(tmp_path: Path) -> None:
    own = REFERENCES + '  liftback_design: {title: Ours, year: 2026, kind: design, url: ""}\n'
    number = NUMBER.replace("source: study_2020", "source: liftback_design")
    (tmp_path / "own.yaml").write_text(own.replace("study_2020", "another_2020"))
    with pytest.raises(KnowledgeError, match="default"):
        load(tmp_path, number=number.replace("certainty: published", "certainty: design_default"))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            "topic: x\nstatements: {g: {s: {text: a, kind: practice, when: {fact: nobody_asks, is: a}}}}\n",
            "nobody_asks",
        ),
        ("topic: x\nstatements: {g: {s: {text: a, kind: practice, weight: x.none}}}\n", "x.none"),
        ("topic: x\nstatements: {g: {s: {text: a, kind: practice, colour: red}}}\n", "colour"),
        ("topic: demo_text\nstatements: {said: {one: {text: a, kind: practice}}}\n", "twice"),
        ("topic: x\nquestions: {q: {text: a, kind: one, stage: story}}\n", "choices"),
        ("no topic here: 1\n", "topic"),
        ("topic: [\n", "YAML"),
    ],
)
def test_a_loose_end_between_files_does_not_load(tmp_path: Path, more: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        load(tmp_path, more=more)
