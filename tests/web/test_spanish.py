"""Spanish for everything that safety needs: nothing missing, nothing stale, no number or "no" lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from docs import catalogue, safety_words
from liftback import operations
from liftback.knowledge.loader import load_knowledge
from liftback.web.shared.engine_words import is_english, translated

TODAY = date(2026, 11, 23)
KNOWLEDGE = load_knowledge()
ENTRIES = [one for one in catalogue.read() if one.comment.startswith(catalogue.ENGINE)]
SENTENCES = safety_words.sentences()
# What must be as strong in Spanish as it is in English.
AS_STRONG = (
    (r"\bdo not\b|\bnever\b", r"\b(no|nunca|ni)\b|\bdeja\b|\bevita\b"),
    (r"(?<!by )\bnow\b(?! and then)", r"\bahora\b"),
    (r"\btoday\b", r"\bhoy\b"),
    (r"\bat once\b", r"\bde inmediato\b|a la vez"),
    (r"emergency number", r"número de emergencias"),
    (r"emergency department", r"urgencias"),
    (r"do not drive", r"no conduzcas"),
    (r"both legs", r"las dos piernas"),
    (r"between (the|your|my) legs", r"entre (las|tus|mis) piernas"),
)
# A line to say at the door, before and after the day that the lifter told.
TOLD_EN, SAID_EN = (
    "I lift, and have had back pain since",
    "I have gone through the warning signs, and this is what I answered.",
)
TOLD_ES, SAID_ES = (
    "Entreno con pesas y tengo dolor de espalda desde",
    "He repasado las señales de alarma, y esto es lo que respondí.",
)


def texts_of(values: Any) -> Iterator[str]:
    """Every text in JSON values that a page would show."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, list):
        for one in values:
            yield from texts_of(one)
    elif isinstance(values, dict):
        for key in ("title", "help", "why", "label", "text", "short", "because", "questions", "choices", "none"):
            yield from texts_of(values.get(key))


def english_in(texts: Iterator[str]) -> list[str]:
    with override("es"):
        return sorted({text for text in texts if is_english(text)})


# --- the catalogue ---------------------------------------------------------------------------------------------------


def test_every_safety_sentence_has_spanish_and_nothing_is_stale() -> None:
    assert safety_words.stale() == [], "run `python -m docs.safety_words`, translate what is new, and run it again"


def test_a_sentence_without_spanish_is_missed() -> None:
    assert catalogue.missing(["Get help now", "Nobody ever says this"]) == ["Nobody ever says this"]


@pytest.mark.parametrize("name", ["levels", "gates", "questions", "clusters", "first hours", "plan stops", "countries"])
def test_the_list_holds_every_kind_of_sentence(name: str) -> None:
    samples = {
        "levels": KNOWLEDGE.levels[max(KNOWLEDGE.levels)].summary,
        "gates": KNOWLEDGE.gates["saddle_numbness"].do[0],
        "questions": KNOWLEDGE.questions["saddle_numbness"].text,
        "clusters": next(iter(KNOWLEDGE.clusters.values())).rules[0].why,
        "first hours": operations.first_hours().call[0].text,
        "plan stops": "There is no plan to train by now. Get help first. Where, and what to say there, stands below.",
        "countries": "Spain",
    }
    assert samples[name] in {one.text for one in SENTENCES}


def test_numbers_and_open_places_are_kept() -> None:
    for entry in ENTRIES:
        for kept in (r"\d+(?:\.\d+)?", r"\{\w+\}"):
            there, here = (sorted(re.findall(kept, text)) for text in (entry.msgid, entry.msgstr))
            assert there == here, entry.msgid


def test_nothing_grew_weaker() -> None:
    weaker = [
        f"{entry.msgid} -> {entry.msgstr}"
        for entry in ENTRIES
        for english, spanish in AS_STRONG
        if re.search(english, entry.msgid, re.IGNORECASE) and not re.search(spanish, entry.msgstr, re.IGNORECASE)
    ]
    assert weaker == []


def test_spanish_says_you_as_to_a_friend() -> None:
    formal = [one.msgstr for one in ENTRIES if re.search(r"\b(vosotros|vuestr[ao]s?|vos)\b", one.msgstr)]
    assert formal == []


