"""Read the answers that clearance asks for, and those to a questionnaire, from a small YAML or JSON file.

The same validator reads them as reads a story, so that what is refused there is refused here. An answer that is not
given is unknown; nothing here turns silence into a no.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from liftback.exchange.documents import DocumentError, read_document, shown
from liftback.exchange.exposure_cells import LONGEST_NAME, clean_name
from liftback.facts.answers import AnswerError, read_answer
from liftback.facts.dates import DATE_FORMS, FIRST_DAY, read_date
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.knowledge.entries import Choice, Question
from liftback.knowledge.plan_entries import Form, FormItem
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.clearance import ASKED_OF_EACH, lift_answer
from liftback.plans.forms import Score, score

STAGE = "clearance"
"""The stage of the questions that are answered here; no other answer is taken, a warning sign's least of all."""
LARGEST_FILE = 200_000
"""Bytes. A page of answers takes a few thousand; it keeps a wrong file from being read to its end."""
_LONGEST_COMPARED = 60
_NAMES_SHOWN = 12
_NOT_GIVEN = Unknown(why="not answered")
_OF_A_LIFT = "lift_"
_LIFT_LINE = "Deadlift: {confidence: 8, function: 9}"


class CriteriaError(ValueError):
    """A file of answers that cannot be used: one sentence with what is wrong, where, and what to do."""


class FormError(ValueError):
    """A questionnaire, or an answer to one, that is not known: one sentence with what to do."""


# --- the criteria ------------------------------------------------------------------------------------------------


def read_criteria(content: bytes, plans: PlanKnowledge, *, today: date) -> Facts:
    """The answers to the criteria of clearance, as facts dated on the day they were given.

    The file holds `date` (today if left out), the questions asked before clearance by their names, `lifts` with
    `confidence` and `function` of each, and `forms` with the answers to questionnaires. A questionnaire is a line for
    each item, `rmdq_1: no`, and never a list of the items that are ticked: a sentence that was skipped would then look
    like a no. What is not given stays unknown. A fact of a lift is named by `lift_answer`, an answer to a
    questionnaire by its item, and its score by the question that asks for it, where there is one. Raises
    CriteriaError.
    """
    raw = _mapping(content, "The criteria file", CriteriaError, "write lines such as `bends_fully: yes` into it.")
    return criteria_of(raw, plans, today=today)


def criteria_of(raw: Mapping[str, Any], plans: PlanKnowledge, *, today: date) -> Facts:
    """The answers from values by name, as `read_criteria` reads them from a file. Raises CriteriaError."""
    asked = {one.id: one for one in plans.known.questions.values() if one.stage == STAGE}
    of_a_lift = {name.removeprefix(_OF_A_LIFT): asked.pop(name) for name in ASKED_OF_EACH.values()}
    _check_names(raw, asked, of_a_lift)
    when = _day(raw.get("date"), today)
    found = {name: _answer(asked[name], value, when, "") for name, value in raw.items() if name in asked}
    found.update(_lifts(raw.get("lifts"), of_a_lift, when))
    for name, fact in _forms(raw.get("forms"), plans, when):
        if isinstance(found.get(name), Known) and name in raw:
            raise CriteriaError(f"{name} is given, and the questionnaire it comes from as well; keep one of them.")
        found[name] = fact
    return Facts(found)


def named_as_in_plan(told: Facts, lifts: Iterable[str]) -> Facts:
    """The answers with each lift named as the plan names it. Raises CriteriaError for a lift that is not in it."""
    names = {_key(lift): lift for lift in lifts}
    found: dict[str, Fact] = {}
    for name in told:
        question, of_a_lift, lift = name.partition(":")
        if of_a_lift and _key(lift) not in names:
            near = difflib.get_close_matches(_key(lift)[:_LONGEST_COMPARED], list(names), n=1)
            mean = f"; did you mean {names[near[0]]}?" if near else "."
            raise CriteriaError(f"In `lifts`: {shown(lift)} is not in your plan{mean} It has {_some(names.values())}.")
        found[lift_answer(question, names[_key(lift)]) if of_a_lift else name] = told[name]
    return Facts(found)


