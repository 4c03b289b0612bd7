"""Words that only this lifter's story can fill in, each with the reasons it rests on.

A statement that names a slot is said only when the slot could be filled, so nothing is ever said about what
we do not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from liftback.facts.evaluation import holds
from liftback.facts.values import Facts
from liftback.knowledge.entries import Level, Statement
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.assessment import Findings
from liftback.reasoning.findings import SLOT, Reason, Said, fact_reason, say
from liftback.reasoning.time_words import MONTH, WEEK, YEAR, span_words
from liftback.reasoning.timeline import Timeline
from liftback.reasoning.triage import Fired, Triage, calling
from liftback.training.summary import TrainingSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Words for one slot, and why they are said."""

    text: str
    because: tuple[Reason, ...]


Slots = Mapping[str, Slot]


def say_ready(group: str, facts: Facts, knowledge: Knowledge, slots: Slots) -> tuple[Said, ...]:
    """Everything of a group that holds for this lifter and whose slots could all be filled, in written order."""
    said = (_say(statement, facts, knowledge, slots) for statement in knowledge.group(group))
    return tuple(one for one in said if one is not None)


def _say(statement: Statement, facts: Facts, knowledge: Knowledge, slots: Slots) -> Said | None:
    if holds(statement.when, facts) is not True:
        return None
    named = [name for name in SLOT.findall(statement.text) if name not in knowledge.parameters]
    if any(name not in slots for name in named):
        return None
    said = say(statement, facts, knowledge, {name: slots[name].text for name in named})
    if said is None:
        return None
    return replace(said, because=(*said.because, *(reason for name in named for reason in slots[name].because)))


def personal_slots(findings: Findings, facts: Facts, knowledge: Knowledge) -> Slots:
    """All slots that this lifter's facts and findings can fill."""
    found: dict[str, Slot | None] = {
        "since": _since(facts),
        "pain_words": _pain(facts, knowledge),
        "moment_words": _chosen("moment_feel", facts, knowledge, joined_by=" and "),
        "log_words": _log(findings.training, knowledge),
        "worse_words": _worse_and_better(facts, knowledge),
        **_triage_slots(findings.triage, facts, knowledge),
        **_finding_slots(findings, knowledge),
    }
    return {name: slot for name, slot in found.items() if slot is not None}


def _since(facts: Facts) -> Slot | None:
    days = facts.number("days_since_onset")
    if days is None:
        return None
    text = time_ago(int(days))
    return Slot(text=text, because=(Reason(kind="fact", id="days_since_onset", text="When it began", value=text),))


_LAST_IN_DAYS = 13
_LAST_IN_WEEKS = 83


def time_ago(days: int) -> str:
    """Days since a day, in the words a person would use."""
    if days <= 1:
        return "yesterday" if days == 1 else "today"
    if days <= _LAST_IN_DAYS:
        return f"{days} days ago"
    if days <= _LAST_IN_WEEKS:
        return f"about {round(days / WEEK)} weeks ago"
    return f"about {round(days / MONTH)} months ago" if days < YEAR else "more than a year ago"


def _pain(facts: Facts, knowledge: Knowledge) -> Slot | None:
    now, worst = facts.number("pain_now"), facts.number("pain_worst")
    parts = [f"{now:g} out of ten now"] if now is not None else []
    parts += [f"{worst:g} at its worst in the last day"] if worst is not None else []
    if not parts:
        return None
    told = [name for name in ("pain_now", "pain_worst") if facts.known(name)]
    return Slot(text=" and ".join(parts), because=tuple(fact_reason(name, facts, knowledge) for name in told))


def _chosen(name: str, facts: Facts, knowledge: Knowledge, *, joined_by: str) -> Slot | None:
    statement = knowledge.statements[f"seven_answers.{name}_words"]
    words = [word for choice in facts.chosen(name) if (word := statement.word(choice))]
    if not words:
        return None
    return Slot(text=joined(words, joined_by), because=(fact_reason(name, facts, knowledge),))


def joined(words: Iterable[str], last: str = " and ") -> str:
    """Words in a row: a, b and c."""
    listed = list(words)
    return ", ".join(listed[:-1]) + last + listed[-1] if len(listed) > 1 else "".join(listed)


def _worse_and_better(facts: Facts, knowledge: Knowledge) -> Slot | None:
    worse = _chosen("worse_with", facts, knowledge, joined_by=" and ")
    better = _chosen("better_with", facts, knowledge, joined_by=" and ")
    parts = [f"what sets you off is {worse.text}"] if worse else []
    parts += [f"what eases you is {better.text}"] if better else []
    because = tuple(reason for slot in (worse, better) if slot for reason in slot.because)
    return Slot(text=", and ".join(parts), because=because) if parts else None


