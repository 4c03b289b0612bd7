"""The verbs that read a story, a log and a diary, and say what follows: one keyword-only function for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from liftback.exchange.case_file import Case, CaseResult, compare_case, read_cases
from liftback.exchange.diary_file import DiaryError, DiaryReading
from liftback.exchange.diary_file import read_diary as _read_diary
from liftback.exchange.explanation import explain_text
from liftback.exchange.report_json import assessment_json, plain
from liftback.exchange.report_markdown import assessment_markdown
from liftback.exchange.report_text import Style, assessment_text, plain_style
from liftback.exchange.story_file import StoryError, story_of
from liftback.exchange.story_file import read_story as _read_story
from liftback.exchange.story_writing import story_yaml
from liftback.exchange.training_files import FileError, ImportReport, import_report, import_report_text
from liftback.exchange.training_files import read_training_file as _read_training_file
from liftback.exchange.words_report import TextRead, text_json, text_report
from liftback.facts import interview as _interview
from liftback.facts.diary import Diary
from liftback.facts.interview import Interview, Step
from liftback.facts.own_words import Note, with_signals
from liftback.facts.story import Story, facts_of
from liftback.facts.told import read_told
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.facts.words import Signal, readable
from liftback.facts.words import read_words as _read_words
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.reasoning.assessment import Findings, held_back
from liftback.reasoning.category import category
from liftback.reasoning.findings import say
from liftback.reasoning.foundations import foundations
from liftback.reasoning.imaging import imaging
from liftback.reasoning.irritability import irritability
from liftback.reasoning.not_to_do import not_to_do
from liftback.reasoning.presentation import presentation
from liftback.reasoning.programming_talk import programming_talk
from liftback.reasoning.response_pattern import response_pattern
from liftback.reasoning.sensitivities import sensitivities
from liftback.reasoning.seven_answers import Answer, seven_answers
from liftback.reasoning.slows_recovery import slows_recovery
from liftback.reasoning.timeline import timeline
from liftback.reasoning.trajectory_parts import Trajectory
from liftback.reasoning.triage import Triage, triage, triage_of_silence
from liftback.training.exposures import exposures_of
from liftback.training.log import Exposure, TrainingLog
from liftback.training.notes import log_notes
from liftback.training.summary import TrainingSummary, summarise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from liftback.trajectory.history import History
    from liftback.trajectory.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """All that follows from a story, a log and a diary on one day, with the knowledge it rests on."""

    findings: Findings
    answers: tuple[Answer, ...]
    undecided: tuple[str, ...]
    today: date
    knowledge_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The course of a lifter's back on one day, with the triage that comes first."""

    triage: Triage
    trajectory: Trajectory
    today: date
    knowledge_version: str


def read_story(*, content: bytes, today: date, knowledge: Knowledge | None = None) -> Story:
    """A story from a YAML or JSON file's bytes. Raises StoryError with one clear sentence."""
    return _read_story(content, knowledge or load_knowledge(), today=today)


def import_log(
    *, content: bytes, today: date, unit: str | None = None, earlier: TrainingLog | None = None
) -> TrainingLog:
    """A training log from an app's export; the format is found from the content. Raises FileError.

    `unit` (kg or lb) is the lifter's word where the file does not say. Sets of `earlier` are not counted twice.
    """
    return _read_training_file(content, unit=unit, today=today, earlier=earlier)


def show_import(*, log: TrainingLog, output: str, file: str = "", knowledge: Knowledge | None = None) -> str | Any:
    """What an import found, as text (`output="text"`) or as JSON values (`output="json"`)."""
    report: ImportReport = import_report(log, knowledge or load_knowledge())
    return plain(report) if output == "json" else import_report_text(report, file)


def read_diary(*, content: bytes, today: date, date_order: str | None = None) -> DiaryReading:
    """A pain diary from a CSV file's bytes. Raises DiaryError with one clear sentence."""
    return _read_diary(content, today=today, date_order=date_order)


def read_words(text: str, *, knowledge: Knowledge | None = None) -> tuple[Signal, ...]:
    """The warning signs that free words tell, each with its quote and how it is meant; they only ever raise."""
    return _read_words(text, knowledge or load_knowledge())


def read_text(*, text: str, today: date, knowledge: Knowledge | None = None) -> TextRead:
    """What a text tells by itself: warning signs, facts of the story, and triage with all other signs unresolved."""
    known = knowledge or load_knowledge()
    signals = _read_words(text, known)
    told = any(one.counts for one in signals)
    return TextRead(
        signals=signals,
        facts=read_told(text, known, today),
        triage=triage(with_signals(Facts({}), (Note(text=text),), known), known) if told else triage_of_silence(known),
        readable=readable(text, known),
    )


