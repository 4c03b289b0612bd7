"""Where a function of one number is 0, for angles that a posture has to find."""

from __future__ import annotations

from collections.abc import Callable

PLACES, MOST_STEPS = 12, 40
"""Places tried between the lowest and the highest, and the most steps of the search between two of them."""
CLOSE = 1e-9
"""How near to 0 is near enough."""


def root(miss: Callable[[float], float], low: float, high: float, first: float) -> float:
    """Where `miss` is 0, nearest to `first`; where it is least, if it never is."""
    places = [low + (high - low) * step / PLACES for step in range(PLACES + 1)]
    misses = [miss(place) for place in places]
    changes = [n for n in range(PLACES) if misses[n] * misses[n + 1] <= 0]
    if not changes:
        return min(zip(misses, places, strict=True), key=lambda pair: abs(pair[0]))[1]
    best = min(changes, key=lambda n: abs(places[n] - first))
    return _narrowed(miss, (places[best], misses[best]), (places[best + 1], misses[best + 1]))


def _narrowed(miss: Callable[[float], float], one: tuple[float, float], other: tuple[float, float]) -> float:
    """The place of 0 between two places with misses of unlike sign: by the line between them, the Illinois way."""
    for _ in range(MOST_STEPS):
        if abs(other[1]) < CLOSE or one[1] == other[1]:
            break
        place = other[0] - other[1] * (other[0] - one[0]) / (other[1] - one[1])
        found = (place, miss(place))
        # The end that stays counts half, so that it does not stay for ever.
        one = other if found[1] * other[1] < 0 else (one[0], one[1] / 2)
        other = found
    return other[0]
