"""Where it hurts, tapped on a drawn body: what the taps answer, and which warning signs they bring up again.

A tap may only raise. One between the legs or in both legs opens the question of its warning sign, whatever was
answered to it before, since pain is not what that question asks for and a tap cannot answer it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

QUESTION = "pain_location"
"""The question that the taps answer."""
ASKED_BY_TAP = "you marked this part of your body"
"""Why a warning sign is asked again."""
_LEFT_BACK, _MIDDLE, _RIGHT_BACK = "low_back_left", "low_back_middle", "low_back_right"
_SADDLE = "saddle"
_BUTTOCKS = ("buttock_left", "buttock_right")
_LEG_PARTS = ("thigh_back", "thigh_front", "calf", "shin", "foot")
_SIDES = ("left", "right")
_LEGS: Mapping[str, frozenset[str]] = {side: frozenset(f"{part}_{side}" for part in _LEG_PARTS) for side in _SIDES}
REGIONS = (
    _LEFT_BACK, _MIDDLE, _RIGHT_BACK, *_BUTTOCKS, "hip_left", "hip_right", _SADDLE,
    *(f"{part}_{side}" for part in _LEG_PARTS for side in _SIDES), "upper_back", "neck", "arms",
)  # fmt: skip
"""Every part of the body that can be tapped."""


def location_of(regions: Collection[str]) -> str | None:
    """The choice of QUESTION that the taps come to; None where they are all elsewhere.

    The middle wins over one side, because it is what a rule about bones reads.
    """
    left, right = _LEFT_BACK in regions, _RIGHT_BACK in regions
    if left and right:
        return "both_sides"
    if _MIDDLE in regions:
        return "centre"
    if left or right:
        return "one_side"
    return "buttock" if any(one in regions for one in _BUTTOCKS) else None


def signs_of(regions: Collection[str]) -> tuple[str, ...]:
    """The warning signs that the taps bring up: between the legs, and both legs."""
    both = all(not parts.isdisjoint(regions) for parts in _LEGS.values())
    return (*(("saddle_numbness",) if _SADDLE in regions else ()), *(("both_legs",) if both else ()))