def show_text(*, read: TextRead, output: str, width: int = 80, knowledge: Knowledge | None = None) -> str | Any:
    """What was read from a text, for a terminal (`output="text"`) or as JSON values (`output="json"`)."""
    return text_json(read) if output == "json" else text_report(read, knowledge or load_knowledge(), width=width)


def assess(
    *,
    story: Story,
    today: date,
    log: TrainingLog | None = None,
    diary: Diary | None = None,
    knowledge: Knowledge | None = None,
) -> Assessment:
    """Triage and the seven answers, with every finding on the way and its reasons."""
    known = knowledge or load_knowledge()
    kept = diary if diary is not None else story.diary
    findings, facts = _reason(_facts(story, log, kept, known, today), kept, log, known, today)
    undecided = (getattr(findings, name).undecided for name in _TOPICS)
    return Assessment(
        findings=findings,
        answers=seven_answers(findings, facts, known),
        undecided=tuple(dict.fromkeys(question for topic in undecided for question in topic)),
        today=today,
        knowledge_version=known.version,
    )


def follow(
    *,
    story: Story,
    today: date,
    log: TrainingLog | None = None,
    diary: Diary | None = None,
    plan: float = 1.0,
    knowledge: Knowledge | None = None,
) -> Followed:
    """How the back is doing, from a diary and a log: trend, answer to load, flare risk, milestones, and why.

    `plan` is the dose of the next session, 1.0 being a typical one. Nothing is worked out while warning signs have
    to be looked at first. Raises DiaryError where there is no diary with a score.
    """
    known = knowledge or load_knowledge()
    kept = diary if diary is not None else story.diary
    facts = _facts(story, log, kept, known, today)
    first = triage(facts, known)
    return Followed(
        triage=first,
        trajectory=_followed(facts, kept, log, known, level=first.level, today=today, plan=plan),
        today=today,
        knowledge_version=known.version,
    )


def _followed(
    facts: Facts,
    diary: Diary,
    log: TrainingLog | None,
    known: Knowledge,
    *,
    level: Level,
    today: date,
    plan: float,
    look_back: bool = True,
) -> Trajectory:
    # The model needs NumPy, which costs more to import than everything else together.
    from liftback.reasoning.trajectory import held_trajectory, trajectory, waits  # noqa: PLC0415

    if waits(level):
        return held_trajectory(facts, known)
    began, how = facts.value("onset"), facts.value("how_it_began")
    reading = _read_course(
        diary,
        log,
        known,
        today=today,
        onset=began if isinstance(began, date) else None,
        sudden=how == "moment",
        plan=plan,
        look_back=look_back,
    )
    if reading is None:
        raise DiaryError("There is no pain score in the diary yet; write one for today, and go on day by day.")
    return trajectory(reading, facts, known)


def _read_course(
    diary: Diary,
    log: TrainingLog | None,
    known: Knowledge,
    *,
    today: date,
    onset: date | None,
    sudden: bool,
    plan: float,
    look_back: bool,
) -> Reading | None:
    from liftback.trajectory.reading import read_history, without_look_back  # noqa: PLC0415 - brings NumPy

    history, read = _history(diary, log, known, today=today, onset=onset, sudden=sudden)
    if history is None:
        return None
    if (plan, look_back) not in read:
        # The filter runs through the diary once: what is read with the look back holds all that is without it.
        whole = read.get((plan, True))
        read[plan, look_back] = (
            read_history(history, plan=plan, knowledge=known, look_back=look_back)
            if whole is None
            else without_look_back(whole)
        )
    return read[plan, look_back]


@lru_cache  # a diary is read once and asked at every answer
def _history(
    diary: Diary, log: TrainingLog | None, known: Knowledge, *, today: date, onset: date | None, sudden: bool
) -> tuple[History | None, dict[tuple[float, bool], Reading]]:
    """The days of a diary and log, and what was read of them so far: by the next session's dose, with a look back."""
    from liftback.trajectory.history import history_of  # noqa: PLC0415 - brings NumPy

    return history_of(diary, log, today=today, onset=onset, sudden=sudden, knowledge=known), {}


def _facts(story: Story, log: TrainingLog | None, diary: Diary, known: Knowledge, today: date) -> Facts:
    return facts_of(story, known, today=today, diary=diary, log_notes=None if log is None else log_notes(log))


_TOPICS = (
    "triage", "presentation", "pattern", "irritability", "category", "sensitivities", "slows_recovery",
    "foundations", "not_to_do", "imaging", "timeline",
)  # fmt: skip


_CONCLUDE: Mapping[str, Callable[[Facts, Knowledge], Any]] = {
    "triage": triage, "presentation": presentation, "irritability": irritability, "category": category,
    "sensitivities": sensitivities, "slows_recovery": slows_recovery, "foundations": foundations,
    "not_to_do": not_to_do, "imaging": imaging, "timeline": timeline,
}  # fmt: skip


