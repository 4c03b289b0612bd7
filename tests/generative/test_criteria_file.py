"""What must hold for any file of answers at all."""

from __future__ import annotations

from datetime import date

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.exchange.criteria_file import (
    STAGE,
    CriteriaError,
    FormError,
    form_answers,
    read_criteria,
    read_form,
    scores_told,
)
from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plan_entries import Form
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.forms import Score, score

PLANS = plan_knowledge(load_knowledge())
TODAY = date(2026, 12, 31)
STEADY = settings(derandomize=True, max_examples=150, deadline=None)
ASKED = [one.id for one in PLANS.known.questions.values() if one.stage == STAGE]
ITEMS = [item.id for form in PLANS.forms.values() for item in form.items]
ANSWER = st.one_of(
    st.sampled_from(["yes", "no", "not sure", "Several days", "", "?", "8", "4,5", "nan", "2026-12-20", "yesterday"]),
    st.none(), st.booleans(), st.integers(-2, 12), st.floats(), st.dates(), st.text(max_size=6),
    st.lists(st.integers(0, 3), max_size=2),
)  # fmt: skip
NAME = st.one_of(st.sampled_from(["confidence", "function", "Deadlift", "deadlift "]), st.text(max_size=6))


def lines(names: st.SearchStrategy[str], values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.dictionaries(names, values, max_size=4), ANSWER)


PAGE = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("date", *ASKED), ANSWER),
        "lifts": lines(NAME, lines(NAME, ANSWER)),
        "forms": lines(st.sampled_from([*PLANS.forms, "x"]), lines(st.sampled_from(ITEMS), ANSWER)),
    },
)


def read(content: bytes) -> Facts | str:
    try:
        return read_criteria(content, PLANS, today=TODAY)
    except CriteriaError as error:
        return str(error)


def scored(content: bytes, form: Form) -> Score | str:
    try:
        return score(form, read_form(content, form))
    except FormError as error:
        return str(error)


def is_a_sentence(text: str) -> bool:
    return text.endswith((".", "?")) and text.isprintable()


def check(content: bytes) -> None:
    told = read(content)
    if isinstance(told, str):
        assert is_a_sentence(told)
        return
    for name in told:
        fact = told[name]
        assert name.partition(":")[0] in {*ASKED, *ITEMS}
        assert not isinstance(fact, Known) or (fact.when is not None and fact.when <= TODAY)
    for found in scores_told(told, PLANS):
        assert found.value is None or not found.missing


@STEADY
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_one_sentence(content: bytes) -> None:
    check(content)
    for form in PLANS.forms.values():
        found = scored(content, form)
        assert isinstance(found, Score) or is_a_sentence(found)


@STEADY
@given(PAGE, st.binary(max_size=3), st.integers(0, 400))
def test_any_page_of_answers_even_a_hurt_one(page: dict[str, object], piece: bytes, place: int) -> None:
    content = yaml.safe_dump(page, allow_unicode=True).encode("utf-8", "replace")
    check(content)
    check(content[:place] + piece + content[place:])


@STEADY
@given(st.sampled_from(list(PLANS.forms.values())), st.data())
def test_fewer_answers_never_give_a_score_that_was_not_there(asked: Form, data: st.DataObject) -> None:
    answers = st.sampled_from([*(label for label, _ in asked.items[0].choices), 0, 1, "not sure"])
    every = data.draw(st.fixed_dictionaries({item.id: answers for item in asked.items}))
    fewer = {name: value for name, value in every.items() if data.draw(st.booleans())}
    whole, part = score(asked, form_answers(every, asked)), score(asked, form_answers(fewer, asked))
    assert set(whole.missing) <= set(part.missing)
    assert part.value is None or part.value == whole.value
