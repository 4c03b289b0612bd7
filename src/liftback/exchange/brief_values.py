"""The brief as JSON values: what a therapist reads in the minute before a call. Everything in it has its place above.

Nothing is said that was not told: a sign that nobody asked about stands among the open questions, never among the
answered ones, and a group of pains is a working group, never a tissue. See `liftback.operations.briefing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from liftback.exchange.load_svg import load_svg, load_weeks, load_words
from liftback.exchange.report_outline import clean
from liftback.exchange.svg_attributes import svg_without_styles
from liftback.facts.answers import write_answer
from liftback.facts.own_words import shown
from liftback.facts.story import Story
from liftback.facts.told import EXTRA, read_told
from liftback.facts.values import Fact, Known
from liftback.facts.words import Signal, read_words
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge

Report = Mapping[str, Any]
STATES = ("present", "unsure", "hypothetical", "past", "other_person", "absent")
"""How a sign in the words is meant, what counts first."""
_COUNT = ("present", "unsure")
_TRIED = ("seen_by", "doing_now", "rehab_dose", "not_ready_loads", "better_with", "worse_with")
"""Questions whose answers say what was done about it so far, and what came of it."""
_TRIED_IN_WORDS = ("medicines",)
_AT_WORST = ("how_it_began", "moment_feel", "pain_now", "pain_worst", "pain_location", "leg_symptoms", "main_lifts")
_CHANCES = 3  # groups told beside the leading one


def signals_in(texts: Mapping[str, str], knowledge: Knowledge) -> list[Signal]:
    """Every sign in the texts, what counts first, each gate and quote once."""
    found = [one for text in texts.values() for one in read_words(text, knowledge)]
    ordered = sorted(found, key=lambda one: (STATES.index(one.state), one.start))
    return list({(one.gate, one.state, one.quote.casefold()): one for one in ordered}.values())


def words_marked(text: str, knowledge: Knowledge) -> list[dict[str, str]]:
    """A text in pieces, in order and whole: `state` is how a sign in the piece is meant, empty for plain words.

    Where two signs lie over each other, the one that counts more is marked.
    """
    taken: list[Signal] = []
    for one in sorted(read_words(text, knowledge), key=lambda one: (STATES.index(one.state), one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    pieces: list[dict[str, str]] = []
    at = 0
    for one in sorted(taken, key=lambda one: one.start):
        pieces.append({"text": text[at : one.start], "state": "", "name": ""})
        pieces.append({"text": text[one.start : one.end], "state": one.state, "name": _gate_name(one.gate, knowledge)})
        at = one.end
    return [piece for piece in (*pieces, {"text": text[at:], "state": "", "name": ""}) if piece["text"]]


# --- warning signs ---------------------------------------------------------------------------------------------------


def gates_told(report: Report | None, signals: Sequence[Signal], knowledge: Knowledge) -> list[dict[str, Any]]:
    """What fired, most urgent first: `name`, `level`, `why`, `quotes` (their own words) and whether it is in doubt."""
    quotes: dict[str, list[Signal]] = {}
    for one in signals:
        if one.state in _COUNT:
            quotes.setdefault(knowledge.gate_questions[one.gate], []).append(one)
    found = [_fired(one, quotes, knowledge) for one in (_triage(report).get("fired_because") or ())]
    named = {one["id"] for one in found}
    found += [_read(gate, read, knowledge) for gate, read in quotes.items() if gate not in named]
    return sorted(found, key=lambda one: -Level[one["level"]])


def _fired(one: Mapping[str, Any], quotes: Mapping[str, Sequence[Signal]], knowledge: Knowledge) -> dict[str, Any]:
    name = knowledge.gates[one["id"]].name if one["id"] in knowledge.gates else ""
    facts = [reason for reason in one.get("because") or () if reason.get("kind") == "fact"]
    return {
        "id": str(one["id"]),
        "name": clean(name),
        "level": str(one["level"]),
        "why": clean(one["why"]),
        "quotes": list(dict.fromkeys(shown(read.quote) for read in quotes.get(str(one["id"]), ()))),
        "answers": [f"{clean(fact['text'])}: {clean(fact['value'])}" for fact in facts if fact.get("value")],
        "doubtful": bool(one.get("unknown")),
        "asked": True,
    }


def _read(gate: str, signals: Sequence[Signal], knowledge: Knowledge) -> dict[str, Any]:
    """A sign that stands in the words and was not asked about: at least as urgent as the open question."""
    levels = [_level_of(one, knowledge) for one in signals]
    return {
        "id": gate,
        "name": clean(knowledge.gates[gate].name),
        "level": max(levels).name,
        "why": "",
        "quotes": list(dict.fromkeys(shown(one.quote) for one in signals)),
        "answers": [],
        "doubtful": all(one.state != "present" for one in signals),
        "asked": False,
    }


def _level_of(signal: Signal, knowledge: Knowledge) -> Level:
    question = knowledge.questions[signal.gate]
    told = question.level_of(signal.choice)
    return question.unresolved_level if told is None else max(told, question.unresolved_level)


def gates_open(report: Report | None, signals: Sequence[Signal], knowledge: Knowledge) -> list[dict[str, Any]]:
    """The warning signs to ask about, the most urgent first: `text`, `short`, `level`, and `why` it is open.

    Without a story all of them, since nothing was asked.
    """
    told = _triage(report)
    # A further question of a gate leaves it open too where it was asked and not answered; triage counts it as such.
    names = list(told.get("unresolved") or ()) if report is not None else list(knowledge.gates)
    doubted = {one.gate: one for one in reversed(signals) if one.state in _COUNT}
    names += [one for one in doubted if one not in names]
    values = {str(one.get("id")): clean(one.get("value")) for one in told.get("because") or ()}
    found = [
        {
            "id": name,
            "text": clean(question.text),
            "short": clean(question.short or question.text),
            "level": question.unresolved_level.name,
            "why": _why_open(doubted.get(name), values.get(name, "")),
        }
        for name, question in ((name, knowledge.questions[name]) for name in names if name in knowledge.questions)
    ]
    return sorted(found, key=lambda one: (one["id"] not in doubted, -Level[one["level"]]))


def _why_open(signal: Signal | None, value: str) -> str:
    if signal is not None:
        return f'wrote "{shown(signal.quote)}"'
    return value.removeprefix("not known (").removesuffix(")") if value.startswith("not known") else ""


def _triage(report: Report | None) -> Mapping[str, Any]:
    return (report or {}).get("triage") or {}


def _gate_name(question: str, knowledge: Knowledge) -> str:
    return clean(knowledge.gates[knowledge.gate_questions[question]].name)


# --- what was found --------------------------------------------------------------------------------------------------


def findings_in_short(report: Report) -> list[dict[str, str]]:
    """Irritability, group of pain, presentation and answer to training: `name`, `value`, `sure`, `more`."""
    stirred, group = report.get("irritability") or {}, report.get("category") or {}
    kind, pattern = report.get("presentation") or {}, report.get("pattern") or {}
    at_least = f"at least {stirred['at_least']}" if stirred.get("at_least") else "not decided yet"
    items = [one for one in stirred.get("items") or () if one.get("level") and one.get("counts")]
    shares = [one for one in group.get("shares") or () if one["name"] != group.get("name")][:_CHANCES]
    spared = ", ".join(clean(one["name"]) for one in (report.get("sensitivities") or {}).get("items") or ())
    rows = [
        ("irritability", stirred.get("value") or at_least, "", _joined(f"{i['name']}: {i['level']}" for i in items)),
        (
            "category",
            group.get("name") or "not clear yet",
            group.get("how_sure"),
            _joined(f"{one['name']}: {one['how_sure']}" for one in shares),
        ),
        ("presentation", kind.get("value") or "not decided yet", kind.get("how_sure"), ""),
        ("pattern", pattern.get("value") or "not enough told yet", pattern.get("how_sure"), ""),
        ("spared", spared or "nothing named yet", "", ""),
    ]
    return [
        {"name": name, "value": _words(value), "sure": _sure(value, sure), "more": _words(more)}
        for name, value, sure, more in rows
    ]


def _sure(value: Any, sure: Any) -> str:
    told = _words(sure or "")
    return "" if told in ("undecided", _words(value)) else told


def _words(value: Any) -> str:
    return clean(str(value).replace("_", " "))


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(clean(part) for part in parts)


def answers_in_short(report: Report) -> list[dict[str, Any]]:
    """The seven answers as the lifter reads them, by their first line."""
    return [
        {
            "number": int(one["number"]),
            "question": clean(one["question"]),
            "headline": clean(one.get("headline")),
        }
        for one in report.get("answers") or ()
    ]


def questions_in_short(report: Report, knowledge: Knowledge) -> list[str]:
    """The questions that would decide what is undecided, warning signs left out, since they stand by themselves."""
    found = (knowledge.questions.get(str(name)) for name in dict.fromkeys(report.get("undecided") or ()))
    return [clean(one.text) for one in found if one is not None and one.gate is None]


def load_in_short(report: Report, *, today: date) -> dict[str, Any] | None:
    """Half a year of training as a picture and in words; None without a log."""
    training = report.get("training")
    weeks = load_weeks(training, today=today)
    if not weeks:
        return None
    elapsed = (report.get("timeline") or {}).get("days_elapsed")
    began = None if elapsed is None else today - timedelta(days=int(elapsed))
    return {
        "svg": svg_without_styles(load_svg(weeks, began=began)),
        "words": load_words(weeks),
        "weeks": [
            {"week": one.monday.isoformat(), "dose": round(one.dose, 1), "sets": one.sets, "tonnes": one.tonnes}
            for one in weeks
            if one.dose is not None
        ],
        "jump": _jump((training or {}).get("biggest_jump")),
    }


def _jump(jump: Mapping[str, Any] | None) -> str:
    if jump is None:
        return ""
    return (
        f"Biggest single step: {_words(jump['pattern'])} on {jump['day']}, {float(jump['ratio']):.1f} times the "
        "biggest of the weeks before. A note about the log, no verdict on the cause."
    )


# --- what was told ---------------------------------------------------------------------------------------------------


def tried(story: Story | None, texts: Mapping[str, str], knowledge: Knowledge, *, today: date) -> list[dict[str, str]]:
    """What was tried, done and found so far: by question, and what the words tell of medicines."""
    found = list(_answered(_TRIED, story, knowledge))
    for text in texts.values():
        for one in read_told(text, knowledge, today):
            if one.question in _TRIED_IN_WORDS:
                values = one.value if isinstance(one.value, tuple) else (one.value,)
                found.append({"name": EXTRA[one.question], "value": ", ".join(map(_words, values))})
    return found


def story_in_short(story: Story | None, knowledge: Knowledge) -> list[dict[str, str]]:
    """How it began and how it is, by question and answer."""
    return list(_answered(_AT_WORST, story, knowledge))


def _answered(names: Sequence[str], story: Story | None, knowledge: Knowledge) -> Iterator[dict[str, str]]:
    for name in names:
        fact = story.answers.get(name) if story is not None else None
        question = knowledge.questions[name]
        if isinstance(fact, Known):
            labels = {one.id: one.label for one in question.choices}
            values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
            told = ", ".join(clean(labels.get(str(one), _number(one))) for one in values)
            yield {"name": clean(question.short or question.text), "value": told}


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def about(story: Story | None) -> dict[str, str]:
    """Age and sex as told; empty where they were not."""
    found: Mapping[str, Fact] = {} if story is None else story.answers
    return {name: str(write_answer(found[name]) or "") if name in found else "" for name in ("age", "sex", "contact")}
