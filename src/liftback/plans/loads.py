"""Weights that can be put together from the bar and the plates there are, always rounded down."""

from __future__ import annotations

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
