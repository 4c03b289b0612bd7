"""The interview as forms: what a page shows of a step, and what its fields answer.

A form's fields are turned into what a person would type at a prompt, and read by the same reader, so that both ways
give the same interview. What a form cannot say clearly is refused with a sentence, and nothing is taken for a no.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from liftback.facts import body_map
from liftback.facts import interview as _interview
from liftback.facts.answers import NO, NONE, UNSURE, AnswerError, write_answer
from liftback.facts.interview import Interview, OwnWords, Screen, Single, Step
from liftback.facts.story import LONGEST_WORDS
from liftback.facts.values import Fact, Known, Unknown
from liftback.knowledge.entries import Question
from liftback.knowledge.loader import Knowledge
from liftback.knowledge.parsing import NOT_SURE
from liftback.training.log import KG_IN_POUND

SKIP, WORDS, STEP, UNIT = "skip", "words", "step", "unit"
"""The special value that leaves a step open, and the fields beside those of the questions."""
Values = Mapping[str, Sequence[str]]
_HIGHEST_SCORE = 10
_LONGEST, _SHOWN = 200, 40  # letters of a field that holds an answer and no words; of those told back
_SCORES = ("", "pain_score", "points")
_UNIT_WORDS = {"kilograms": "kg", "pain_score": "", "points": "", "as_on_the_plate": ""}
_WORDS_HELP = "Write as you would tell a friend. Leave it empty if you would rather not."
_WORDS_WHY = "What you write may bring up a warning sign, which we then ask you about. It never ends one."
_SCREEN_HELP = "Choose every line that applies or may apply. We then ask about each of those, one by one."
_SCREEN_WHY = "These are rare, and cannot wait where they are there. So they come first, for everybody."
NONE_LABEL, UNSURE_LABEL, SKIP_LABEL = "None of these", "Not sure", "Leave it open for now"
_UNSURE_RAW, _NONE_RAW = "?", "none"


class StaleStepError(AnswerError):
    """An answer to a step that is no longer the one to answer: from another tab, or sent twice."""


def step_values(step: Step, interview: Interview, knowledge: Knowledge, *, today: date) -> dict[str, Any]:
    """What a page shows of a step, as JSON values.

    `field` names the form's field, `step` is to be sent back with it. `input` is words, lines, choice, multi, number,
    score, date, text or body_map. `choices` are without "not sure", which is always there as `not_sure`; `skip` leaves
    it open. `done` and `ahead` count steps. `given` is what is answered so far.
    """
    done, ahead = _interview.progress(interview, knowledge, today=today)
    shown = {"kind": step.kind, "stage": step.stage, "step": step_key(step), "done": done, "ahead": ahead}
    shared = {"skip": {"id": SKIP, "label": SKIP_LABEL}, "because": "", "quote": "", "given": []}
    if isinstance(step, OwnWords):
        return {**shown, **shared, **_words_values(step, interview)}
    if isinstance(step, Screen):
        return {**shown, **shared, **_screen_values(step)}
    return {**shown, **shared, **_single_values(step, interview, today)}


def step_key(step: Step) -> str:
    """What tells a step from every other, with what was asked in it: the lines of a list, or the words shown."""
    if isinstance(step, OwnWords):
        return WORDS
    if isinstance(step, Screen):
        return f"{step.screen}.{_mark(one.id for one in step.questions)}"
    return f"{step.question.id}.{_mark([step.quote])}" if step.quote else step.question.id


def _mark(parts: Iterable[str]) -> str:
    return f"{zlib.crc32(' '.join(parts).encode('utf-8', 'replace')):x}"


def _words_values(step: OwnWords, interview: Interview) -> dict[str, Any]:
    return {
        "title": step.title, "field": WORDS, "input": "words", "help": _WORDS_HELP, "why": _WORDS_WHY, "questions": [],
        "choices": [], "not_sure": None, "longest": LONGEST_WORDS,
        "given": [interview.words] if interview.words else [],
    }  # fmt: skip


def _screen_values(step: Screen) -> dict[str, Any]:
    lines = [
        {"id": one.id, "label": one.short or one.text, "text": one.text, "help": one.help} for one in step.questions
    ]
    return {
        "title": step.title, "field": step.screen, "input": "lines", "help": _SCREEN_HELP, "why": _SCREEN_WHY,
        "questions": [question_values(one) for one in step.questions], "choices": lines,
        "none": {"id": NONE, "label": NONE_LABEL}, "not_sure": {"id": NOT_SURE, "label": UNSURE_LABEL},
    }  # fmt: skip


def _single_values(step: Single, interview: Interview, today: date) -> dict[str, Any]:
    question = step.question
    values = question_values(question)
    if question.kind == "date":
        values["latest"] = today.isoformat()
    before = interview.answers.get(question.id)
    tapped = isinstance(before, Unknown) and before.why == body_map.ASKED_BY_TAP
    return {
        **values, "title": question.text, "field": question.id, "questions": [values], "quote": step.quote,
        "because": step.because or (body_map.ASKED_BY_TAP if tapped else ""), "given": given_values(before),
    }  # fmt: skip


def question_values(question: Question) -> dict[str, Any]:
    """A question as JSON values: its words, how it is answered, and its choices."""
    unsure = next((one.label for one in question.choices if one.id == NOT_SURE), UNSURE_LABEL)
    return {
        "id": question.id, "gate": question.gate, "text": question.text, "short": question.short,
        "help": question.help, "why": question.why, "input": _input_of(question),
        "unit": _UNIT_WORDS.get(question.unit or "", question.unit or ""),
        "units": ["kg", "lb"] if question.unit == "kilograms" else [],
        "min": question.minimum, "max": question.maximum,
        "choices": [
            {"id": one.id, "label": one.label, "alone": one.id in (NO, NONE, "nothing")}
            for one in question.choices if one.id != NOT_SURE
        ],
        "not_sure": {"id": NOT_SURE, "label": unsure},
        "regions": list(body_map.REGIONS) if question.id == body_map.QUESTION else [],
    }  # fmt: skip


def _input_of(question: Question) -> str:
    if question.id == body_map.QUESTION:
        return "body_map"
    if question.kind == "number":
        tenths = question.minimum == 0 and question.maximum == _HIGHEST_SCORE and (question.unit or "") in _SCORES
        return "score" if tenths else "number"
    return {"one": "choice", "many": "multi"}.get(question.kind, question.kind)


def given_values(fact: Fact | None) -> list[str]:
    """An answer as the values of its field; nothing for one that was left open."""
    if fact is None or (isinstance(fact, Unknown) and fact.why != UNSURE.why):
        return []
    written = write_answer(fact)
    return [str(one) for one in written] if isinstance(written, list) else [str(written)]


# --- what the fields answer ------------------------------------------------------------------------------------------


def interview_given(interview: Interview, step: Step, values: Values, *, today: date) -> Interview:
    """The interview after a form's fields, the same as after the typed answer.

    Raises AnswerError with one sentence for a person, and StaleStepError where the fields answer another step.
    """
    sent = [one for one in values.get(STEP, ()) if one]
    if sent and sent[-1] != step_key(step):
        raise StaleStepError("This page was from an earlier step, so nothing was changed. Here is where you are now.")
    if isinstance(step, Single) and step.question.id == body_map.QUESTION:
        tapped = [one for one in _sent(values, step.question.id) if one in body_map.REGIONS]
        if tapped:
            return _tapped(interview, step, tapped, values, today)
    typed = typed_of(step, values)
    try:
        return _interview.answer(interview, step, typed, today=today)
    except AnswerError as error:
        raise AnswerError(_for_a_page(str(error), step)) from None


def _for_a_page(sentence: str, step: Step) -> str:
    """A refusal without the id of its question, which no page shows."""
    bare = sentence.removeprefix(f"{step.question.id}: ") if isinstance(step, Single) else sentence
    return bare[:1].upper() + bare[1:]


def typed_of(step: Step, values: Values) -> str:
    """What a person would have typed for these fields. Raises AnswerError where they say nothing, or two things."""
    if isinstance(step, OwnWords):
        return _typed_words(values)
    if isinstance(step, Screen):
        return _typed_lines(step, _sent(values, step.screen))
    question = step.question
    given = _sent(values, question.id)
    if not given:
        raise AnswerError("Please choose or write an answer, say that you are not sure, or leave it open for now.")
    if len(given) > 1 and (question.kind != "many" or SKIP in given):
        raise AnswerError("That is more than one answer to this question; please keep the one that fits best.")
    if given == [SKIP]:
        return SKIP
    if given == [NOT_SURE]:
        return _UNSURE_RAW
    if question.choices:
        return _numbers_of(question, given)
    return _in_its_unit(question, given[0], values)


def _sent(values: Values, field: str) -> list[str]:
    """What a field holds, each value once and without the empty ones."""
    return list(dict.fromkeys(one.strip() for one in values.get(field, ()) if one.strip()))


def _typed_words(values: Values) -> str:
    told = [one.replace("\r\n", "\n") for one in values.get(WORDS, ()) if one.strip()]
    # Words that were written count, also where "leave it open" was pressed below them: they can only raise.
    written = [one for one in told if one.strip() != SKIP]
    return "\n".join(written) if written else SKIP


def _typed_lines(step: Screen, given: Sequence[str]) -> str:
    places = {one.id: str(place) for place, one in enumerate(step.questions, start=1)}
    strange = [one for one in given if one not in places and one not in (NONE, NOT_SURE, SKIP)]
    if strange:
        raise StaleStepError("These questions have changed since the page was opened. Here they are as they are now.")
    picked = [one for one in given if one in places]
    if not given:
        raise AnswerError(f'Please choose the lines that apply or may apply, or "{NONE_LABEL}".')
    if NONE in given and len(given) > 1:
        raise AnswerError(f'You chose "{NONE_LABEL}" and a line beside it; please keep one of the two.')
    if SKIP in given and not picked:
        return SKIP
    if NOT_SURE in given or SKIP in given:
        # Whoever is not sure goes through all of them one by one: a line left out would count as no.
        return ", ".join(places.values())
    return ", ".join(places[one] for one in picked) or _NONE_RAW


def _numbers_of(question: Question, given: Sequence[str]) -> str:
    places = {one: str(place) for place, one in enumerate(question.choice_ids, start=1)}
    if any(one not in places for one in given):
        raise StaleStepError("This question has changed since the page was opened. Here it is as it is now.")
    chosen = set(given)
    alone = chosen & {NO, NONE, "nothing"}
    if alone and len(chosen) > 1:
        label = next(one.label for one in question.choices if one.id in alone)
        raise AnswerError(f'You chose "{label}" and another line beside it; please keep what fits best.')
    return ", ".join(places[one] for one in given)


def _in_its_unit(question: Question, given: str, values: Values) -> str:
    if len(given) > _LONGEST and question.kind != "text":
        raise AnswerError(f"{given[:_SHOWN].strip()!r} and so on is too long for an answer; please write it short.")
    pounds = question.unit == "kilograms" and "lb" in values.get(UNIT, ())
    if not pounds:
        return given
    try:
        return f"{float(given.replace(',', '.')) * KG_IN_POUND:.2f}"
    except ValueError:
        return given  # refused with the others


def _tapped(interview: Interview, step: Single, tapped: Sequence[str], values: Values, today: date) -> Interview:
    """The interview after taps on the drawn body; warning signs that they bring up are asked next, and stay open."""
    others = [one for one in _sent(values, step.question.id) if one not in tapped and one != SKIP]
    if others and others != [NOT_SURE]:
        raise AnswerError("You tapped on the body and chose a line as well; please keep one of the two.")
    location = None if others else body_map.location_of(tapped)
    fact = Known(value=location, when=today) if location is not None else UNSURE
    signs = body_map.signs_of(tapped)
    opened = {sign: Unknown(why=body_map.ASKED_BY_TAP) for sign in signs if _may_be_opened(interview.answers.get(sign))}
    return interview.stepped({step.question.id: fact, **opened}, picked=tuple(opened))


def _may_be_opened(fact: Fact | None) -> bool:
    """Whether a sign may be asked again: never where an answer already raises it, since a tap must not undo that."""
    return not isinstance(fact, Known) or fact.value == NO