def _reason(
    facts: Facts, diary: Diary, log: TrainingLog | None, known: Knowledge, today: date
) -> tuple[Findings, Facts]:
    summary, exposures = _trained(log, known, today) if log is not None else (None, ())
    found, facts = _concluded(_TOPICS, facts, diary, exposures, known)
    talk = programming_talk(summary, facts, known) if summary is not None else None
    course = _course(facts, diary, log, known, level=found["triage"].level, today=today)
    return held_back(Findings(training=summary, talk=talk, trajectory=course, **found)), facts


def _concluded(
    topics: Iterable[str], facts: Facts, diary: Diary, exposures: tuple[Exposure, ...], known: Knowledge
) -> tuple[dict[str, Any], Facts]:
    """The findings of some topics in order, each a fact for those after it."""
    found: dict[str, Any] = {}
    for name in topics:
        conclude = _CONCLUDE.get(name)
        finding = conclude(facts, known) if conclude else response_pattern(facts, diary, exposures, known)
        found[name] = finding
        facts = facts.adding({f"finding.{name}": _as_fact(finding.value)})
    return found, facts


_FOR_A_PLAN = ("triage", "presentation", "pattern", "irritability", "category", "sensitivities", "foundations")


def concluded_for_plan(
    *, story: Story, today: date, log: TrainingLog | None, diary: Diary, knowledge: Knowledge
) -> tuple[dict[str, Any], Trajectory | None, Facts]:
    """The findings that a plan reads, by topic, the course, and the facts with what was found among them."""
    facts = _facts(story, log, diary, knowledge, today)
    exposures = _trained(log, knowledge, today)[1] if log is not None else ()
    found, facts = _concluded(_FOR_A_PLAN, facts, diary, exposures, knowledge)
    return found, _course(facts, diary, log, knowledge, level=found["triage"].level, today=today), facts


def _course(
    facts: Facts, diary: Diary, log: TrainingLog | None, known: Knowledge, *, level: Level, today: date
) -> Trajectory | None:
    """The course for an assessment, which needs no look back at each day; None without a score."""
    if all(entry.pain is None for entry in diary.days):
        return None
    return _followed(facts, diary, log, known, level=level, today=today, plan=1.0, look_back=False)


@lru_cache  # a log is imported once and assessed at every answer and check-in
def _trained(log: TrainingLog, known: Knowledge, today: date) -> tuple[TrainingSummary, tuple[Exposure, ...]]:
    exposures = exposures_of(log, known, today)
    return summarise(log, known, today, exposures), exposures


def _as_fact(value: Any) -> Fact:
    # A conclusion that was not reached is an unknown fact for the topics after it, never a no.
    if value is None:
        return Unknown(why="not decided")
    return Known(value=value, source="finding")


def interview_resumed(*, content: bytes, today: date, knowledge: Knowledge | None = None) -> Interview:
    """An interview taken up from a story file's bytes. Raises StoryError with one clear sentence."""
    known = knowledge or load_knowledge()
    return _interview.resumed(_read_story(content, known, today=today), known)


def interview_step(
    *, interview: Interview, today: date, gates_first: bool = False, knowledge: Knowledge | None = None
) -> Step | None:
    """What to ask next; None at the end, and at once when an emergency has fired.

    `gates_first`: the warning signs come before age and own words.
    """
    return _interview.next_step(interview, knowledge or load_knowledge(), today=today, gates_first=gates_first)


def interview_answer(*, interview: Interview, step: Step, raw: str, today: date) -> Interview:
    """The interview after a typed answer. Raises AnswerError with one sentence for a person."""
    return _interview.answer(interview, step, raw, today=today)


def interview_undo(*, interview: Interview) -> Interview:
    """The interview one step ago."""
    return _interview.undo(interview)


def interview_progress(*, interview: Interview, today: date, knowledge: Knowledge | None = None) -> tuple[int, int]:
    """Steps done, and steps to come until the next answers are ready."""
    return _interview.progress(interview, knowledge or load_knowledge(), today=today)


def interview_triage(*, interview: Interview, today: date, knowledge: Knowledge | None = None) -> Triage:
    """The triage of what has been told so far; gates that were not asked are unresolved."""
    known = knowledge or load_knowledge()
    return triage(facts_of(interview.story(), known, today=today), known)


def interview_first_hours(*, triage: Triage, knowledge: Knowledge | None = None) -> str:
    """What to do in the first hours after it went; empty where somebody has to look first.

    Said before the day it began is asked for, because it cannot wait for the rest of the story.
    """
    known = knowledge or load_knowledge()
    if triage.level > Level.routine:
        return ""
    began_today = Facts({"days_since_onset": Known(value=0)})
    said = say(known.statements["seven_answers.two_first_hour"], began_today, known)
    return said.text if said is not None else ""