# --- what a reader gets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Get help now", "Busca ayuda ahora"),
        ("Do not drive yourself.", "No conduzcas tú."),
        ("No", "No"),
        ("It began 3 days ago. This is our plan", None),
        (f"{TOLD_EN} 2026-11-14. {SAID_EN}", f"{TOLD_ES} 2026-11-14. {SAID_ES}"),
        (f"{TOLD_EN} (say when). {SAID_EN}", f"{TOLD_ES} (di cuándo). {SAID_ES}"),
        ('you wrote: "cant feel my left foot"; is that right?', "escribiste: «cant feel my left foot»; ¿es así?"),
        ("Numbness between the legs: not known yet, and not known never counts as no",
         "Entumecimiento entre las piernas: no se sabe todavía, y lo que no se sabe nunca cuenta como un no"),
        ("You said: Age – 41", "Dijiste: Edad – 41"),
        ("Not known yet: How old are you?", "No se sabe todavía: ¿Cuántos años tienes?"),
        ("Adult age: 18 years (our own starting point; no study gives it)",
         "Edad adulta: 18 años (nuestro propio punto de partida; ningún estudio lo da)"),
    ],
)  # fmt: skip
def test_a_reader_of_spanish_reads_it(english: str, spanish: str | None) -> None:
    with override("es"):
        assert translated(english) == (english if spanish is None else spanish)
        assert is_english(english) is (spanish is None)


def test_a_reader_of_english_reads_what_the_engine_said() -> None:
    with override("en"):
        assert translated("Get help now") == "Get help now"
        assert is_english("A sentence that nobody translated.") is False


@pytest.mark.parametrize("text", ["", " ", "180 kg", "12:30", "3 × 5"])
def test_what_is_no_sentence_stays(text: str) -> None:
    with override("es"):
        assert (translated(text), is_english(text)) == (text, False)


def test_english_that_stays_is_marked_and_escaped() -> None:
    page = Template("{% load engine_words %}{% said told %}|{% said known %}|{{ known|translated }}")
    with override("es"):
        shown = page.render(Context({"told": "<b>Untold</b> words", "known": "Get help now"}))
    assert shown == '<span lang="en">&lt;b&gt;Untold&lt;/b&gt; words</span>|Busca ayuda ahora|Busca ayuda ahora'


def test_countries_stand_in_the_readers_order_with_the_rest_last() -> None:
    page = Template("{% load engine_words %}{% for one in all|by_translated_name %}{{ one.name }};{% endfor %}")
    with override("es"):
        names = page.render(Context({"all": operations.emergency_numbers()})).split(";")
    assert names.index("Alemania") < names.index("Francia")
    assert names[-2] == "Otro país, o no lo tengo claro"


# --- whole pages -----------------------------------------------------------------------------------------------------


def test_no_step_of_the_interview_stays_english() -> None:
    interview, texts = operations.Interview(), list[str]()
    while (step := operations.interview_step(interview=interview, today=TODAY)) is not None:
        texts += texts_of(operations.step_values(step=step, interview=interview, today=TODAY))
        interview = operations.interview_answer(interview=interview, step=step, raw="skip", today=TODAY)
    assert len(set(texts)) > 500
    assert english_in(iter(texts)) == []


@pytest.mark.parametrize("gate", KNOWLEDGE.gate_questions)
def test_no_sign_is_answered_in_english(gate: str) -> None:
    onset = TODAY - timedelta(days=3)
    for choice in KNOWLEDGE.questions[gate].choices:
        answers = {**dict.fromkeys(KNOWLEDGE.gate_questions, "no"), gate: choice.id, "onset": str(onset), "age": 41}
        story = operations.read_story(content=str({"answers": answers}).encode(), today=TODAY)
        report = operations.assessment_json(operations.assess(story=story, today=TODAY))["triage"]
        shown = [report["name"], report["summary"], *texts_in(report["actions"]), *texts_in(report["safety_net"])]
        shown += [one["why"] for one in report["fired_because"]]
        assert english_in(iter(shown)) == [], choice.id


def texts_in(parts: dict[str, Any]) -> Iterator[str]:
    for part in parts.values():
        yield from [part] if isinstance(part, str) else part


def test_nothing_of_the_first_hours_stays_english() -> None:
    found = operations.first_hours()
    said = [*found.check, *found.signs, *found.call]
    for step in found.steps:
        said += [*step.do, *step.do_not, *step.seen_if, step.why]
    assert english_in(iter([*(one.text for one in said), *(step.name for step in found.steps)])) == []


@pytest.mark.parametrize(
    ("question", "typed"),
    [("age", ["forty-one or so"]), ("age", ["900"]), ("age", []), ("onset", ["soon"]), ("onset", ["2027-01-01"]),
     ("contact", ["first", "again_worse"]), ("onset", ["x" * 300])],
)  # fmt: skip
def test_a_refused_answer_is_told_in_spanish(question: str, typed: list[str]) -> None:
    interview = operations.Interview()
    step = operations.interview_step(interview=interview, today=TODAY)
    while step is not None and getattr(getattr(step, "question", None), "id", "") != question:
        interview = operations.interview_answer(interview=interview, step=step, raw="skip", today=TODAY)
        step = operations.interview_step(interview=interview, today=TODAY)
    assert step is not None
    with pytest.raises(operations.AnswerError) as refused:
        operations.interview_given(interview=interview, step=step, values={question: typed}, today=TODAY)
    with override("es"):
        assert is_english(str(refused.value)) is False, str(refused.value)
        assert translated(str(refused.value)) != str(refused.value)
