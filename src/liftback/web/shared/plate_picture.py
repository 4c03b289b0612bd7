"""A picture of the plates on one side of a bar, as SVG with presentation attributes only.

Sizes follow competition plates (the largest have one height whatever they weigh), so that a glance at the stack looks
like the rack. Colour is never alone: each plate carries its weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Plate:
    """How one plate is drawn: height and thickness in units of the view box, and the class that colours it."""

    height: int
    thick: int
    colour: str


TALL, MIDDLE = 120, 60
KG = {
    25.0: Plate(120, 30, "red"),
    20.0: Plate(120, 26, "blue"),
    15.0: Plate(106, 24, "yellow"),
    10.0: Plate(92, 22, "green"),
    5.0: Plate(72, 18, "white"),
    2.5: Plate(58, 17, "black"),
    2.0: Plate(54, 17, "blue"),
    1.25: Plate(48, 16, "steel"),
    1.0: Plate(46, 16, "green"),
    0.5: Plate(40, 16, "white"),
}
LB = {
    55.0: Plate(120, 30, "red"),
    45.0: Plate(120, 27, "blue"),
    35.0: Plate(106, 25, "yellow"),
    25.0: Plate(92, 23, "green"),
    10.0: Plate(72, 19, "white"),
    5.0: Plate(58, 17, "black"),
    2.5: Plate(48, 16, "steel"),
    1.25: Plate(40, 16, "steel"),
}
ODD = Plate(84, 22, "black")
"""A plate of any other weight."""
COLLAR, GAP, END = 34, 3, 22


def plate_picture(plates: Sequence[float], *, unit: str) -> str:
    """The SVG of one side, from the collar outwards. `plates` are weights in `unit` ("kg" or "lb"), inside first.

    It says nothing to a screen reader (`aria-hidden`): the words stand beside it.
    """
    known = LB if unit == "lb" else KG
    drawn, left = [], COLLAR
    for weight in plates:
        plate = known.get(float(weight), ODD)
        drawn.append(_disc(plate, left=left, text=f"{weight:g}"))
        left += plate.thick + GAP
    width = left + END
    sleeve = (
        f'<rect class="sleeve" x="0" y="{MIDDLE - 5}" width="{width - 4}" height="10" rx="3"/>'
        f'<rect class="sleeve" x="{COLLAR - 12}" y="{MIDDLE - 14}" width="9" height="28" rx="3"/>'
    )
    box = max(width, 190)
    return (
        f'<svg viewBox="0 0 {box} {TALL}" width="{box}" height="{TALL}" aria-hidden="true" focusable="false">'
        f"{sleeve}{''.join(drawn)}</svg>"
    )


def _disc(plate: Plate, *, left: int, text: str) -> str:
    """One plate, seen from the side, with its weight written along it."""
    across, top = left + plate.thick / 2, MIDDLE - plate.height / 2
    size = f'width="{plate.thick}" height="{plate.height}"'
    return (
        f'<rect class="disc {plate.colour}" x="{left}" y="{top:g}" {size} rx="4"/>'
        f'<text class="disc-text" x="{across:g}" y="{MIDDLE}" transform="rotate(-90 {across:g} {MIDDLE})">'
        f"{escape(text)}</text>"
    )
