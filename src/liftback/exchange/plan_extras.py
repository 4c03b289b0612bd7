"""The further parts of a plan in words: the first days, a flare, the week's targets, and what clearance still asks for.

What is of use today stands open, being seen first; all else is marked as what can wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from liftback.exchange.plan_page import Block, Extra, Told
from liftback.exchange.plan_words import day_words, listed
from liftback.exchange.report_outline import clean
from liftback.plans.clearance import Clearance, CriterionFound
from liftback.plans.first_days import FIRST_SIGNS, FirstDays, Step
from liftback.plans.flare import FlarePlan
from liftback.plans.parts import Plan
from liftback.plans.targets import Targets
from liftback.reasoning.findings import Said
from liftback.reasoning.response_pattern import HOURS_A_DAY

Tell = Callable[[Iterable[Said]], tuple[Told, ...]]
SEEN, SIGNS = "When to be seen", "Go through these warning signs first, then the others"
OTHER_SIGNS = "The other warning signs"
_STAGES = {"train": "training it again", "heavy": "heavy sets", "unrestricted": "unrestricted training"}
_SIGNED_BY = {"therapist": "Signed by", "lifter": "Declared by"}
_BACK = "your back as a whole"


def extras_of(plan: Plan, tell: Tell, *, more: bool = True) -> tuple[Extra, ...]:
    """The further parts that this plan has something to say in, in their order; without `more`, what cannot wait."""
    flares = plan.flare is not None and plan.flare.day is not None
    parts: list[tuple[str, str, bool, Iterator[Block]]] = []
    if plan.first_days is not None:
        parts.append(("first-days", "The first days", True, _first_days(plan.first_days, tell)))
    if plan.flare is not None:
        title = "The flare plan" if flares else "If it flares up"
        parts.append(("flare", title, flares, _flare(plan.flare, tell)))
    if plan.targets is not None:
        parts.append(("targets", "Targets of the week", False, _targets(plan.targets, tell)))
    if plan.clearance is not None:
        parts.append(("clearance", "The way to clearance", False, _clearance(plan.clearance, tell)))
    found = (
        Extra(
            id=name,
            title=title,
            first=first,
            blocks=tuple(one for one in blocks if one.lines and (more or not one.more)),
        )
        for name, title, first, blocks in parts
    )
    return tuple(one for one in found if one.blocks)


# --- the first days, and a flare -------------------------------------------------------------------------------------


def _first_days(found: FirstDays, tell: Tell) -> Iterator[Block]:
    """Who has to look first; else when to be seen, the step of today and the next one, then the rest."""
    yield _words(found.seen, tell)
    yield _words(found.headline, tell)
    yield _seen(found.steps, found.day, tell)
    yield from _steps(found.steps, found.day, tell)
    yield Block(heading="When these days are over", lines=tell(found.review), more=not found.review_now)
    yield Block(heading="What studies saw", lines=tell(found.expects), more=True)


def _flare(found: FlarePlan, tell: Tell) -> Iterator[Block]:
    """In a flare: the warning signs, when to be seen, and the step of today; outside of one, all of it can wait."""
    waits = found.day is None
    if found.begun is not None and not waits:
        yield Block(heading="", lines=(Told(text=f"It began on {day_words(found.begun)}."),), listed=False)
    yield replace(_words(found.seen, tell), more=waits and not found.seen)
    # Outside of a flare only what it is stands open, so that somebody in one finds the way here.
    yield replace(_words(found.definition[:1], tell), more=False)
    yield replace(_words(found.definition[1:], tell), more=waits)
    yield _seen(found.steps, found.day, tell)
    yield from _signs(found.ask, waits)
    yield from _steps(found.steps, found.day, tell)
    yield Block(heading="In every flare", lines=tell((*found.rules, *found.reassess_words)), more=waits)
    cited = tell(replace(one, text=clean(one.text)) for one in found.ask)
    yield Block(heading="What the warning signs rest on", lines=cited, more=True)
    yield Block(heading="What goes with flares", lines=tell(found.triggers), more=True)


def _signs(ask: Sequence[Said], waits: bool) -> Iterator[Block]:
    """The warning signs of a flare: what cannot wait stands open, since nobody in pain reads thirty lines."""
    first = tuple(Told(text=clean(one.text)) for one in ask if one.id in FIRST_SIGNS)
    others = tuple(Told(text=clean(one.text)) for one in ask if one.id not in FIRST_SIGNS)
    yield Block(heading=SIGNS, lines=first, more=waits)
    yield Block(heading=OTHER_SIGNS, lines=others, more=True)


def _seen(steps: Sequence[Step], day: int | None, tell: Tell) -> Block:
    """When to be seen, once for all steps."""
    said = dict.fromkeys(told for one in steps for told in tell(one.seen_if))
    return _together(SEEN, tuple(said), more=day is None)


def _steps(steps: Sequence[Step], day: int | None, tell: Tell) -> Iterator[Block]:
    """The step of the day and the next one, which stand open; then the others."""
    hours = -1 if day is None else day * HOURS_A_DAY
    now = max((place for place, one in enumerate(steps) if one.now and one.from_hours <= hours), default=None)
    shown = () if now is None else (now, now + 1)
    for place, step in sorted(enumerate(steps), key=lambda one: one[0] not in shown):
        yield from _step(step, tell, more=place not in shown)


def _step(step: Step, tell: Tell, *, more: bool) -> Iterator[Block]:
    """What to do, and what not, and why."""
    name = clean(step.name)
    heading = name if more else f"{'Today' if step.now else 'Next'}: {name}"
    yield _together(heading, tell((*step.do, *step.do_not)), more=more)
    why = tuple(replace(one, text=f"Why: {one.text}", more=True) for one in tell([step.why]))
    yield Block(heading="", lines=why, listed=False, more=more)


def _together(heading: str, lines: tuple[Told, ...], *, more: bool = False) -> Block:
    """Lines with their sources once, at the heading, where all lines share them."""
    shared = {one.cites for one in lines}
    if len(shared) > 1:
        return Block(heading=heading, lines=lines, more=more)
    return Block(
        heading=heading, lines=tuple(replace(one, cites=()) for one in lines), more=more, cites=next(iter(shared), ())
    )


def _words(said: Iterable[Said], tell: Tell) -> Block:
    return Block(heading="", lines=tell(said), listed=False)


# --- targets ---------------------------------------------------------------------------------------------------------


def _targets(found: Targets, tell: Tell) -> Iterator[Block]:
    """The one or two to begin with; the others can wait."""
    rows = {row.id: row for row in found.rows}
    first = [rows[name] for name in found.first if name in rows]
    headline = tuple(replace(one, more=bool(first)) for one in tell(found.headline))
    yield Block(heading="", lines=headline, listed=False)
    for row in (*first, *(row for row in found.rows if row not in first)):
        name = f"{clean(row.name)} (begin here)" if row in first else clean(row.name)
        yield Block(heading=name, lines=tell([row.text]), listed=False, more=row not in first)


# --- clearance -------------------------------------------------------------------------------------------------------


def _clearance(found: Clearance, tell: Tell) -> Iterator[Block]:
    """Where it stands in a few lines, then what is missing before each stage; what can wait is the list itself."""
    signed = found.signature
    by = () if signed is None else (Told(text=f"{_SIGNED_BY[signed.by]} {clean(signed.name)}, {signed.day}."),)
    counted = _standing(found) if found.open and not found.held and signed is None else ()
    headline = tell(found.headline)
    yield Block(heading="", lines=(*tell(found.held), *(counted or headline), *by), listed=False)
    yield from _missing(found, tell)
    yield Block(heading="What to watch for from now on", lines=tell(found.after))
    yield Block(heading="Holding on to it", lines=tell(found.maintenance))
    yield Block(heading="Met so far", lines=_criteria([one for one in _all(found) if one.met is True], tell), more=True)
    yield Block(heading="What clearance is", lines=(*(headline if counted else ()), *tell(found.about)), more=True)


def _standing(found: Clearance) -> tuple[Told, ...]:
    """How many of the criteria of the next stage are met, lift by lift."""
    stage = next((name for name in _STAGES if any(one.stage == name for one in found.open)), "")
    coming = [one for one in _all(found) if one.stage == stage and not one.optional]
    names = dict.fromkeys(one.lift for one in coming)
    each = (f"{clean(name) or _BACK} {_met(one for one in coming if one.lift == name)}" for name in names)
    where = (
        f"The next stage is {_STAGES[stage]}, with {_met(coming)} criteria met: {', '.join(each)}." if coming else ""
    )
    return (Told(text=" ".join(filter(None, ("Not cleared yet.", where)))),)


def _met(criteria: Iterable[CriterionFound]) -> str:
    """How many are met of how many."""
    found = [one.met is True for one in criteria]
    return f"{sum(found)} of {len(found)}"


def _missing(found: Clearance, tell: Tell) -> Iterator[Block]:
    """The needed criteria that are not met or not known, by stage."""
    for stage, words in _STAGES.items():
        lines = _criteria([one for one in found.open if one.stage == stage], tell)
        yield Block(heading=f"Missing before {words}", lines=lines, more=True)


def _all(found: Clearance) -> tuple[CriterionFound, ...]:
    return (*found.overall, *(one for lift in found.lifts for one in lift.criteria))


def _criteria(criteria: Iterable[CriterionFound], tell: Tell) -> tuple[Told, ...]:
    """Criteria in words; what several lifts share is said once, with their names."""
    lifts: dict[Told, list[str]] = {}
    for one in criteria:
        name = clean(one.lift)
        for told in tell([one.text]):
            bare = replace(told, text=told.text.removeprefix(f"{name}: ")) if name else told
            lifts.setdefault(bare, []).append(name)
    return tuple(
        replace(told, text=f"{listed(dict.fromkeys(names))}: {told.text}" if any(names) else told.text)
        for told, names in lifts.items()
    )