def _log(summary: TrainingSummary | None, knowledge: Knowledge) -> Slot | None:
    if summary is None or summary.usual_week is None:
        return None
    names = knowledge.statements["seven_answers.pattern_words"]
    patterns = [(total, names.word(total.pattern)) for total in summary.by_pattern]
    heavy = [f"{total.share * 100:.0f} % are {name}" for total, name in patterns if name]
    days = f"{summary.usual_week.sessions:g} training days in your usual week, {summary.hard_sets:,} hard sets in all"
    text = f"{days}, of which {joined(heavy)}" if heavy else days
    return Slot(text=text, because=(Reason(kind="fact", id="log", text="Your training log", value=text, source="log"),))


def _triage_slots(triage: Triage, facts: Facts, knowledge: Knowledge) -> dict[str, Slot | None]:
    net = triage.safety_net
    return {
        "summary_words": _listed((triage.summary,), triage.because),
        "do_words": _listed(triage.actions.do, triage.because),
        "say_words": _listed(triage.actions.say, triage.because),
        "do_not_words": _listed(triage.actions.do_not, triage.because),
        "fired_words": _listed((one.why for one in _heard(triage)), triage.because),
        "watch_words": _listed(net.watch_for, ()),
        "when_words": _listed((net.when, net.where), ()),
        "open_words": _open(triage, facts, knowledge),
    }


def _heard(triage: Triage) -> tuple[Fired, ...]:
    return calling(triage.fired, triage.level) if triage.level >= Level.same_day else triage.fired


def _open(triage: Triage, facts: Facts, knowledge: Knowledge) -> Slot | None:
    if not triage.undecided:
        return None
    text = named_questions(triage.undecided, int(knowledge.number("seven_answers.open_shown")), knowledge)
    reasons = (fact_reason(question, facts, knowledge) for question in triage.undecided)
    return Slot(text=text, because=(*reasons, Reason(kind="rule", id="triage", text="Still open", value=text)))


def named_questions(names: tuple[str, ...], shown: int, knowledge: Knowledge) -> str:
    """The first questions by their short names, and how many more there are."""
    questions = [knowledge.questions[name] for name in names if name in knowledge.questions]
    words = [(question.short or question.text).rstrip("?").strip() for question in questions[:shown]]
    more = len(questions) - len(words)
    return "; ".join([*words, f"and {more} more"] if more else words)


def _listed(items: Iterable[str], because: tuple[Reason, ...]) -> Slot | None:
    words = [item.strip().rstrip(".") for item in items if item.strip()]
    text = ". ".join(dict.fromkeys(words))
    if not text:
        return None
    shown = Reason(kind="rule", id="triage", text="From the triage above", value=text)
    return Slot(text=text, because=(*because, shown))


def _finding_slots(findings: Findings, knowledge: Knowledge) -> dict[str, Slot | None]:
    return {
        "shift_words": _shift(findings, knowledge),
        "daily_half": _half("daily_life", findings.timeline),
        "worth_words": _worth(findings),
        **_category_slots(findings),
    }


def _half(name: str, timeline: Timeline) -> Slot | None:
    """The middle half of people for one outcome, in words."""
    for outcome in timeline.outcomes:
        if outcome.id == name:
            text = span_words(*outcome.half)
            range_found = Reason(kind="rule", id=f"timeline.{name}", text=f"{outcome.name}: middle half", value=text)
            return Slot(text=text, because=(range_found, *timeline.because))
    return None


def _worth(findings: Findings) -> Slot | None:
    worth = findings.foundations.worth_most
    names = [name.lower() for one in worth if (name := dict(one.data).get("name", ""))]
    because = tuple(reason for one in worth for reason in one.because)
    return Slot(text=joined(names), because=because) if names else None


def _shift(findings: Findings, knowledge: Knowledge) -> Slot | None:
    words = knowledge.statements["seven_answers.shift_words"]
    ways: dict[str, list[str]] = {"later": [], "sooner": []}
    for reason in findings.timeline.factors:
        way = "later" if "later" in reason.value else "sooner"
        ways[way].append(words.word(reason.id.removeprefix("timeline.")))
    text = "; ".join(f"{way}: {joined(named)}" for way, named in ways.items() if named)
    return Slot(text=text, because=tuple(findings.timeline.factors)) if text else None


def _category_slots(findings: Findings) -> dict[str, Slot | None]:
    category = findings.category
    if category.value is None:
        return {}
    return {
        "category_name": Slot(text=category.name, because=category.because),
        "category_sure": Slot(text=category.how_sure, because=()),
    }
