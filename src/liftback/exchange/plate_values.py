"""What goes on each side of a bar, as JSON values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.loads import PlateError, loaded, usual_plates

UNITS = ("kg", "lb")
_PLACES = 3  # decimal places of a weight


def plate_values(
    weight: float, unit: str, bar: float, plates_owned: Sequence[float] | None, plans: PlanKnowledge
) -> dict[str, Any]:
    """The largest total not above `weight`: the plates of each side, heaviest first, and the sum. Raises PlateError.

    `plates_owned` are the sizes there are, those of a gym if None. `left` is what is missing to what was wanted.
    """
    if unit not in UNITS:
        raise PlateError(f"A bar is loaded in kg or lb; {unit!r} is neither.")
    sizes = tuple(plates_owned) if plates_owned else usual_plates(unit, plans)
    found = loaded(weight, bar, sizes)
    left = round(weight - found.total, _PLACES)
    side = " + ".join(f"{one:g}" for one in found.side)
    return {
        "weight": found.total,
        "wanted": weight,
        "left": left,
        "exact": left == 0,
        "unit": unit,
        "bar": bar,
        "plates": list(found.side),
        "side": [{"plate": plate, "count": count} for plate, count in Counter(found.side).items()],
        "made_of": f"bar of {bar:g}, {side} a side" if side else f"the empty bar of {bar:g}",
        "sum": f"{bar:g} + 2 x ({side}) = {found.total:g} {unit}" if side else f"{found.total:g} {unit}",
        "owned": list(sizes),
    }