def interview_file(
    *,
    interview: Interview,
    log: str | None = None,
    diary: str | None = None,
    days: Diary | None = None,
    knowledge: Knowledge | None = None,
) -> str:
    """The story file of an interview as YAML text; `log` and `diary` are paths as the file should hold them.

    `days` is the diary that a resumed story held inside.
    """
    told = replace(interview.story(), log=log, diary_file=diary, diary=days or Diary())
    return story_yaml(told, knowledge or load_knowledge())


def render(
    *,
    assessment: Assessment,
    output: str,
    width: int = 80,
    full: bool = False,
    style: Style = plain_style,
    knowledge: Knowledge | None = None,
) -> str:
    """The assessment as text, markdown or html.

    Text is of `width` columns, and tells what can wait only if `full`; `style` may colour a line by its role.
    """
    known = knowledge or load_knowledge()
    report = assessment_json(assessment)
    if output == "html":
        # Jinja2 costs a tenth of a second to import, and only this output needs it.
        from liftback.exchange.report_html import assessment_html  # noqa: PLC0415

        return assessment_html(report, known)
    if output == "markdown":
        return assessment_markdown(report, known)
    return assessment_text(report, known, width=width, style=style, full=full)


def render_followed(
    *,
    followed: Followed,
    output: str,
    width: int = 80,
    full: bool = False,
    style: Style = plain_style,
    knowledge: Knowledge | None = None,
) -> str:
    """The course as text or html; the options are those of `render`."""
    from liftback.exchange import follow_report  # noqa: PLC0415 - only this verb needs it

    known = knowledge or load_knowledge()
    report = followed_json(followed=followed)
    if output == "html":
        return follow_report.follow_html(report, known)
    return follow_report.follow_text(report, known, width=width, style=style, full=full)


def followed_json(*, followed: Followed) -> dict[str, Any]:
    """The course as `liftback follow --format json` prints it."""
    from liftback.exchange import follow_report  # noqa: PLC0415 - only this verb needs it

    return follow_report.follow_json(followed)


def explain(*, assessment: Assessment, name: str, width: int = 80, knowledge: Knowledge | None = None) -> str:
    """The tree of reasons of one finding, answer or parameter. Raises UnknownNameError listing the names."""
    return explain_text(assessment_json(assessment), name, knowledge or load_knowledge(), width)


def questions(*, knowledge: Knowledge | None = None) -> list[dict[str, Any]]:
    """Every question with id, gate (or None), choices and what a valid answer is, in the order of asking."""
    known = knowledge or load_knowledge()
    stages = {name: place for place, name in enumerate(("about", "gates", "story", "plan", "programme"))}
    places = {name: place for place, name in enumerate(dict.fromkeys((*known.gate_questions, *known.questions)))}
    ordered = sorted(known.questions.values(), key=lambda question: (stages[question.stage], places[question.id]))
    return [
        {
            "id": question.id, "gate": question.gate, "kind": question.kind, "stage": question.stage,
            "topic": question.topic, "text": question.text, "choices": list(question.choice_ids),
            "labels": {choice.id: choice.label for choice in question.choices},
            "minimum": question.minimum, "maximum": question.maximum, "unit": question.unit,
        }
        for question in ordered
    ]  # fmt: skip


def check_cases(*, content: bytes, file: str, knowledge: Knowledge | None = None) -> Iterator[CaseResult]:
    """Run the cases of a file one by one. Raises CaseError for a file that holds none."""
    known = knowledge or load_knowledge()
    for case in read_cases(content, file):
        yield _check_case(case, file, known)


def _check_case(case: Case, file: str, known: Knowledge) -> CaseResult:
    given = dict(case.given)
    log_text = given.pop("log", None)
    answers = dict(given.get("answers") or {})
    if case.gates_assumed is not None:
        answers = {**dict.fromkeys(known.gate_questions, case.gates_assumed), **answers}
    try:
        story = story_of({**given, "answers": answers}, known, today=case.today)
        log = import_log(content=log_text.encode(), today=case.today) if log_text else None
    except (StoryError, FileError) as error:
        return CaseResult(file=file, name=case.name, failures=(f"could not be read: {error}",))
    report = assessment_json(assess(story=story, log=log, today=case.today, knowledge=known))
    return compare_case(case, report, file)


def triage_many(*, columns: Mapping[str, NDArray[Any]], knowledge: Knowledge | None = None) -> NDArray[np.int8]:
    """The triage level of many lifters at once; columns as in `liftback.facts.masks`."""
    # NumPy costs more to import than everything else together, and one story does not need it.
    from liftback.reasoning.triage_many import triage_many as batch  # noqa: PLC0415

    return batch(columns, knowledge or load_knowledge())
