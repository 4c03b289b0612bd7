"""Read the knowledge of plans, which is left alone until a plan is made: ladders, progression, criteria, forms.

Entries of a file may share one `provenance`, so that a table of starting points names its source once. What must
hold across the files is checked at every load, as for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from liftback.knowledge.checks import check_added, check_condition, is_own
from liftback.knowledge.conditions import KnowledgeError, parse_condition
from liftback.knowledge.demonstration_entries import Demonstration, parse_demonstrations
from liftback.knowledge.loader import Knowledge, merged, read_document
from liftback.knowledge.parsing import Thresholds, build
from liftback.knowledge.plan_entries import (
    POSITIONS,
    Band,
    Criterion,
    DecisionRule,
    Dose,
    Form,
    FormItem,
    Ladder,
    LadderedExercise,
    LightRule,
    Move,
    Provenance,
    State,
    Swap,
    TimedStep,
)

FOLDERS = ("ladders/", "plans/", "questionnaires/")
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlanKnowledge:
    """All that plans are made from. `known` is the whole knowledge, that of plans included."""

    known: Knowledge
    ladders: Mapping[str, Ladder]
    exercises: Mapping[str, LadderedExercise]
    swaps: tuple[Swap, ...]
    lights: tuple[LightRule, ...]
    decisions: tuple[DecisionRule, ...]
    lift_rules: tuple[DecisionRule, ...]
    states: Mapping[str, State]
    moves: tuple[Move, ...]
    timed: Mapping[str, tuple[TimedStep, ...]]
    criteria: tuple[Criterion, ...]
    forms: Mapping[str, Form]
    # Filled as they are asked for: a week asks for the same few hundred numbers again and again.
    _numbers: dict[str, float] = field(default_factory=dict, repr=False)

    def number(self, name: str) -> float:
        """The current number of a parameter of the topic `plans`."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = self.known.number(f"plans.{name}")
        return found

    def numbers(self, name: str) -> tuple[float, ...]:
        """The current row of numbers of a parameter of the topic `plans`."""
        return self.known.parameters[f"plans.{name}"].numbers

    def on_ladder(self, ladder: str) -> tuple[LadderedExercise, ...]:
        """The exercises of a ladder, lowest rung first."""
        return tuple(sorted((e for e in self.exercises.values() if e.ladder == ladder), key=lambda e: e.rung))


@lru_cache(maxsize=2)
def plan_knowledge(knowledge: Knowledge) -> PlanKnowledge:
    """The knowledge of plans shipped with this knowledge, read once. Raises KnowledgeError."""
    documents = [(name, read_document(name, raw)) for name, raw in knowledge.later(FOLDERS)]
    whole = merged(knowledge, documents)
    check_added(whole, before=knowledge)
    found = _Reading(documents=documents, thresholds=Thresholds(whole.parameters)).everything(whole)
    _check(found)
    return found


