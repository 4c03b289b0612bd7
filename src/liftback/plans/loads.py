"""Weights that can be put together from the bar and the plates there are, always rounded down."""

from __future__ import annotations

import math
from dataclasses import dataclass

from liftback.facts.values import Facts
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.parts import Load
from liftback.training.log import kilograms

_GRAMS = 3  # decimal places of a weight
_HAIR = 1e-9  # what arithmetic with fractions may lose, far below any plate


@dataclass(frozen=True, slots=True, kw_only=True)
class Plates:
    """A bar and plates in one unit (kg or lb), heaviest plate first; every plate comes in pairs.

    Dumbbells and stacks are a bar that weighs nothing with steps of one size; there are no `pieces` to name.
    """

    unit: str
    bar: float
    plates: tuple[float, ...]
    pieces: bool = True

    @property
    def step(self) -> float:
        """The smallest step on the bar: two of the smallest plate."""
        return 2 * self.plates[-1]


def plates_of(facts: Facts, unit: str, plans: PlanKnowledge) -> Plates:
    """The lifter's bar and plates: as told, else as usual for the unit of the log."""
    told = facts.value("plate_unit")
    unit = str(told) if told in ("kg", "lb") else unit if unit in ("kg", "lb") else "kg"
    word = "kilograms" if unit == "kg" else "pounds"
    smallest = facts.number("smallest_plate") or plans.number(f"plate_{word}")
    usual = plans.numbers(f"plates_{word}")
    # Only plates that are whole times the smallest, so that what hangs on the bar is always what was worked out.
    plates = (*(plate for plate in usual if plate > smallest and _whole(plate / smallest)), smallest)
    return Plates(unit=unit, bar=facts.number("bar_weight") or plans.number(f"bar_{word}"), plates=plates)


def _whole(times: float) -> bool:
    return abs(times - round(times)) < _HAIR


def loadable(wanted: float, single: float, plates: Plates) -> Load | None:
    """The heaviest weight at most `wanted` that this bar and these plates make; None when the bar is too heavy.

    `single` is the lifter's estimated single; all in the unit of the plates.
    """
    if wanted + _HAIR < (plates.bar or plates.step):
        return None
    side = int((wanted - plates.bar + _HAIR) / plates.step) * plates.plates[-1]
    weight = plates.bar + 2 * side
    return Load(
        weight=round(weight, _GRAMS),
        unit=plates.unit,
        made_of=_made_of(side, plates) if plates.pieces else "",
        share=weight / single,
        wanted=wanted,
    )


def _made_of(side: float, plates: Plates) -> str:
    """What hangs on each side, heaviest first. Greedy is right here: the smallest plate divides what is left."""
    parts: list[str] = []
    left = side
    for plate in plates.plates:
        while plate <= left + _HAIR:
            parts.append(f"{plate:g}")
            left -= plate
    bar = f"bar of {plates.bar:g}"
    return f"{bar}, {' + '.join(parts)} a side" if parts else f"the empty bar of {plates.bar:g}"


def in_unit(weight: float, unit: str, wanted: str) -> float:
    """A weight in another unit; as it is where its own unit is not known."""
    weight_kg = kilograms(weight, unit)
    one = kilograms(1.0, wanted)
    return weight if weight_kg is None or one is None or unit == wanted else weight_kg / one


def as_typed(weight: float, unit: str, single: float | None) -> Load:
    """The lifter's own usual weight, kept as it was typed."""
    return Load(weight=weight, unit=unit, made_of="", share=weight / single if single else 0.0, wanted=weight)


# --- what goes on a bar ----------------------------------------------------------------------------------------------

HEAVIEST, LIGHTEST_PLATE, MOST_SIZES = 1500.0, 0.01, 30
"""Beyond them a weight, a plate or a row of plates is a slip of the keys."""
_FINE = 10_000  # parts of a weight's unit that plates are told apart by
_MOST_STEPS = 20_000  # steps of the search; plates of odd sizes are then taken as whole times the smallest


class PlateError(ValueError):
    """A bar that cannot be loaded so: one sentence with what is wrong and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a bar comes to: the total, and the plates on each side, heaviest first, in the bar's unit."""

    total: float
    side: tuple[float, ...]


def usual_plates(unit: str, plans: PlanKnowledge) -> tuple[float, ...]:
    """The plates that a gym has, in kg or lb, heaviest first."""
    return plates_of(Facts({}), unit, plans).plates


def loaded(wanted: float, bar: float, plates: tuple[float, ...]) -> Loaded:
    """The heaviest total at most `wanted`, with the fewest plates a side; plates come in pairs, as many as needed.

    Raises PlateError where the bar alone is heavier, or a number is none that a bar is loaded with.
    """
    if not _is_weight(wanted) or wanted > HEAVIEST:
        raise PlateError(f"A weight is more than 0 and at most {HEAVIEST:g}; {wanted:g} is not.")
    if not (bar == 0 or _is_weight(bar)):
        raise PlateError(f"A bar weighs 0 or more; {bar:g} is not a weight.")
    if wanted + _HAIR < bar:
        raise PlateError(f"The bar alone weighs {bar:g}, which is more than {wanted:g}; take a lighter bar.")
    sizes = tuple(sorted(set(plates), reverse=True))
    if not sizes or len(sizes) > MOST_SIZES or not all(_is_weight(one) and one >= LIGHTEST_PLATE for one in sizes):
        raise PlateError(f"Give the plates as 1 to {MOST_SIZES} weights above 0, such as 20, 10, 5, 2.5 and 1.25.")
    side = _fullest(round((wanted - bar) / 2 * _FINE), [round(one * _FINE) for one in sizes])
    found = tuple(one / _FINE for one in side)
    return Loaded(total=round(bar + 2 * sum(found), _GRAMS), side=found)


def _is_weight(number: float) -> bool:
    return math.isfinite(number) and number > 0


def _fullest(room: int, sizes: list[int]) -> list[int]:
    """The plates that fill the room best without going over, the fewest of them, heaviest first."""
    step = math.gcd(*sizes)
    if room // step > _MOST_STEPS:
        sizes = [one for one in sizes if one % sizes[-1] == 0]
        step = sizes[-1]
    steps, parts = room // step, [one // step for one in sizes]
    # For every sum: how few plates make it, and the heaviest plate among them.
    fewest: list[int | None] = [0, *[None] * steps]
    heaviest = [0] * (steps + 1)
    for total in range(1, steps + 1):
        for part in parts:
            before = fewest[total - part] if part <= total else None
            now = fewest[total]
            if before is not None and (now is None or before + 1 < now):
                fewest[total], heaviest[total] = before + 1, part
    left = next(total for total in range(steps, -1, -1) if fewest[total] is not None)
    side = []
    while left:
        side.append(heaviest[left] * step)
        left -= heaviest[left]
    return sorted(side, reverse=True)
