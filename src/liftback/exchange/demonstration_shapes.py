"""The shapes that a drawn exercise is put together from: body parts, what is held, and what stands about.

Centimetres, y down. A body part lies along x from its upper joint; its front is on +y for trunk and head (which point
up) and on -y for what hangs down. Colours are classes, see `liftback.exchange.demonstration_svg`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from liftback.knowledge.demonstration_entries import Prop
from liftback.plans.body import LENGTHS, Point

CM = 100
PLATE = 22.5
"""The radius of a full plate."""
THICK = {
    "thigh": (9.4, 6.0),
    "shank": (6.0, 3.9),
    "upper_arm": (5.2, 4.2),
    "forearm": (4.3, 3.1),
}
"""Half the thickness of limbs at both ends."""
CALF = "M0-6C14-6.4 34-4.4 43-3.7A3.8 3.8 0 0 1 43 3.9C36 4.6 28 7.6 16 8C8 8.2 2 7 0 6A6 6 0 0 1 0-6Z"
SHOE = "M-4.6-2.6C-7 1-7.4 4.4-6.8 8L17.5 8C20.5 8 20.4 4.6 16.6 3.6C11.5 2.4 7.5-.2 4.6-3.6A5 5 0 0 0-4.6-2.6Z"
FRONT_SHOE = "M-4.2-3C-5.4 2-6 6-5.6 8L5.6 8C6 6 5.4 2 4.2-3A4.3 4.3 0 0 0-4.2-3Z"
SIDE_TRUNK = {
    "pelvis": "M-4-8.4C-9-7-9.4-3-9.2 1C-9 6-5 8.4 0 8.8L10 9.2A9.4 9.4 0 0 0 10-9.4C6-10-1-9.6-4-8.4Z",
    "lumbar": "M0-9.6A9.5 9.5 0 0 0 0 9.2L18 11A10.4 10.4 0 0 0 18-10Z",
    "thorax": "M0-10A10.4 10.4 0 0 0 0 11C8 12.4 17 11 22 7.4C25.5 5 26.6 2.4 26-1C25-6 22-8.8 17-10C11-11 5-11 0-10Z",
}
FRONT_TRUNK = {
    "pelvis": "M-7-9C-10-6-10 6-7 9L-2 16C3 16.6 7 15.4 10 14L10-14C7-15.4 3-16.6-2-16Z",
    "lumbar": "M-2-14.4L18-14.2L18 14.2L-2 14.4Z",
    "thorax": "M-2-14C6-15.6 14-18 20-21C24-22 26-19 26-14L27.5-5L27.5 5L26 14C26 19 24 22 20 21C14 18 6 15.6-2 14Z",
}
SIDE_HEAD = (
    "M-4-5.2L-4 6.4L14 5L14-5Z"
    "M33.4 0C33.4-5.6 28.6-9.6 22-9.6C16-9.6 11.6-6.4 10.6-2L9.6 4C9.2 7.4 10.4 9.2 13 9.2L18 9.5L18.3 11.6"
    "C18.6 12.7 19.7 12.8 20.3 12.1L23.2 9.5C29 8.8 33.4 5 33.4 0Z"
)
FRONT_HEAD = "M-2-5.2L13-5.2L13 5.2L-2 5.2ZM21-9C28.5-9 33-5 33 0C33 5 28.5 9 21 9C14 9 10.4 5 10.4 0C10.4-5 14-9 21-9Z"
FIST = "M-3.2-3.2L8-4.3A4.5 4.5 0 0 1 8 4.5L-3.2 3.4Z"
HUB = '<circle r="5" class="fig-hub"/>'
HELD_SHAPES = {
    "plates": f'<circle r="{PLATE}" class="fig-plate"/>{HUB}<circle r="2.5" class="fig-bar"/>',
    "small_plates": f'<circle r="16" class="fig-plate"/>{HUB}<circle r="2.5" class="fig-bar"/>',
    "trap_high": (
        f'<path d="M-36 12H36M-13 12V0H13V12" class="fig-rod"/><circle cy="12" r="{PLATE}" class="fig-plate"/>'
        '<circle cy="12" r="5" class="fig-hub"/>'
    ),
    "trap_low": f'<path d="M-36 0H36" class="fig-rod"/><circle r="{PLATE}" class="fig-plate"/>{HUB}',
    "dumbbell": (
        '<path d="M-9 0H9" class="fig-rod"/><path d="M-16-6.5H-8V6.5H-16ZM8-6.5H16V6.5H8Z" class="fig-iron"/>'
    ),
    "kettlebell": (
        '<path d="M12-6L2.5-5.5C-2.5-5-2.5 5 2.5 5.5L12 6" class="fig-rod"/><circle cx="16.5" r="10" class="fig-iron"/>'
    ),
    "goblet": '<circle r="10" class="fig-iron"/>',
    "plate": '<circle r="12" class="fig-iron"/><circle r="2.5" class="fig-hole"/>',
    "dowel": '<path d="M-8 0H92" class="fig-stick"/>',
    "roller": '<circle r="6.5" class="fig-pad"/>',
    "footplate": '<path d="M-16 9.5H26M5 9.5V26" class="fig-rod"/>',
    "sled": '<path d="M-6-118V-3M44-4L-6-60" class="fig-rod"/><path d="M-12-5H62L70 0H-18Z" class="fig-iron"/>',
}
LINE_THICK = {"cable": 1.2, "band": 2.4, "strap": 2.0, "landmine": 4.5, "belt": 2.4}
"""How thick a held line is drawn; it is 100 long, and stretched."""
BAR, PAD_THICK, LEG_IN, SEAT_THICK, WALL_THICK, SEAT_DEPTH, CHAIR_BACK = 3.2, 7.0, 8.0, 6.0, 6.0, 42.0, 45.0
TALL = 210.0
MAT_THICK = 2.0


def capsule(length: float, first: float, last: float) -> str:
    """A rounded bar along x, as thick as twice `first` where it begins and `last` where it ends."""
    return (
        f"M0-{first:g}L{length:g}-{last:g}A{last:g} {last:g} 0 0 1 {length:g} {last:g}"
        f"L0 {first:g}A{first:g} {first:g} 0 0 1 0-{first:g}Z"
    )


def body_shapes(view: str) -> dict[str, str]:
    """The drawn parts of the body by name, as SVG elements."""
    front = view == "front"
    paths = dict(FRONT_TRUNK if front else SIDE_TRUNK)
    paths |= {part: capsule(LENGTHS[part] * CM, *thick) for part, thick in THICK.items()}
    if not front:
        paths["shank"] = CALF
    paths |= {"hand": FIST, "foot": FRONT_SHOE if front else SHOE, "head": FRONT_HEAD if front else SIDE_HEAD}
    return {name: f'<path d="{path}"/>' for name, path in paths.items()}


# --- what stands about -----------------------------------------------------------------------------------------------


def prop_svg(prop: Prop) -> str:
    """One thing that stands about, in centimetres on the floor at y = 0."""
    return PROP_SHAPES[prop.kind](*(number * CM for number in prop.numbers))


def prop_extent(prop: Prop) -> tuple[Sequence[float], Sequence[float]]:
    """How far a thing reaches: x and y of its corners in metres, y up."""
    numbers = prop.numbers
    if prop.kind in ("box", "block", "bench"):
        return (numbers[0], numbers[0] + numbers[1]), (0, numbers[2])
    if prop.kind in ("pad", "footplate"):
        turn = math.radians(numbers[3])
        return (
            (numbers[0], numbers[0] + numbers[2] * math.cos(turn)),
            (numbers[1], numbers[1] + numbers[2] * math.sin(turn)),
        )
    if prop.kind == "rail":
        return (numbers[0], numbers[2]), (numbers[1], numbers[3])
    if prop.kind in ("ball", "wheel"):
        x, y, radius = numbers
        return (x - radius, x + radius), (y - radius, y + radius)
    return (numbers[0],), (numbers[1] if len(numbers) > 1 and prop.kind in ("post", "bar") else 0,)


def _box(x: float, width: float, height: float) -> str:
    return f'<rect x="{x:g}" y="{-height:g}" width="{width:g}" height="{height:g}" rx="1.5" class="fig-prop"/>'


def _bench(x: float, length: float, height: float) -> str:
    legs = f"M{x + LEG_IN:g} 0V{PAD_THICK - height:g}M{x + length - LEG_IN:g} 0V{PAD_THICK - height:g}"
    return (
        f'<path d="{legs}" class="fig-frame"/><rect x="{x:g}" y="{-height:g}" width="{length:g}" '
        f'height="{PAD_THICK:g}" rx="3" class="fig-pad"/>'
    )


def _chair(x: float, height: float) -> str:
    far = x + SEAT_DEPTH
    return (
        f'<path d="M{x + 2:g} 0V{-height - CHAIR_BACK:g}M{far - 2:g} 0V{-height:g}" class="fig-frame"/>'
        f'<rect x="{x:g}" y="{-height:g}" width="{SEAT_DEPTH:g}" height="{SEAT_THICK:g}" rx="2" class="fig-pad"/>'
    )


def _wall(x: float) -> str:
    return f'<rect x="{x:g}" y="{-TALL:g}" width="{WALL_THICK:g}" height="{TALL:g}" class="fig-prop"/>'


def _post(x: float, height: float) -> str:
    return f'<path d="M{x:g} 0V{-height:g}M{x - LEG_IN:g} 0H{x + LEG_IN:g}" class="fig-frame"/>'


def _pad(x: float, y: float, length: float, angle: float) -> str:
    turn = angle / CM
    return (
        f'<g transform="translate({x:g} {-y:g}) rotate({-turn:g})">'
        f'<rect width="{length:g}" height="{PAD_THICK:g}" rx="3" class="fig-pad"/></g>'
    )


def _footplate(x: float, y: float, length: float, angle: float) -> str:
    turn = angle / CM
    return (
        f'<g transform="translate({x:g} {-y:g}) rotate({-turn:g})">'
        f'<rect width="{length:g}" height="3" class="fig-iron"/></g>'
    )


def _rail(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<path d="M{x:g} {-y:g}L{to_x:g} {-to_y:g}" class="fig-frame"/>'


def _pillow(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect x="{x:g}" y="{-y - height:g}" width="{width:g}" height="{height:g}" '
        f'rx="{min(width, height) / 2:g}" class="fig-pad"/>'
    )


def _ball(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{x:g}" cy="{-y:g}" r="{radius:g}" class="fig-pad"/>'


def _wheel(x: float, y: float, radius: float) -> str:
    middle = f'cx="{x:g}" cy="{-y:g}"'
    return f'<circle {middle} r="{radius:g}" class="fig-ring"/><circle {middle} r="2" class="fig-bar"/>'


def _bar(x: float, y: float) -> str:
    return f'<path d="M{x:g} 0V{-y:g}" class="fig-frame"/><circle cx="{x:g}" cy="{-y:g}" r="{BAR}" class="fig-bar"/>'


def _mat(x: float, length: float) -> str:
    return f'<rect x="{x:g}" y="0" width="{length:g}" height="{MAT_THICK:g}" class="fig-pad"/>'


PROP_SHAPES: dict[str, Callable[..., str]] = {
    "box": _box,
    "block": _box,
    "bench": _bench,
    "chair": _chair,
    "wall": _wall,
    "post": _post,
    "pad": _pad,
    "rail": _rail,
    "pillow": _pillow,
    "ball": _ball,
    "bar": _bar,
    "footplate": _footplate,
    "wheel": _wheel,
    "mat": _mat,
}


def flat(place: Point) -> tuple[float, float]:
    """A place as the drawing counts it: centimetres, y down."""
    return place[0] * CM, -place[1] * CM
