"""The verbs that take in what a page or a phone sends, and say what a form needs: one keyword-only function for each.

Everything a lifter enters goes through the same readers as their files do. What cannot be read is refused with one
sentence, and what is left out stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from liftback.exchange import interview_form, interview_store
from liftback.exchange.interview_form import StaleStepError
from liftback.exchange.training_files import FileError
from liftback.facts import body_map
from liftback.facts.diary import Diary
from liftback.facts.interview import Interview, Step
from liftback.facts.values import Facts
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.record import Done
from liftback.training import joining
from liftback.training.log import TrainingLog

if TYPE_CHECKING:
    from liftback.plans.parts import Plan

__all__ = [
    "StaleStepError",
    "body_regions",
    "criteria_given",
    "criteria_questions",
    "diary_of_entries",
    "done_of_entry",
    "exposure_questions",
    "interview_given",
    "interview_restored",
    "interview_stored",
    "joined_log",
    "known_exercises",
    "log_preview",
    "renamed",
    "step_values",
]


# --- the interview ---------------------------------------------------------------------------------------------------


def step_values(*, step: Step, interview: Interview, today: date, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """What a page shows of a step of the interview, as JSON values; see `liftback.exchange.interview_form`."""
    return interview_form.step_values(step, interview, knowledge or load_knowledge(), today=today)


def interview_given(*, interview: Interview, step: Step, values: Mapping[str, Sequence[str]], today: date) -> Interview:
    """The interview after the fields of a form, by the question's id (the screen's for a list, `words` for own words).

    The special values are "none" (of a list), "not_sure" and "skip"; a field `step` is checked against the step.
    Raises AnswerError with one sentence for a person, StaleStepError where the fields answer another step.
    """
    return interview_form.interview_given(interview, step, values, today=today)


def interview_stored(*, interview: Interview) -> dict[str, Any]:
    """The interview as JSON values, with every step that can be taken back."""
    return interview_store.interview_stored(interview)


def interview_restored(*, values: Mapping[str, Any], today: date, knowledge: Knowledge | None = None) -> Interview:
    """The interview out of stored values. Raises StoryError where they are not of this form."""
    return interview_store.interview_restored(values, knowledge or load_knowledge(), today=today)


def body_regions() -> tuple[str, ...]:
    """The parts of the body that can be tapped to say where it hurts, by id."""
    return body_map.REGIONS


# --- training logs ---------------------------------------------------------------------------------------------------


def joined_log(
    *,
    logs: Sequence[TrainingLog],
    done: Iterable[Done] = (),
    plan_names: Mapping[str, str] | None = None,
    knowledge: Knowledge | None = None,
) -> TrainingLog | None:
    """One log from several imported ones and from what was done under the plan; None where there is nothing.

    No set is counted twice: what an earlier part holds (day, lift, weight, repetitions) is a duplicate in a later one.
    `plan_names` gives the name that a log has for a lift of the plan, where it is another. A plan made from such a log
    takes no set done under a plan for the usual week.
    """
    from liftback.plans.done_sets import sets_of_done  # noqa: PLC0415 - only this verb needs it

    known = knowledge or load_knowledge()
    exposures = tuple(done)
    more = sets_of_done(exposures, plan_knowledge(known), names=plan_names) if exposures else ()
    return joining.joined(logs, more, known)


def log_preview(*, log: TrainingLog, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """What a file holds, as JSON values, before it is kept; see `liftback.exchange.log_preview`."""
    from liftback.exchange.log_preview import log_preview as preview  # noqa: PLC0415 - only this verb needs it

    return preview(log, knowledge or load_knowledge())


def renamed(*, log: TrainingLog, names: Mapping[str, str], knowledge: Knowledge | None = None) -> TrainingLog:
    """The log with lifts called as the known ones they are: name to the id or name of one of `known_exercises`.

    An empty target leaves a name as it is. Raises FileError for a target that is no known lift.
    """
    try:
        return joining.renamed(log, names, knowledge or load_knowledge())
    except KeyError as unknown:
        raise FileError(f"There is no lift {unknown.args[0]!r} in our list; please choose one of the list.") from None


def known_exercises(*, knowledge: Knowledge | None = None) -> list[dict[str, str]]:
    """Every lift that a log can hold by name: id, name and movement pattern, in order of name."""
    found = joining.known_lifts(knowledge or load_knowledge())
    return [{"id": one.id, "name": one.name, "pattern": one.pattern.replace("_", " ")} for one in found]


# --- day by day ------------------------------------------------------------------------------------------------------


def diary_of_entries(*, days: Iterable[Mapping[str, Any]]) -> Diary:
    """A diary from check-ins as JSON values: day, pain, sleep, stress, lift_pain (0 to 10), event, note.

    Of several on one day, the later score of each kind counts; any tweak counts, and every note is kept. Raises
    DiaryError with one sentence.
    """
    from liftback.exchange.entry_values import diary_of  # noqa: PLC0415 - only this verb needs it

    return diary_of(days)


def exposure_questions(*, knowledge: Knowledge | None = None) -> list[dict[str, Any]]:
    """What is asked of one exposure: each question with its choices, its `field` and the `moment` it is about."""
    from liftback.exchange.entry_values import exposure_questions as questions  # noqa: PLC0415

    return questions(plan_knowledge(knowledge or load_knowledge()))


def done_of_entry(
    *, values: Mapping[str, Any], today: date, strict: bool = True, knowledge: Knowledge | None = None
) -> Done:
    """One lift done once, from the JSON values of an entry. Raises ExposureError with one sentence.

    Unless `strict`, only a day or lift that cannot be read is refused, and all else that cannot be stays unknown.
    """
    from liftback.exchange.entry_values import done_of  # noqa: PLC0415 - only this verb needs it

    return done_of(values, plan_knowledge(knowledge or load_knowledge()), today=today, strict=strict)


def criteria_questions(*, plan: Plan, knowledge: Knowledge | None = None) -> list[dict[str, Any]]:
    """What clearance asks, in groups: of the back, then of each own lift that counts."""
    from liftback.exchange.entry_values import criteria_questions as questions  # noqa: PLC0415

    return questions(plan, plan_knowledge(knowledge or load_knowledge()))


def criteria_given(
    *, values: Mapping[str, Sequence[str] | str | float], today: date, knowledge: Knowledge | None = None
) -> Facts:
    """The answers on the criteria from a form's fields or an entry's values. Raises CriteriaError."""
    from liftback.exchange.entry_values import criteria_given as given  # noqa: PLC0415 - only this verb needs it

    return given(values, plan_knowledge(knowledge or load_knowledge()), today=today)
