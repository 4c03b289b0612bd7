"""Words that only this lifter's story can fill in, each with the reasons it rests on.

A statement that names a slot is said only when the slot could be filled, so nothing is ever said about what
we do not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from liftback.facts.values import Facts
from liftback.knowledge.entries import Statement
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.assessment import Findings
from liftback.reasoning.findings import SLOT, Reason, Said, fact_reason, say
from liftback.reasoning.triage import Triage


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
        "pain_words": _pain(facts),
        "moment_words": _chosen("moment_feel", facts, knowledge, joined_by=" and "),
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


_LAST_IN_DAYS, _LAST_IN_WEEKS, _WEEK, _MONTH, _YEAR = 13, 83, 7, 30.4, 365


def time_ago(days: int) -> str:
    """Days since a day, in the words a person would use."""
    if days <= 1:
        return "yesterday" if days == 1 else "today"
    if days <= _LAST_IN_DAYS:
        return f"{days} days ago"
    if days <= _LAST_IN_WEEKS:
        return f"about {round(days / _WEEK)} weeks ago"
    return f"about {round(days / _MONTH)} months ago" if days < _YEAR else "more than a year ago"


def _pain(facts: Facts) -> Slot | None:
    now, worst = facts.number("pain_now"), facts.number("pain_worst")
    parts = [f"{now:g} out of ten now"] if now is not None else []
    parts += [f"{worst:g} at its worst in the last day"] if worst is not None else []
    if not parts:
        return None
    text = " and ".join(parts)
    return Slot(text=text, because=(Reason(kind="fact", id="pain_now", text="Pain", value=text),))


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


def _triage_slots(triage: Triage, facts: Facts, knowledge: Knowledge) -> dict[str, Slot | None]:
    net = triage.safety_net
    return {
        "summary_words": _listed((triage.summary,), triage.because),
        "do_words": _listed(triage.actions.do, triage.because),
        "say_words": _listed(triage.actions.say, triage.because),
        "do_not_words": _listed(triage.actions.do_not, triage.because),
        "fired_words": _listed((one.why for one in triage.fired), triage.because),
        "watch_words": _listed(net.watch_for, ()),
        "when_words": _listed((net.when, net.where), ()),
        "open_words": _listed(
            (_short(gate, knowledge) for gate in triage.unresolved),
            tuple(fact_reason(gate, facts, knowledge) for gate in triage.unresolved),
        ),
    }


def _short(question: str, knowledge: Knowledge) -> str:
    entry = knowledge.questions[question]
    return entry.short or entry.text


def _listed(items: Iterable[str], because: tuple[Reason, ...]) -> Slot | None:
    # Items are whole sentences in some places and phrases in others; either reads well between semicolons.
    words = [item.strip().rstrip(".") for item in items if item.strip()]
    text = "; ".join(dict.fromkeys(words))
    if not text:
        return None
    shown = Reason(kind="rule", id="triage", text="From the triage above", value=text)
    return Slot(text=text, because=(*because, shown))


def _finding_slots(findings: Findings, knowledge: Knowledge) -> dict[str, Slot | None]:
    del knowledge
    return {"shift_words": _shift(findings)}


def _shift(findings: Findings) -> Slot | None:
    factors = findings.timeline.factors
    text = "; ".join(dict.fromkeys(reason.text for reason in factors))
    return Slot(text=text, because=tuple(factors)) if text else None