def _check_names(raw: Mapping[str, Any], asked: Mapping[str, Question], of_a_lift: Mapping[str, Question]) -> None:
    known = ("date", *asked, "lifts", "forms")
    for name in raw:
        if name.removeprefix(_OF_A_LIFT) in of_a_lift:
            raise CriteriaError(f"{name} is asked of each lift; write it below `lifts`, such as {_LIFT_LINE}.")
        if name not in known:
            raise CriteriaError(
                f"The criteria file has a line {shown(name)}, which we do not know{_close(name, known)} "
                f"It takes {', '.join(known)}."
            )


def _day(raw: object, today: date) -> date:
    day = raw
    if raw is None:
        day = today
    elif isinstance(raw, datetime):
        day = raw.date()
    elif isinstance(raw, str):
        day = read_date(raw, today)
    if not isinstance(day, date):
        raise CriteriaError(f"`date`: {shown(raw)} is no day we can read; give {DATE_FORMS}.")
    if day > today:
        raise CriteriaError(f"`date`: {day} lies after {today}; give the day on which you answered.")
    if day < FIRST_DAY:
        raise CriteriaError(f"`date`: {day} is before {FIRST_DAY.year}; check the year.")
    return day


def _answer(question: Question, value: object, when: date, where: str) -> Fact:
    try:
        return read_answer(question, value, today=when)
    except AnswerError as error:
        raise CriteriaError(f"{where}{error}") from None


def _lifts(raw: object, of_a_lift: Mapping[str, Question], when: date) -> Iterator[tuple[str, Fact]]:
    seen: set[str] = set()
    for written, answers in _lines(raw, "`lifts`", _LIFT_LINE).items():
        lift = clean_name(written)
        if not lift or len(lift) > LONGEST_NAME:
            raise CriteriaError(f"In `lifts`: {shown(written)} is no name of a lift; write it as your plan does.")
        if _key(lift) in seen:
            raise CriteriaError(f"In `lifts`: {shown(lift)} is there twice; keep one.")
        seen.add(_key(lift))
        for name, value in _lines(answers, f"In `lifts`, {shown(lift)}", "confidence: 8").items():
            question = of_a_lift.get(name)
            if question is None:
                raise CriteriaError(
                    f"In `lifts`: {shown(lift)} has {shown(name)}, which we do not know{_close(name, of_a_lift)} "
                    f"A lift takes {' and '.join(of_a_lift)}."
                )
            yield lift_answer(question.id, lift), _answer(question, value, when, f"In `lifts`, {shown(lift)}: ")


def _forms(raw: object, plans: PlanKnowledge, when: date) -> Iterator[tuple[str, Fact]]:
    seen: set[str] = set()
    for name, given in _lines(raw, "`forms`", "rmdq: {rmdq_1: no, rmdq_2: yes}").items():
        try:
            form = form_of(name, plans)
            told = form_answers(given, form)
        except FormError as error:
            raise CriteriaError(f"In `forms`: {error}") from None
        if form.id in seen:
            raise CriteriaError(f"In `forms`: {form.id} is there twice; keep one.")
        seen.add(form.id)
        for item in form.items:
            yield item.id, Known(value=told[item.id], when=when) if item.id in told else _NOT_GIVEN
        asks_for = plans.known.questions.get(f"{form.id}_score")
        if asks_for is not None and asks_for.stage == STAGE:
            yield asks_for.id, _score_fact(score(form, told), when)


def _score_fact(found: Score, when: date) -> Fact:
    if found.value is None:
        return Unknown(why=f"{len(found.missing)} of its questions are not answered")
    return Known(value=found.value, when=when)


def _lines(raw: object, part: str, example: str) -> Mapping[str, Any]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise CriteriaError(f"{part} must hold lines like `{example}`; found {shown(raw)}.")
    return _by_name(raw, CriteriaError)


# --- questionnaires ----------------------------------------------------------------------------------------------


def form_of(name: str, plans: PlanKnowledge) -> Form:
    """A questionnaire by its id, however its letters are written. Raises FormError with the nearest name."""
    form = plans.forms.get(name.strip().casefold())
    if form is None:
        raise FormError(
            f"There is no questionnaire {shown(name)}{_close(name.casefold(), plans.forms)} "
            f"There are {', '.join(plans.forms)}."
        )
    return form


