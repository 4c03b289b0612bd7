"""What to aim for this week around training: sleep, food, drink, stress, pills and walking, with what matters most.

The states and the one or two that matter most come from the foundations; nothing is graded twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from liftback.facts.values import Facts
from liftback.knowledge.entries import Statement
from liftback.knowledge.plans import PlanKnowledge
from liftback.reasoning.findings import Reason, Said, fact_reason, say, say_group, unique
from liftback.reasoning.foundations import COULD_HELP, GOOD, UNKNOWN, FoundationItem, Foundations
from liftback.reasoning.response_pattern import HOURS_A_DAY

# Each target with the foundation that it belongs to, in the order of reading; none has its state elsewhere.
ROWS = (
    ("sleep", "sleep"), ("protein", "eating"), ("fluids", "fluids"), ("stress", "stress"), ("alcohol", "alcohol"),
    ("pills", ""), ("walking", ""), ("exercises", "rehab_dose"), ("loads", "not_ready_loads"),
)  # fmt: skip
_WEIGHT = "body_weight"
_PUBLISHED, _OWN = "published", "design_default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One target of the week: its words, how it stands now (good, could_help, unknown), and whether to begin with it.

    `certainty` is published only where every number shown is; `sources` are those of the words.
    """

    id: str
    name: str
    text: Said
    state: str
    state_words: str
    sources: tuple[str, ...]
    certainty: str
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The targets of a week. `first` names the one or two that matter most now, most first; empty where none does."""

    headline: tuple[Said, ...]
    first: tuple[str, ...]
    rows: tuple[Target, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]


def weekly_targets(foundations: Foundations, facts: Facts, knowledge: PlanKnowledge) -> Targets:
    """The targets of this lifter's week, from the foundations and the facts."""
    first = _first(foundations, knowledge)
    items = {item.id: item for item in foundations.items}
    rows = tuple(replace(_row(name, items.get(of), facts, knowledge), first=name in first) for name, of in ROWS)
    names = {row.id: row.name for row in rows}
    return Targets(
        headline=_headline([names[name] for name in first], knowledge),
        first=first,
        rows=rows,
        because=unique((*foundations.because, *(reason for row in rows for reason in row.text.because))),
        undecided=_undecided(foundations, facts, knowledge),
    )


def _first(foundations: Foundations, knowledge: PlanKnowledge) -> tuple[str, ...]:
    """The targets of the foundations that are worth most now, in their order."""
    targets = {of: name for name, of in ROWS if of}
    groups = (knowledge.known.statements[said.id].group for said in foundations.worth_most)
    return tuple(targets[group.removeprefix("foundations.")] for group in groups)


def _headline(names: Sequence[str], knowledge: PlanKnowledge) -> tuple[Said, ...]:
    name = "plans.targets_first" if names else "plans.targets_none_first"
    said = say(knowledge.known.statements[name], Facts({}), knowledge.known, {"names": ", ".join(names)})
    return () if said is None else (said,)


def _row(name: str, item: FoundationItem | None, facts: Facts, knowledge: PlanKnowledge) -> Target:
    statement, text = _words(name, facts, knowledge)
    shown = [reason.certainty for reason in text.because if reason.kind == "parameter"]
    return Target(
        id=name,
        name=statement.word("name"),
        text=text,
        state=item.state if item is not None else _pills(facts) if name == "pills" else UNKNOWN,
        state_words=item.text if item is not None else "",
        sources=text.sources,
        certainty=_PUBLISHED if shown and all(one == _PUBLISHED for one in shown) else _OWN,
        first=False,
    )


def _pills(facts: Facts) -> str:
    """How it stands with pills: could help with pills so as to train, good where that was not chosen."""
    if not facts.known("doing_now"):
        return UNKNOWN
    return COULD_HELP if "pills_to_train" in facts.chosen("doing_now") else GOOD


# --- words ---------------------------------------------------------------------------------------------------------


def _words(name: str, facts: Facts, knowledge: PlanKnowledge) -> tuple[Statement, Said]:
    """The first statement of a target that holds, among those that fit this lifter."""
    grams = _grams(facts, knowledge) if name == "protein" else None
    left_out = {
        "plans.targets_protein_grams": grams is None,
        "plans.targets_alcohol_tweak": not _just_tweaked(facts, knowledge),
    }
    for statement in knowledge.known.group(f"plans.targets_{name}"):
        said = None
        if not left_out.get(statement.id, False):
            said = say(statement, facts, knowledge.known, {"grams": grams or ""})
        if said is not None:
            return statement, said if grams is None else _weighed(said, facts, knowledge)
    raise AssertionError(f"plans.targets_{name} must always hold something")


def _weighed(said: Said, facts: Facts, knowledge: PlanKnowledge) -> Said:
    return replace(said, because=(fact_reason(_WEIGHT, facts, knowledge.known), *said.because))


def _grams(facts: Facts, knowledge: PlanKnowledge) -> str | None:
    """Grams of protein a day as a range, None while body weight is not known."""
    weight = facts.number(_WEIGHT)
    if weight is None or weight <= 0:
        return None
    least, most = knowledge.known.parameters["foundations.protein_per_kg"].numbers
    return f"{round(weight * least)}–{round(weight * most)}"


def _just_tweaked(facts: Facts, knowledge: PlanKnowledge) -> bool:
    """Whether the hours without alcohol after a tweak may still run: only the day is known, so its end counts."""
    days = facts.number("days_since_onset")
    if days is None or days < 0 or say_group("plans.first_days_not_for", facts, knowledge.known):
        return False
    return days * HOURS_A_DAY <= knowledge.known.number("seven_answers.no_alcohol")


def _undecided(foundations: Foundations, facts: Facts, knowledge: PlanKnowledge) -> tuple[str, ...]:
    """What would tell more: what the foundations ask for, what is done now, and body weight where it is asked for."""
    more = [name for name in ("doing_now", _WEIGHT) if name in knowledge.known.questions and not facts.known(name)]
    return tuple(dict.fromkeys((*foundations.undecided, *more)))
