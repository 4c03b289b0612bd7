"""One answer at a time: what is read, what is unknown, and what is refused with which sentence."""

from datetime import date, datetime

import pytest

from liftback.facts.answers import AnswerError, read_answer, write_answer
from liftback.facts.dates import read_date
from liftback.facts.values import Known, Unknown
from liftback.knowledge.entries import Choice, Level, Question

TODAY = date(2026, 11, 23)  # a Monday


def ask(kind: str, *choices: str, **more: object) -> Question:
    """A question for tests; a choice may carry a level as `id:level`."""
    made = []
    for one in choices:
        name, _, level = one.partition(":")
        made.append(Choice(id=name, label=f"Label of {name}", level=Level[level] if level else None))
    return Question(id="q", topic="t", text="Text?", kind=kind, stage="story", choices=tuple(made), **more)  # type: ignore[arg-type]


YES_NO = ask("one", "no", "yes", "not_sure")
GATE = ask("one", "no:self_manage", "long_standing:routine", "new_change:emergency", "not_sure", gate="q")
MANY = ask("many", "sitting", "bending", "none", "not_sure")
AGE = ask("number", minimum=10, maximum=110, unit="years")
SCORE = ask("number", minimum=0, maximum=10, unit="pain_score")
ONSET = ask("date")

READ = [
    (YES_NO, "no", "no"),
    (YES_NO, False, "no"),
    (YES_NO, True, "yes"),
    (YES_NO, " Yes ", "yes"),
    (YES_NO, "Label of yes", "yes"),
    (GATE, True, "new_change"),
    (GATE, "yes", "new_change"),
    (GATE, "long standing", "long_standing"),
    (GATE, ["new_change"], "new_change"),
    (MANY, "sitting, bending", ("sitting", "bending")),
    (MANY, ["bending", "sitting", "bending"], ("sitting", "bending")),
    (MANY, "sitting and bending", ("sitting", "bending")),
    (MANY, False, ("none",)),
    (MANY, ["sitting", "not_sure"], ("sitting", "not_sure")),
    (AGE, 34, 34.0),
    (AGE, "34 years old", 34.0),
    (AGE, "34y", 34.0),
    (SCORE, "6,5", 6.5),
    (SCORE, "7/10", 7.0),
    (SCORE, "7 out of 10", 7.0),
    (SCORE, "about 6", 6.0),
    (SCORE, 0, 0.0),
    (ONSET, "2026-11-15", date(2026, 11, 15)),
    (ONSET, date(2026, 11, 15), date(2026, 11, 15)),
    (ONSET, datetime(2026, 11, 15, 8, 0), date(2026, 11, 15)),  # noqa: DTZ001 - YAML gives such times
    (ask("text"), "  it went\n pop ", "it went pop"),
]


@pytest.mark.parametrize(("question", "raw", "value"), READ)
def test_reads(question: Question, raw: object, value: object) -> None:
    fact = read_answer(question, raw, TODAY)
    assert isinstance(fact, Known)
    assert fact.value == value
    assert read_answer(question, write_answer(fact), TODAY) == fact


@pytest.mark.parametrize("question", [YES_NO, GATE, MANY, AGE, ONSET])
@pytest.mark.parametrize("raw", ["?", "not sure", "not_sure", "Don\u2019t know", ["not_sure"]])
def test_not_sure_is_unknown_and_never_a_choice(question: Question, raw: object) -> None:
    fact = read_answer(question, raw, TODAY)
    assert fact == Unknown(why="not sure")
    assert read_answer(question, write_answer(fact), TODAY) == fact


@pytest.mark.parametrize("raw", [None, "", "  ", []])
def test_nothing_is_skipped(raw: object) -> None:
    fact = read_answer(GATE, raw, TODAY)
    assert fact == Unknown(why="skipped")
    assert read_answer(GATE, write_answer(fact), TODAY) == fact


REFUSED = [
    (GATE, "new_chnge", "did you mean new_change?"),
    (GATE, "purple", "the choices are no, long_standing, new_change, not_sure"),
    (GATE, 2, "the choices are"),
    (GATE, ["no", "new_change"], "it takes one choice"),
    (GATE, {"a": 1}, "the choices are"),
    (MANY, ["none", "sitting"], "cannot stand beside"),
    (MANY, ["sitting", "flying"], "'flying'"),
    (ask("one", "red", "blue"), False, "the choices are red, blue"),
    (ask("one", "red", "blue"), True, "the choices are red, blue"),
    (AGE, 0, "one number from 10 to 110 years"),
    (AGE, 130, "one number from 10 to 110 years"),
    (AGE, "34 kg", "one number from 10 to 110 years"),
    (AGE, True, "one number"),
    (AGE, "nan", "one number"),
    (AGE, float("nan"), "one number"),
    (AGE, float("inf"), "one number"),
    (AGE, 10**400, "one number"),
    (SCORE, "7/20", "one number from 0 to 10"),
    (SCORE, "5-6", "one number"),
    (SCORE, [3], "one number"),
    (ONSET, "tomorrow", "give a date such as"),
    (ONSET, "2026-11-24", "must not lie after 2026-11-23"),
    (ONSET, "2026-02-30", "give a date such as"),
    (ONSET, "03/04/2026", "give a date such as"),
    (ONSET, 3, "give a date such as"),
    (ONSET, "0206-11-20", "check the year"),
    (ask("text"), ["a"], "as words"),
]


@pytest.mark.parametrize(("question", "raw", "says"), REFUSED)
def test_refuses_with_one_sentence(question: Question, raw: object, says: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answer(question, raw, TODAY)
    sentence = str(caught.value)
    assert sentence.startswith("q: ")
    assert says in sentence
    assert "\n" not in sentence


def test_a_long_wrong_answer_is_cut_in_the_sentence() -> None:
    with pytest.raises(AnswerError) as caught:
        read_answer(GATE, "x" * 5000, TODAY)
    assert len(str(caught.value)) < 250


DAYS = [
    ("today", "2026-11-23"),
    ("yesterday", "2026-11-22"),
    ("last night", "2026-11-22"),
    ("3 days ago", "2026-11-20"),
    ("3d", "2026-11-20"),
    ("three days ago", "2026-11-20"),
    ("about 2 weeks ago", "2026-11-09"),
    ("2 weeks", "2026-11-09"),
    ("a week ago", "2026-11-16"),
    ("a couple of weeks ago", "2026-11-09"),
    ("last week", "2026-11-16"),
    ("6 hours ago", "2026-11-23"),
    ("3 months ago", "2026-08-23"),
    ("a year ago", "2025-11-23"),
    ("last Tuesday", "2026-11-17"),
    ("Monday", "2026-11-16"),
    ("14 Nov", "2026-11-14"),
    ("Nov 14th, 2026", "2026-11-14"),
    ("14 December", "2025-12-14"),
    ("14.11.2026", "2026-11-14"),
    ("11/14/2026", "2026-11-14"),
    ("2026/11/14", "2026-11-14"),
    ("5.5.2026", "2026-05-05"),
    ("when I was squatting", None),
    ("some days ago", None),
    ("9999 years ago", None),
    ("31 february", None),
]


@pytest.mark.parametrize(("words", "day"), DAYS)
def test_days_as_people_type_them(words: str, day: str | None) -> None:
    assert read_date(words, TODAY) == (date.fromisoformat(day) if day else None)


def test_months_back_land_on_a_day_that_exists() -> None:
    assert read_date("1 month ago", date(2026, 3, 31)) == date(2026, 2, 28)