@lru_cache(maxsize=2)
def demonstrations(knowledge: Knowledge) -> Mapping[str, Demonstration]:
    """Every drawing by id; read apart, because only pages show them. Raises KnowledgeError."""
    found: dict[str, Demonstration] = {}
    for name, raw in knowledge.later(("demonstrations/",)):
        found.update(parse_demonstrations(read_document(name, raw), name))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The documents, and how their entries are read."""

    documents: list[tuple[str, Document]]
    thresholds: Thresholds

    def everything(self, known: Knowledge) -> PlanKnowledge:
        return PlanKnowledge(
            known=known,
            ladders=self._mapped("ladders", _ladder),
            exercises=self._mapped("laddered", _exercise),
            swaps=self._listed("swaps", Swap),
            lights=self._listed("lights", LightRule),
            decisions=self._listed("decisions", DecisionRule),
            lift_rules=self._listed("lift_rules", DecisionRule),
            states=self._mapped("states", lambda key, raw, where: build(State, {"id": key, **raw}, where)),
            moves=self._listed("moves", Move),
            timed=self._timed(),
            criteria=self._listed("criteria", Criterion),
            forms=self._mapped("forms", _form),
        )

    def _entries(self, part: str) -> Iterator[tuple[str, Document, Any]]:
        for name, document in self.documents:
            if part in document:
                yield name, document, document[part]

    def _mapped(self, part: str, make: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, document, entries in self._entries(part):
            for key, raw in entries.items():
                where = f"{name}: {part}: {key}"
                if key in found:
                    raise KnowledgeError(f"{where} is written twice")
                found[key] = make(key, _with_provenance(raw, document, where, part != "states"), where)
        return found

    def _listed(self, part: str, kind: type[Any]) -> tuple[Any, ...]:
        return tuple(
            self._entry(kind, raw, document, f"{name}: {part}: {raw.get('id', place)}")
            for name, document, entries in self._entries(part)
            for place, raw in enumerate(entries)
        )

    def _timed(self) -> dict[str, tuple[TimedStep, ...]]:
        return {
            key: tuple(self._entry(TimedStep, raw, document, f"{name}: {key}: {raw.get('id')}") for raw in steps)
            for name, document, entries in self._entries("timed")
            for key, steps in entries.items()
        }

    def _entry(self, kind: type[Any], raw: Document, document: Document, where: str) -> Any:
        entry = _with_provenance(raw, document, where, "provenance" in {f.name for f in fields(kind)})
        if "when" in entry:
            entry["when"] = parse_condition(entry["when"], self.thresholds, where)
        return build(kind, entry, where)


def _with_provenance(raw: Document, document: Document, where: str, wanted: bool) -> dict[str, Any]:
    entry = dict(raw)
    if wanted and ("provenance" in raw or "provenance" in document):
        given = {**document.get("provenance", {}), **raw.get("provenance", {})}
        entry["provenance"] = build(Provenance, given, f"{where}: provenance")
    return entry


def _ladder(key: str, raw: dict[str, Any], where: str) -> Ladder:
    raw.pop("provenance", None)
    return build(Ladder, {"id": key, **raw}, where)


def _exercise(key: str, raw: dict[str, Any], where: str) -> LadderedExercise:
    entry: dict[str, Any] = {"demonstration": key, **raw, "id": key}
    for name in ("start", "top"):
        if name in raw:
            entry[name] = build(Dose, raw[name], f"{where}: {name}")
    return build(LadderedExercise, entry, where)


def _form(key: str, raw: dict[str, Any], where: str) -> Form:
    items = tuple(_item(item, where) for item in raw.get("items", []))
    bands = tuple(build(Band, band, f"{where}: band") for band in raw.get("bands", []))
    parts = tuple((name, tuple(members)) for name, members in raw.get("parts", {}).items())
    return build(Form, {**raw, "id": key, "items": items, "bands": bands, "parts": parts}, where)


def _item(raw: Document, where: str) -> FormItem:
    choices = tuple((str(label), float(points)) for label, points in raw.get("choices", {}).items())
    return build(FormItem, {**raw, "choices": choices}, f"{where}: item {raw.get('id')}")


# --- what must hold ----------------------------------------------------------------------------------------------


def _check(found: PlanKnowledge) -> None:
    cited: list[LadderedExercise | Swap | TimedStep | Criterion | Form] = [
        *found.exercises.values(), *found.swaps, *_steps(found), *found.criteria, *found.forms.values()
    ]  # fmt: skip
    for entry in cited:
        _check_provenance(entry.provenance, found.known, getattr(entry, "id", "a swap"))
    for exercise in found.exercises.values():
        _check_exercise(exercise, found)
    for swap in found.swaps:
        lost = set(swap.exercises) - set(found.exercises)
        if lost or swap.spared not in POSITIONS:
            raise KnowledgeError(f"swap {swap.pattern}, {swap.spared}: unknown {sorted(lost) or swap.spared}")
    conditional: list[LightRule | DecisionRule | TimedStep | Criterion] = [
        *found.lights, *found.decisions, *found.lift_rules, *_steps(found), *found.criteria
    ]  # fmt: skip
    for rule in conditional:
        if rule.when is not None:
            check_condition(rule.when, found.known, rule.id)
    for move in found.moves:
        if not {move.state, move.to} <= set(found.states):
            raise KnowledgeError(f"move from {move.state} to {move.to}: no such state")


def _steps(found: PlanKnowledge) -> Iterator[TimedStep]:
    for steps in found.timed.values():
        yield from steps


def _check_provenance(provenance: Provenance, known: Knowledge, where: str) -> None:
    if provenance.source not in known.references or not provenance.locator.strip():
        raise KnowledgeError(f"{where}: source {provenance.source!r} is not among the references, or says no place")
    if (provenance.certainty == "design_default") is not is_own(provenance.source, known):
        raise KnowledgeError(f"{where}: {provenance.certainty} does not go with {provenance.source!r}")
    if provenance.review_by <= provenance.reviewed_on:
        raise KnowledgeError(f"{where}: is due for review before it was reviewed")


def _check_exercise(exercise: LadderedExercise, found: PlanKnowledge) -> None:
    odd = {*exercise.loads, *exercise.suits, *exercise.spares} - set(POSITIONS)
    if odd or exercise.ladder not in found.ladders or exercise.back_load_source not in found.known.references:
        raise KnowledgeError(f"{exercise.id}: unknown position {sorted(odd)}, ladder or source")
    if not set(exercise.sources) <= set(found.known.references):
        raise KnowledgeError(f"{exercise.id}: a source of its note is not among the references")
    if not exercise.levels[0] <= exercise.levels[1]:
        raise KnowledgeError(f"{exercise.id}: its levels run backwards")
    for measure in (f.name for f in fields(Dose)):
        start, top = getattr(exercise.start, measure), getattr(exercise.top, measure)
        if (start is None) is not (top is None) or (start is not None and start > top):
            raise KnowledgeError(f"{exercise.id}: {measure} starts at {start} and ends at {top}")
