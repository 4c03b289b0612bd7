"""The further parts of a plan in words: the first days, a flare, targets, and what clearance still asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from liftback.exchange.plan_page import Block, Extra, Told
from liftback.exchange.plan_words import listed
from liftback.exchange.report_outline import clean
from liftback.knowledge.plan_entries import TimedStep
from liftback.plans.clearance import Clearance, CriterionFound
from liftback.plans.parts import Plan
from liftback.reasoning.findings import Said

Tell = Callable[[Iterable[Said]], tuple[Told, ...]]
_STAGES = {"train": "training it again", "heavy": "heavy sets", "unrestricted": "unrestricted training"}
_SIGNED_BY = {"therapist": "Signed by", "lifter": "Declared by"}


def extras_of(plan: Plan, tell: Tell) -> tuple[Extra, ...]:
    """The further parts that this plan has something to say in, in their order."""
    parts = (
        ("first-days", "The first days", plan.first_days, True),
        ("flare", "The flare plan", plan.flare, True),
        ("targets", "What holds you back most", plan.targets, False),
    )
    found = [
        Extra(id=name, title=title, blocks=tuple(dict.fromkeys(_blocks(part, tell))), first=first)
        for name, title, part, first in parts
        if part is not None
    ]
    if plan.clearance is not None:
        found.append(Extra(id="clearance", title="The way to clearance", blocks=_clearance(plan.clearance, tell)))
    return tuple(one for one in found if one.blocks)


# --- clearance -------------------------------------------------------------------------------------------------------


def _clearance(found: Clearance, tell: Tell) -> tuple[Block, ...]:
    """Where it stands, what is missing before the next stage, then what can wait."""
    signed = found.signature
    by = () if signed is None else (Told(text=f"{_SIGNED_BY[signed.by]} {clean(signed.name)}, {signed.day}."),)
    blocks = [
        Block(heading="", lines=(*tell(found.held), *tell(found.headline), *by), listed=False),
        *_missing(found, tell),
        Block(heading="What to watch for from now on", lines=tell(found.after)),
        Block(heading="Holding on to it", lines=tell(found.maintenance)),
        Block(heading="Met so far", lines=_criteria([one for one in _all(found) if one.met is True], tell), more=True),
        Block(heading="What clearance is", lines=tell(found.about), more=True),
    ]
    return tuple(one for one in blocks if one.lines)


def _missing(found: Clearance, tell: Tell) -> Iterator[Block]:
    """The needed criteria that are not met or not known, by stage; only the next stage is for everybody."""
    first = True
    for stage, words in _STAGES.items():
        lines = _criteria([one for one in found.open if one.stage == stage], tell)
        if lines:
            yield Block(heading=f"Missing before {words}", lines=lines, more=not first)
            first = False


def _all(found: Clearance) -> tuple[CriterionFound, ...]:
    return (*found.overall, *(one for lift in found.lifts for one in lift.criteria))


def _criteria(criteria: Iterable[CriterionFound], tell: Tell) -> tuple[Told, ...]:
    """Criteria in words; what several lifts share is said once, with their names."""
    lifts: dict[Told, list[str]] = {}
    for one in criteria:
        for told in tell([one.text]):
            lifts.setdefault(told, []).append(clean(one.lift))
    return tuple(
        replace(told, text=f"{listed(dict.fromkeys(names))}: {told.text}" if any(names) else told.text)
        for told, names in lifts.items()
    )


# --- parts that say sentences and steps ------------------------------------------------------------------------------


def _blocks(value: object, tell: Tell) -> Iterator[Block]:
    """What a part says, field by field: sentences, steps by the hour, names, and parts of parts."""
    if isinstance(value, TimedStep):
        yield from _step(value)
    elif isinstance(value, Said):
        yield Block(heading="", lines=tell([value]), listed=False)
    elif isinstance(value, tuple | list) and value and all(isinstance(one, Said) for one in value):
        yield Block(heading="", lines=tell(value))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _blocks(one, tell)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _fields(value, tell)


def _fields(value: Any, tell: Tell) -> Iterator[Block]:
    """The fields of a part. Its `name` heads what it says; bare ids and numbers are for a machine, and left out."""
    heading = clean(getattr(value, "name", ""))
    for field in fields(value):
        for block in _blocks(getattr(value, field.name), tell):
            yield block if block.heading or not heading else replace(block, heading=heading)
            heading = ""


def _step(step: TimedStep) -> Iterator[Block]:
    """What to do, and what not, in one span of hours; being seen comes first."""
    span = f"{step.name} (hour {step.from_hours} to {step.to_hours})"
    parts = (("Be seen if", step.seen_if), ("", step.do), ("Not", step.do_not))
    lines = [f"{word}: {clean(one)}" if word else clean(one) for word, told in parts for one in told]
    lines.append(f"Why: {clean(step.why)}")
    yield Block(heading=clean(span), lines=tuple(Told(text=one) for one in lines))