def form_of_item(name: str, plans: PlanKnowledge) -> Form | None:
    """The questionnaire that an item is of; None for a name of none."""
    return next((form for form in plans.forms.values() if any(item.id == name for item in form.items)), None)


def read_form(content: bytes, form: Form) -> dict[str, float | str]:
    """The answers to a questionnaire, from a file with a line `item: answer` for each. Raises FormError."""
    what = f"The file of answers to {form.name}"
    return form_answers(_mapping(content, what, FormError, f"`liftback form {form.id} --blank` prints one."), form)


def form_answers(raw: object, form: Form) -> dict[str, float | str]:
    """The answers by item: the label of a choice, or a number. Raises FormError.

    A choice may also be given by its points. What is empty or not sure is left out, and so missing from the score.
    """
    if raw is None:
        return {}
    items = {item.id: item for item in form.items}
    if not isinstance(raw, Mapping):
        raise FormError(
            f"{form.id} takes a line for each item, such as `{form.items[0].id}: {_example(form.items[0])}`, because "
            f"what is not written is not known, and never a no; found {shown(raw)}."
        )
    found: dict[str, float | str] = {}
    for name, value in _by_name(raw, FormError).items():
        if name not in items:
            raise FormError(f"{form.id} has no item {shown(name)}{_close(name, items)} Its items are {_some(items)}.")
        try:
            # No item asks for a day, so it does not matter from which day it is read.
            fact = read_answer(_question(items[name]), _label(items[name], value), today=FIRST_DAY)
        except AnswerError as error:
            raise FormError(str(error)) from None
        if isinstance(fact, Known) and isinstance(fact.value, str | float):
            found[name] = fact.value
    return found


def scores_told(told: Facts, plans: PlanKnowledge) -> tuple[Score, ...]:
    """The score of every questionnaire that was filled in, in whole or in part."""
    found = []
    for form in plans.forms.values():
        items = [item.id for item in form.items if item.id in told.entries]
        values = {name: told.value(name) for name in items}
        if items:
            found.append(score(form, {name: one for name, one in values.items() if isinstance(one, str | float)}))
    return tuple(found)


def _question(item: FormItem) -> Question:
    """An item as a question, so that its answer is read as every answer is."""
    return Question(
        id=item.id, topic="questionnaires", stage=STAGE, kind="one" if item.choices else "number", text=item.text,
        choices=tuple(Choice(id=label, label=label) for label, _ in item.choices), minimum=item.minimum,
        maximum=item.maximum,
    )  # fmt: skip


def _label(item: FormItem, value: object) -> object:
    """The label of a choice that is given by its points; anything else as it is."""
    if isinstance(value, bool):
        return value
    return next((label for label, points in item.choices if value in (points, f"{points:g}")), value)


def _example(item: FormItem) -> str:
    return item.choices[0][0] if item.choices else f"{item.maximum:g}"


# --- both --------------------------------------------------------------------------------------------------------


def _mapping(content: bytes, what: str, error: type[ValueError], do: str) -> Mapping[str, Any]:
    if not content.strip():
        raise error(f"{what} is empty; {do}")
    if len(content) > LARGEST_FILE:
        raise error(f"{what} has {len(content):,} bytes, and a page of answers has far fewer; is it another file?")
    try:
        document = read_document(content, what)
    except DocumentError as refused:
        raise error(str(refused)) from None
    if not isinstance(document, dict):
        raise error(f"{what} must hold lines like `name: answer`; found {shown(document)}.")
    return _by_name(document, error)


def _by_name(raw: Mapping[Any, Any], error: type[ValueError]) -> dict[str, Any]:
    # YAML takes a bare yes or a number for a key that is no text; two such keys may read the same.
    found: dict[str, Any] = {}
    for key, value in raw.items():
        name = str(key)
        if name in found:
            raise error(f"{shown(name)} is written twice; keep one.")
        found[name] = value
    return found


def _key(lift: str) -> str:
    return clean_name(lift).casefold()


def _some(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - _NAMES_SHOWN} more" if len(every) > _NAMES_SHOWN else ""
    return ", ".join(every[:_NAMES_SHOWN]) + more


def _close(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name[:_LONGEST_COMPARED], list(known), n=1)
    return f"; did you mean {near[0]}?" if near else "."
