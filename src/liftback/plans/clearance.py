"""Clearance: which criteria are met for each of a lifter's own lifts and for the back, and who says so.

Criteria are data; the facts they read are worked out here from the record and the diary. Where something was not
told, two facts keep apart what is sure from what is not: `_told` is the worst told so far (it can only fail a
criterion), `_at_least` what holds whatever the rest is (it can only meet one). So taking a fact away never meets a
criterion. Nobody is cleared by a computer: met criteria still need a name, the therapist's or the lifter's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from liftback.facts.diary import Diary
from liftback.facts.evaluation import Truth, evaluate, unknown_leaves
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.knowledge.conditions import Compare, leaves
from liftback.knowledge.entries import Level, Statement
from liftback.knowledge.plan_entries import Criterion
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.record import Judged, Record
from liftback.reasoning.findings import Reason, Said, fact_reason, parameter_reason, say, say_group, unique
from liftback.reasoning.triage import choice_of
from liftback.reasoning.votes import rule_reason

_REMEMBERED = 8192  # judged criteria kept in memory
STAGES = ("train", "heavy", "unrestricted")
STATES = ("not_clearable", "open", "criteria_met", "self_declared", "signed", "signed_with_open")
SIGNED = ("self_declared", "signed", "signed_with_open")
SIGNERS = ("therapist", "lifter")
# Facts of one lift that are answers: each question is asked of each lift, and its fact is named by `lift_answer`.
ASKED_OF_EACH = {"record.confidence": "lift_confidence", "record.function": "lift_function"}
_BEHIND = {"record.side_plank_weaker": "side_plank_", "record.side_plank_difference": "side_plank_"}
_SETTLED = {"at_once": "no", "same_day": "no", "two_days": "yes", "longer": "yes", "not_yet": "yes"}
_UNTOLD = Unknown(why="not everything was told")
_NOTHING = Unknown(why="nothing is recorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who says that it is clearance: a therapist, or the lifter for themselves. Raises ValueError without a name."""

    by: str
    name: str
    day: date

    def __post_init__(self) -> None:
        if self.by not in SIGNERS:
            raise ValueError(f"a signature is by one of {SIGNERS}, not {self.by!r}")
        if not self.name.strip():
            raise ValueError("a signature needs a name")


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFound:
    """One criterion for one lift (or for the back: `lift` is empty): met, not met, or None while not known.

    `text` says which, `because` the evidence from the record, `missing` what is not known, in words, and `undecided`
    the questions that would tell.
    """

    id: str
    name: str
    scope: str
    stage: str
    domain: str
    lift: str
    optional: bool
    met: Truth
    text: Said
    because: tuple[Reason, ...]
    missing: tuple[str, ...]
    undecided: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftClearance:
    """The criteria of one lift, the last stage that is met whole (None before the first), and what is open."""

    lift: str
    stage: str | None
    criteria: tuple[CriterionFound, ...]
    open: tuple[CriterionFound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Where a lifter stands.

    `value` is one of STATES; `cleared` is true for signed and self_declared only. `held` says why it cannot be
    judged at all. `stage` is the last stage met by every lift and the back. `open` are all needed criteria that are
    not met or not known. `signature` is kept whatever the state. `after` (what to watch for), `maintenance` and
    their figures are said once somebody has signed.
    """

    value: str
    cleared: bool
    stage: str | None
    held: tuple[Said, ...]
    lifts: tuple[LiftClearance, ...]
    overall: tuple[CriterionFound, ...]
    open: tuple[CriterionFound, ...]
    signature: Signature | None
    headline: tuple[Said, ...]
    about: tuple[Said, ...]
    after: tuple[Said, ...]
    maintenance: tuple[Said, ...]
    undecided: tuple[str, ...]
    because: tuple[Reason, ...]


def lift_answer(question: str, lift: str) -> str:
    """The name of the fact that answers a question asked of each lift."""
    return f"{question}:{lift}"


# --- what the record shows -----------------------------------------------------------------------------------------


def record_facts(
    record: Record, lift: str | None, facts: Facts, diary: Diary, *, today: date, knowledge: PlanKnowledge
) -> Facts:
    """The facts with those that the record and the diary show of one lift, or of the back when `lift` is None.

    Answers of the stage `clearance` that are too old count as not known. What is dated after today is left out.
    """
    return _with_record(record, lift, _fresh(facts, today, knowledge), diary, today=today, knowledge=knowledge)


def _with_record(
    record: Record, lift: str | None, told: Facts, diary: Diary, *, today: date, knowledge: PlanKnowledge
) -> Facts:
    found = {**_day_pain(diary, today, knowledge), **_side_planks(told)}
    if lift is not None:
        exposures = [one for one in record.of(lift) if one.done.day <= today]
        found |= _looking_back(exposures, knowledge) | _runs(exposures, knowledge) | _shares(exposures, knowledge)
        found |= {name: told[lift_answer(question, lift)] for name, question in ASKED_OF_EACH.items()}
    return told.adding(found)


def _fresh(facts: Facts, today: date, knowledge: PlanKnowledge) -> Facts:
    longest = timedelta(days=knowledge.known.number("plans.clearance_answer_days"))
    old: dict[str, Fact] = {}
    for name in facts:
        fact, question = facts[name], knowledge.known.questions.get(name.partition(":")[0])
        asked_here = question is not None and question.stage == "clearance"
        if asked_here and isinstance(fact, Known) and fact.when is not None and today - fact.when > longest:
            old[name] = Unknown(why=f"told too long ago, on {fact.when}")
    return facts.adding(old)


def _day_pain(diary: Diary, today: date, knowledge: PlanKnowledge) -> dict[str, Fact]:
    days = [today - timedelta(days=back) for back in range(int(knowledge.known.number("plans.clearance_days")))]
    return _peak("worst_pain_7_days", [diary.pain_on(day) for day in days], len(days), today)


def _side_planks(told: Facts) -> dict[str, Fact]:
    left, right = told.number("side_plank_left"), told.number("side_plank_right")
    if left is None or right is None:
        return {}
    longer = max(left, right)
    difference = abs(left - right) / longer * 100 if longer else 0.0
    return {
        "record.side_plank_weaker": Known(value=min(left, right), source="record"),
        "record.side_plank_difference": Known(value=difference, source="record"),
    }


def _peak(name: str, values: Sequence[float | None], needed: int, when: date | None) -> dict[str, Fact]:
    """The worst of the values told, and the worst of all when none is missing."""
    told = [value for value in values if value is not None]
    worst: Fact = Known(value=max(told), source="record", when=when) if told else _NOTHING
    whole = len(told) == len(values) and len(values) >= needed
    return {f"record.{name}_told": worst, f"record.{name}": worst if whole else _UNTOLD if told else _NOTHING}


def _sure(name: str, least: float, days: Sequence[date], *, certain: bool) -> dict[str, Fact]:
    """What holds whatever was not told, and the same as the whole truth when all was told."""
    on = ", ".join(str(day) for day in days)
    fact = Known(value=float(least), source="record", when=max(days, default=None), quote=on)
    return {f"record.{name}_at_least": fact, f"record.{name}": fact if certain else _UNTOLD}


def _looking_back(exposures: list[Judged], knowledge: PlanKnowledge) -> dict[str, Fact]:
    needed = int(knowledge.known.number("plans.clearance_exposures"))
    last = exposures[-needed:]
    when = last[-1].done.day if last else None
    settled = [_SETTLED.get(str(one.done.told.value("settled"))) for one in last]
    slowly: Fact = _UNTOLD if settled else _NOTHING
    if "yes" in settled or (len(settled) >= needed and None not in settled):
        slowly = Known(value="yes" if "yes" in settled else "no", source="record", when=when)
    heavy = knowledge.known.number("plans.clearance_heavy_share")
    wanted = int(knowledge.known.number("plans.clearance_clean_heavy"))
    # One without a weight may have been heavy, so it takes its place and leaves the answer open.
    maybe = [one for one in exposures if one.own_lift and (one.share is None or _percent(one.share) >= heavy)][-wanted:]
    rises = [None if one.share is None else _rise(one) for one in maybe]
    return {
        **_peak("lift_pain_last", [one.done.told.number("pain_during") for one in last], needed, when),
        **_peak("rise_next_morning", [_rise(one) for one in last], needed, when),
        **_peak("rise_after_heavy", rises, wanted, maybe[-1].done.day if maybe else None),
        "record.settled_slowly": slowly,
    }


def _rise(one: Judged) -> float | None:
    before, morning = one.done.told.number("pain_before"), one.done.told.number("pain_next_morning")
    return None if before is None or morning is None else morning - before


def _clean(one: Judged) -> Truth:
    """Whether an exposure was clean: green with the next morning told. None while that is not known."""
    if one.light is None:
        return None
    if one.light != "green":
        return False
    return True if one.done.told.known("pain_next_morning") else None


def _runs(exposures: list[Judged], knowledge: PlanKnowledge) -> dict[str, Fact]:
    """How many clean exposures, and clean heavy ones, there are in a row up to the last."""
    heavy = knowledge.known.number("plans.clearance_heavy_share")
    clean: list[Judged] = []
    certain = True
    for one in reversed(exposures):
        if _clean(one) is not True:
            certain = _clean(one) is False
            break
        clean.append(one)
    hard = [one for one in clean if one.own_lift and one.share is not None and _percent(one.share) >= heavy]
    weighed = certain and all(one.share is not None for one in clean if one.own_lift)
    if not exposures:
        names = ("clean_in_row", "clean_heavy_in_row", "heavy_span_days")
        return {f"record.{name}{end}": _NOTHING for name in names for end in ("", "_at_least")}
    days, hard_days = sorted(one.done.day for one in clean), sorted(one.done.day for one in hard)
    span = (hard_days[-1] - hard_days[0]).days if hard_days else 0
    return {
        **_sure("clean_in_row", len(clean), days, certain=certain),
        **_sure("clean_heavy_in_row", len(hard), hard_days, certain=weighed),
        **_sure("heavy_span_days", span, hard_days, certain=weighed),
    }


def _shares(exposures: list[Judged], knowledge: PlanKnowledge) -> dict[str, Fact]:
    """The largest share of the earlier best done clean since the last red, by the effort that each stage allows."""
    since: list[Judged] = []
    certain = True
    for one in reversed(exposures):
        if one.light == "red" or _clean(one) is None:
            certain = one.light == "red"
            break
        since.append(one)
    tried = [one for one in since if one.own_lift and _clean(one) is True]
    found: dict[str, Fact] = {}
    for stage in STAGES:
        limit = knowledge.known.number(f"plans.clearance_{stage}_effort")
        known = [(_percent(one.share), one.done.day) for one in tried if one.share is not None and _within(one, limit)]
        best = max(known, default=None, key=lambda pair: pair[0])
        whole = certain and all(one.share is not None and one.done.effort is not None for one in tried)
        share, days = (best[0], [best[1]]) if best else (0.0, [])
        found |= _sure(f"share_{stage}", share, days, certain=whole)
    return found if exposures else dict.fromkeys(found, _NOTHING)


def _percent(share: float) -> float:
    return share * 100


def _within(one: Judged, limit: float) -> bool:
    return one.done.effort is not None and one.done.effort <= limit


# --- the verdict ---------------------------------------------------------------------------------------------------


def clearance(
    record: Record,
    facts: Facts,
    diary: Diary,
    lifts: Sequence[str],
    signed: Signature | None,
    *,
    today: date,
    triage_level: Level,
    knowledge: PlanKnowledge,
) -> Clearance:
    """Judge every criterion for every lift and for the back, and say who has said so.

    Without lifts nothing can be cleared. A signature dated after today does not count yet. A therapist's signature
    over open criteria is kept and shown with them; a lifter's own declaration needs every criterion.
    """
    known = knowledge.known
    told = _fresh(facts, today, knowledge)  # once for all lifts
    overall_facts = _with_record(record, None, told, diary, today=today, knowledge=knowledge)
    overall = _judged("overall", "", overall_facts, knowledge)
    each = tuple(
        _lift(lift, _with_record(record, lift, told, diary, today=today, knowledge=knowledge), knowledge)
        for lift in dict.fromkeys(lifts)
    )
    everything = (*(one for lift in each for one in lift.criteria), *overall)
    unresolved = tuple(name for name in known.gate_questions if choice_of(name, facts, known) is None)
    held = _held(facts, unresolved, triage_level, knowledge)
    still = _open(everything)
    counted = signed if signed is not None and signed.day <= today else None
    value = _state(bool(held), bool(each) and not still, counted)
    return Clearance(
        value=value,
        cleared=value in ("signed", "self_declared"),
        stage=_stage(everything) if each else None,
        held=held,
        lifts=each,
        overall=overall,
        open=still,
        signature=signed,
        headline=_headline(value, still, counted, knowledge),
        about=say_group("plans.clearance_about", overall_facts, known),
        after=say_group("plans.clearance_after", overall_facts, known) if value in SIGNED else (),
        maintenance=say_group("plans.clearance_maintenance", overall_facts, known) if value in SIGNED else (),
        undecided=tuple(dict.fromkeys((*unresolved, *(name for one in still for name in one.undecided)))),
        because=unique((*rule_reason("plans.clearance_rule_all", facts, known), *(r for s in held for r in s.because))),
    )


def _state(held: bool, ready: bool, signed: Signature | None) -> str:
    if held:
        return "not_clearable"
    if signed is None or signed.by == "lifter":
        return "open" if not ready else "criteria_met" if signed is None else "self_declared"
    return "signed" if ready else "signed_with_open"


def _held(facts: Facts, unresolved: tuple[str, ...], level: Level, knowledge: PlanKnowledge) -> tuple[Said, ...]:
    """Why there is no talk of clearance: the triage level, or a warning sign without a plain answer."""
    found = []
    if level > Level.routine:
        reason = Reason(kind="fact", id="finding.triage", text="Triage level", value=level.name.replace("_", " "))
        found.append(_held_said("level", (reason,), knowledge))
    if unresolved:
        reasons = tuple(fact_reason(name, facts, knowledge.known) for name in unresolved)
        found.append(_held_said("gate", reasons, knowledge))
    return tuple(found)


def _held_said(why: str, because: tuple[Reason, ...], knowledge: PlanKnowledge) -> Said:
    statement = knowledge.known.statements[f"plans.clearance_held_{why}"]
    return Said(id=statement.id, text=statement.text, kind=statement.kind, sources=statement.sources, because=because)


def _headline(
    value: str, still: tuple[CriterionFound, ...], signed: Signature | None, knowledge: PlanKnowledge
) -> tuple[Said, ...]:
    slots = {
        "open": _named(still) or "which lifts are your own main ones",
        "name": signed.name if signed is not None else "",
        "day": str(signed.day) if signed is not None else "",
    }
    said = say_group(f"plans.clearance_state_{value}", Facts({}), knowledge.known, slots)
    if value == "open" and signed is not None and signed.by == "lifter":
        said += say_group("plans.clearance_declared_open", Facts({}), knowledge.known, slots)
    return said


def _named(still: tuple[CriterionFound, ...]) -> str:
    """The names of open criteria, each once, with how many lifts it is open for."""
    lifts: dict[str, set[str]] = {}
    for one in still:
        lifts.setdefault(one.name, set()).update({one.lift} - {""})
    return "; ".join(f"{name} ({', '.join(sorted(of))})" if len(of) == 1 else name for name, of in lifts.items())


def _lift(lift: str, facts: Facts, knowledge: PlanKnowledge) -> LiftClearance:
    criteria = _judged("lift", lift, facts, knowledge)
    return LiftClearance(lift=lift, stage=_stage(criteria), criteria=criteria, open=_open(criteria))


def _judged(scope: str, lift: str, facts: Facts, knowledge: PlanKnowledge) -> tuple[CriterionFound, ...]:
    return tuple(
        _criterion(place, lift, tuple((name, facts[name]) for name in names), knowledge)
        for place, names in _read_by(scope, knowledge)
    )


@lru_cache(maxsize=len(STAGES))
def _read_by(scope: str, knowledge: PlanKnowledge) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The place of each criterion of a scope, with the facts that it reads."""
    return tuple(
        (place, tuple(dict.fromkeys(leaf.fact for leaf in leaves(one.when))))
        for place, one in enumerate(knowledge.criteria)
        if one.scope == scope
    )


def _open(criteria: Sequence[CriterionFound]) -> tuple[CriterionFound, ...]:
    return tuple(one for one in criteria if not one.optional and one.met is not True)


def _stage(criteria: Sequence[CriterionFound]) -> str | None:
    reached = None
    for stage in STAGES:
        if any(one.stage == stage for one in _open(criteria)):
            break
        reached = stage
    return reached


@lru_cache(maxsize=_REMEMBERED)  # it reads few facts, and most lifters of a day share them
def _criterion(place: int, lift: str, told: tuple[tuple[str, Fact], ...], knowledge: PlanKnowledge) -> CriterionFound:
    one, facts = knowledge.criteria[place], Facts(dict(told))
    trace = evaluate(one.when, facts)
    words = {True: one.met, False: one.missing, None: one.asks}[trace.value]
    statement = Statement(id=f"criterion.{one.id}", topic="plans", group="criteria", text=words, kind="default")
    text = say(statement, facts, knowledge.known, {"lift": lift})
    if text is None:
        raise ValueError(f"{one.id} has nothing to say")
    unknown = tuple(dict.fromkeys(leaf.fact for leaf in unknown_leaves(trace)))
    return CriterionFound(
        id=one.id,
        name=one.name,
        scope=one.scope,
        stage=one.stage,
        domain=one.domain,
        lift=lift,
        optional=one.optional,
        met=trace.value,
        text=text,
        because=unique((*_evidence(one, facts, knowledge), *text.because)),
        missing=tuple(_why_unknown(name, facts, knowledge) for name in unknown),
        undecided=tuple(dict.fromkeys(q for name in unknown for q in _questions(name, lift, knowledge))),
    )


def _evidence(one: Criterion, facts: Facts, knowledge: PlanKnowledge) -> Iterator[Reason]:
    """Every known fact that the criterion reads, and every number that it is held against."""
    for leaf in leaves(one.when):
        whole = leaf.fact.removesuffix("_told").removesuffix("_at_least")
        if facts.known(leaf.fact) and (whole == leaf.fact or not facts.known(whole)):
            yield _shown(leaf.fact, facts, knowledge)
        if isinstance(leaf, Compare):
            yield parameter_reason(knowledge.known.parameters[leaf.parameter])


def _shown(name: str, facts: Facts, knowledge: PlanKnowledge) -> Reason:
    fact = facts[name]
    if not name.startswith("record.") or not isinstance(fact, Known):
        return fact_reason(name, facts, knowledge.known)
    value = f"{fact.value:.4g}" if isinstance(fact.value, float) else str(fact.value)
    dated = f"{value} (on {fact.quote})" if fact.quote else value
    return Reason(kind="fact", id=name, text=_called(name, knowledge), value=dated, source=fact.source, when=fact.when)


def _called(name: str, knowledge: PlanKnowledge) -> str:
    if name.startswith("record."):
        return knowledge.known.statements[f"plans.record_{name.removeprefix('record.')}"].text
    question = knowledge.known.questions[name]
    return question.short or question.text


def _why_unknown(name: str, facts: Facts, knowledge: PlanKnowledge) -> str:
    fact = facts[name]
    why = fact.why if isinstance(fact, Unknown) else "not known"
    return f"{_called(name, knowledge)}: {why}"


def _questions(name: str, lift: str, knowledge: PlanKnowledge) -> tuple[str, ...]:
    """The questions whose answers tell a fact, by the names that their answers have."""
    if name in ASKED_OF_EACH:
        return (lift_answer(ASKED_OF_EACH[name], lift),)
    if name in _BEHIND:
        return tuple(question for question in knowledge.known.questions if question.startswith(_BEHIND[name]))
    return (name,) if name in knowledge.known.questions else ()
