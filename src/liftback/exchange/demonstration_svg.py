"""A demonstration as one drawing: it moves where motion is welcome, and shows its key frames elsewhere and on paper.

Plain SVG with CSS key frames: no script, nothing fetched, so that it works in a page that allows nothing but its own
styles. Body parts are rigid shapes that are moved and turned. Colours come from the page (`--ink`, `--paper`,
`--muted`, `--line`, `--range`). A page may stop all movement with `--demo-play: paused`, or show the key frames by
hiding `.fig-move` and showing `.fig-still`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from liftback.exchange.demonstration_shapes import (
    CM,
    HELD_SHAPES,
    LINE_THICK,
    PLATE,
    body_shapes,
    flat,
    prop_extent,
    prop_svg,
)
from liftback.knowledge.demonstration_entries import Demonstration
from liftback.plans.body import LENGTHS, Point, Pose, Side, direction_of, minus, plus, toward
from liftback.plans.figure import Instant, instants

# Sizes of the drawing, in the units of its view box, and of the figure in it, units for a centimetre.
WIDTH, HEIGHT, MARGIN, FLOOR_LINE, LARGEST, GAP, NUMBER_SIZE = 320, 240, 6, 8, 1.35, 6, 11
UPRIGHT = ("feet", "seat")
"""Where a figure seen from the front shows both sides alike."""
HIDDEN, ROUND_HELD = 0.15, 0.28
"""A shank that is seen so short hides its foot; how far what is held reaches beyond the hand; metres."""
AROUND = 0.13
"""How much of a body there is around its joints; metres."""
QUARTER, FULL = 90, 360
BARELY, LEAST_TURN, UNSEEN, FULLY = 0.05, 0.05, 0.3, 0.995
"""Movements too small to draw, a way off (cm) too small to be seen, and a stretch that is none."""
BACK_OF_TRUNK, BEHIND_NECK, ABOVE_NECK, ROLLER_BEHIND = 0.125, 0.115, 0.2, 0.09
HELD = {
    "barbell": "plates",
    "barbell_light": "small_plates",
    "barbell_on_hips": "plates",
    "safety_bar": "plates",
    "trap_bar_high": "trap_high",
    "trap_bar_low": "trap_low",
    "dumbbells": "dumbbell",
    "dumbbell": "dumbbell",
    "kettlebell": "kettlebell",
    "kettlebells": "kettlebell",
    "kettlebell_one": "kettlebell",
    "kettlebell_goblet": "goblet",
    "plate": "plate",
    "dowel": "dowel",
    "roller": "roller",
    "footplate": "footplate",
    "sled": "sled",
}
IN_BOTH_HANDS, ALONG_ARM = ("dumbbells", "kettlebells"), ("kettlebell", "kettlebells", "kettlebell_one")
STYLE = (
    ".fig-body{fill:var(--ink,#1d2023)}.fig-far{opacity:.42}"
    ".fig-rim{fill:none;stroke:var(--paper,#fff);stroke-width:3;stroke-linejoin:round}"
    ".fig-floor{stroke:var(--muted,#555d66);stroke-width:1.5}"
    ".fig-prop{fill:var(--line,#d8d3c9)}.fig-pad{fill:var(--muted,#555d66);fill-opacity:.55}"
    ".fig-frame{fill:none;stroke:var(--muted,#555d66);stroke-opacity:.6;stroke-width:3.5;stroke-linecap:round}"
    ".fig-plate{fill:var(--range,#1f5f86);fill-opacity:.22;stroke:var(--range,#1f5f86);stroke-width:2}"
    ".fig-hub,.fig-hole{fill:var(--paper,#fff);stroke:var(--range,#1f5f86);stroke-width:1.5}"
    ".fig-bar,.fig-iron,.fig-line{fill:var(--range,#1f5f86)}"
    ".fig-rod{fill:none;stroke:var(--range,#1f5f86);stroke-width:3;stroke-linejoin:round}"
    ".fig-stick{stroke:var(--range,#1f5f86);stroke-width:2.4;stroke-linecap:round}"
    ".fig-ring{fill:none;stroke:var(--muted,#555d66);stroke-width:2}"
    ".fig-count{fill:var(--muted,#555d66)}"
    ".fig-still{display:none}.fig-move *{animation-play-state:var(--demo-play,running)}"
    "@media (prefers-reduced-motion:reduce){.fig-move{display:none}.fig-still{display:inline}}"
    "@media print{.fig-move{display:none}.fig-still{display:inline}}"
)
"""The rules of all drawings. Each brings them along, since it may stand alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A shape at an instant: where its upper joint is (cm, y down), its turn in degrees, how far it is stretched."""

    shape: str
    layer: str
    x: float
    y: float
    turn: float = 0.0
    stretch: float = 1.0


def demonstration_svg(asked: Demonstration, *, name: str = "", still: bool = False) -> str:
    """The drawing. `name` makes the ids in it unique on a page; `still` leaves out the movement."""
    ident = "fig-" + (name or asked.id).replace("_", "-")
    moments = instants(asked)
    keys = [moment.pose for moment in moments if moment.key]
    defs = "".join(f'<g id="{ident}-{shape}">{svg}</g>' for shape, svg in _shapes(asked).items())
    rules, moving = ("", "") if still else _moving(asked, moments, ident)
    shown = STYLE + rules + (f"#{ident} .fig-still{{display:inline}}" if still else "")
    return (
        f'<svg id="{ident}" class="demonstration" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{ident}-title {ident}-desc" xmlns="http://www.w3.org/2000/svg" font-family="inherit">'
        f'<title id="{ident}-title">{escape(asked.name)}</title><desc id="{ident}-desc">{escape(asked.says)}</desc>'
        f"<style>{shown}</style><defs>{defs}</defs>{moving}{_stills(asked, keys, ident)}</svg>"
    )


def _shapes(asked: Demonstration) -> dict[str, str]:
    found = body_shapes(asked.view)
    if asked.holds:
        found["held"] = HELD_SHAPES[HELD[asked.holds]]
    if asked.line:
        thick = LINE_THICK[asked.line.kind]
        if asked.line.kind == "landmine":
            found["end"] = HELD_SHAPES["small_plates"]
        found["line"] = f'<rect y="{-thick / 2:g}" width="{CM}" height="{thick:g}" class="fig-line"/>'
    return found


# --- where the shapes are --------------------------------------------------------------------------------------------


def placed(asked: Demonstration, pose: Pose) -> tuple[Placed, ...]:
    """Every shape of an instant, from the back to the front, always the same ones in the same order."""
    trunk = [
        _link("pelvis", "trunk", pose.hips, pose.waist),
        _link("lumbar", "trunk", pose.waist, pose.chest),
        _link("thorax", "trunk", pose.chest, pose.neck),
        _link("head", "trunk", pose.neck, pose.head, "neck"),
    ]
    held = tuple(_held(asked, pose))
    arm = _arm(pose.near, "near_arm")
    behind = [part for part in held if part.layer in ("far", "line")]
    before = [part for part in held if part.layer not in ("far", "line")]
    far_leg, far_arm = (
        ("near_leg", "near_arm") if asked.view == "front" and asked.support in UPRIGHT else ("far", "far")
    )
    far = (*_leg(pose.far, far_leg), *_arm(pose.far, far_arm))
    return (*far, *behind, *trunk, *_leg(pose.near, "near_leg"), *before, *arm)


def _link(shape: str, layer: str, start: Point, end: Point, part: str = "") -> Placed:
    x, y = flat(start)
    seen = math.hypot(end[0] - start[0], end[1] - start[1]) / LENGTHS[part or shape]
    return Placed(shape=shape, layer=layer, x=x, y=y, turn=direction_of(start, end) - QUARTER, stretch=seen)


def _leg(side: Side, layer: str) -> tuple[Placed, ...]:
    x, y = flat(side.ankle)
    ahead = side.heel[2] != side.toe[2]
    along = direction_of(side.hip, side.ankle) - QUARTER if ahead else direction_of(side.heel, side.toe)
    hidden = ahead and math.dist(side.knee[:2], side.ankle[:2]) < HIDDEN
    foot = Placed(shape="foot", layer=layer, x=x, y=y, turn=along - QUARTER, stretch=0.0 if hidden else 1.0)
    thigh, shank = _link("thigh", layer, side.hip, side.knee), _link("shank", layer, side.knee, side.ankle)
    return foot, shank, thigh


def _arm(side: Side, layer: str) -> tuple[Placed, ...]:
    upper = _link("upper_arm", layer, side.shoulder, side.elbow)
    return upper, _link("forearm", layer, side.elbow, side.wrist), _link("hand", layer, side.wrist, side.hand)


def _held(asked: Demonstration, pose: Pose) -> Iterator[Placed]:
    if asked.line:
        ends = {"hands": pose.grip, "hips": pose.hips, "ankles": pose.near.ankle, "shoulders": pose.near.shoulder}
        end = (*asked.line.to, 0.0)
        x, y = flat(end)
        step = minus(ends[asked.line.start], end)
        turn = direction_of(end, ends[asked.line.start]) - QUARTER
        layer = "over" if asked.line.kind == "belt" else "line"
        yield Placed(shape="line", layer=layer, x=x, y=y, turn=turn, stretch=math.hypot(step[0], step[1]))
        if asked.line.kind == "landmine":
            x, y = flat(ends[asked.line.start])
            yield Placed(shape="end", layer="over", x=x, y=y)
    if asked.holds in IN_BOTH_HANDS:
        yield _in_hand(asked, pose.far, "far")
        yield _in_hand(asked, pose.near, "held")
    elif asked.holds in ALONG_ARM or asked.holds == "dumbbell":
        yield _in_hand(asked, pose.near, "held")
    elif asked.holds:
        yield _on_body(asked, pose)


def _in_hand(asked: Demonstration, side: Side, layer: str) -> Placed:
    x, y = flat(side.hand)
    turn = direction_of(side.elbow, side.hand) - QUARTER if asked.holds in ALONG_ARM else 0.0
    return Placed(shape="held", layer=layer, x=x, y=y, turn=turn)


def _on_body(asked: Demonstration, pose: Pose) -> Placed:
    if asked.holds == "dowel":
        lean, chest = direction_of(pose.hips, pose.waist), direction_of(pose.chest, pose.neck)
        start = plus(pose.hips, toward(lean - QUARTER, BACK_OF_TRUNK))
        end = plus(pose.neck, toward(chest, ABOVE_NECK), toward(chest - QUARTER, BEHIND_NECK))
        x, y = flat(start)
        return Placed(shape="held", layer="over", x=x, y=y, turn=direction_of(start, end) - QUARTER)
    place = pose.grip
    if asked.holds == "footplate":
        x, y = flat(pose.near.ankle)
        along = direction_of(pose.near.heel, pose.near.toe) - QUARTER
        return Placed(shape="held", layer="line", x=x, y=y, turn=along)
    if asked.holds == "roller":
        leg = direction_of(pose.near.knee, pose.near.ankle)
        place = plus(pose.near.ankle, toward(leg + QUARTER, ROLLER_BEHIND))
    x, y = flat(place)
    layer = "held" if asked.holds == "kettlebell_goblet" else "over"
    return Placed(shape="held", layer=layer, x=x, y=0 if asked.holds == "sled" else y)


# --- movement --------------------------------------------------------------------------------------------------------


def _moving(asked: Demonstration, moments: Sequence[Instant], ident: str) -> tuple[str, str]:
    """The key frames of the style sheet, and the drawing that they move."""
    rows = [placed(asked, moment.pose) for moment in moments]
    whole = moments[-1].at
    way = "" if asked.moves == "around" else " alternate"
    rules, classes = [], []
    for number, parts in enumerate(zip(*rows, strict=True)):
        steps = _unwound(parts)
        if _is_still(steps):
            classes.append("")
            continue
        times = [moment.at for moment in moments]
        stops = "".join(
            f"{round(CM * times[n] / whole, 1):g}%{{transform:{_css(steps[n])}}}" for n in _needed(steps, times)
        )
        label = f"{ident}-m{number}"
        rules.append(f"@keyframes {label}{{{stops}}}.{label}{{animation:{label} {whole:.2f}s linear infinite{way}}}")
        classes.append(label)
    extent = _extent(asked, [moment.pose for moment in moments])
    return "".join(rules), f'<g class="fig-move">{_panel(asked, _body(rows[0], classes, ident), Panel(), extent)}</g>'


def _unwound(parts: Iterable[Placed]) -> list[Placed]:
    """The same shape through time, turning on instead of jumping by a whole turn."""
    found: list[Placed] = []
    for part in parts:
        turn = part.turn
        if found:
            turn += FULL * round((found[-1].turn - turn) / FULL)
        found.append(Placed(shape=part.shape, layer=part.layer, x=part.x, y=part.y, turn=turn, stretch=part.stretch))
    return found


def _needed(steps: Sequence[Placed], times: Sequence[float]) -> list[int]:
    """The instants that cannot be left out: the others lie on the straight way between these."""
    keep, spans = {0, len(steps) - 1}, [(0, len(steps) - 1)]
    while spans:
        first, last = spans.pop()
        off = {n: _off(steps, times, (first, n, last)) for n in range(first + 1, last)}
        worst = max(off, key=lambda n: off[n], default=first)
        if off.get(worst, 0.0) > UNSEEN:
            keep.add(worst)
            spans += [(first, worst), (worst, last)]
    return sorted(keep)


def _off(steps: Sequence[Placed], times: Sequence[float], span: tuple[int, int, int]) -> float:
    """How far a shape is from the straight way between two other instants; a degree counts as much as UNSEEN cm."""
    one, here, other = (steps[n] for n in span)
    start, now, end = (times[n] for n in span)
    share = (now - start) / (end - start) if end > start else 0.0

    def miss(name: str) -> float:
        first, last = getattr(one, name), getattr(other, name)
        return abs(float(getattr(here, name) - (first + share * (last - first))))

    return max(miss("x"), miss("y"), miss("turn") * UNSEEN, miss("stretch") * (CM if here.shape == "line" else FULL))


def _is_still(parts: Sequence[Placed]) -> bool:
    return all(
        abs(one.x - other.x) + abs(one.y - other.y) < BARELY and abs(one.turn - other.turn) < LEAST_TURN
        for one, other in pairwise(parts)
    )


def _css(part: Placed) -> str:
    stretch = f" scale({part.stretch:.3f},1)" if _is_stretched(part) else ""
    return f"translate({part.x:.1f}px,{part.y:.1f}px) rotate({part.turn:.1f}deg){stretch}"


def _is_stretched(part: Placed) -> bool:
    return part.stretch < FULLY or part.shape == "line"


def _attribute(part: Placed) -> str:
    stretch = f" scale({part.stretch:.3f} 1)" if _is_stretched(part) else ""
    return f"translate({part.x:.1f} {part.y:.1f}) rotate({part.turn:.1f}){stretch}"


# --- panels ----------------------------------------------------------------------------------------------------------

Extent = tuple[float, float, float, float]
"""Least and greatest x, least and greatest y; metres, y up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A part of the view box."""

    left: float = 0
    top: float = 0
    width: float = WIDTH
    height: float = HEIGHT
    number: str = ""


def _extent(asked: Demonstration, poses: Sequence[Pose]) -> Extent:
    """All that is ever drawn."""
    places = [place for pose in poses for place in _reaches(asked, pose)]
    if asked.line:
        places.append((*asked.line.to, 0.0))
    for prop in asked.props:
        more_x, more_y = prop_extent(prop)
        places += [(x, y, 0.0) for x in more_x for y in more_y]
    xs, ys = [place[0] for place in places], [place[1] for place in places]
    return min(xs), max(xs), 0.0, max(ys)


def _reaches(asked: Demonstration, pose: Pose) -> Iterator[Point]:
    """Places around the figure and what it holds."""
    for side in (pose.near, pose.far):
        for joint in (side.knee, side.ankle, side.toe, side.elbow, side.hand, side.hip, side.shoulder):
            yield from _around(joint, AROUND / 2)
        if asked.holds in ALONG_ARM:
            yield plus(side.hand, toward(direction_of(side.elbow, side.hand), ROUND_HELD))
        if asked.holds in ("dumbbells", "dumbbell"):
            yield from _around(side.hand, ROUND_HELD / 2)
    yield from _around(pose.head, AROUND)
    if HELD.get(asked.holds) in ("plates", "trap_high", "trap_low"):
        yield from _around(pose.grip, PLATE / CM)
    if asked.holds == "dowel":
        yield plus(pose.neck, toward(direction_of(pose.chest, pose.neck), ROUND_HELD * 2))
    if asked.holds == "sled":
        yield plus(pose.grip, (LENGTHS["neck"] * 2 + ROUND_HELD, 0.0, 0.0))


def _around(place: Point, reach: float) -> Iterator[Point]:
    yield (place[0] - reach, place[1] - reach, 0.0)
    yield (place[0] + reach, place[1] + reach, 0.0)


def _zoom(extent: Extent, width: float, height: float) -> float:
    wide, tall = (extent[1] - extent[0]) * CM, (extent[3] - extent[2]) * CM
    return min((width - MARGIN * 2) / wide, (height - MARGIN - FLOOR_LINE) / tall, LARGEST)


def _stills(asked: Demonstration, poses: Sequence[Pose], ident: str) -> str:
    """The key frames beside or above each other, whichever shows them larger."""
    whole, many = _extent(asked, poses), len(poses)

    def size(columns: int) -> float:
        return _zoom(whole, WIDTH / columns, HEIGHT / math.ceil(many / columns))

    columns = max(range(1, many + 1), key=size)
    width, height = WIDTH / columns, HEIGHT / math.ceil(many / columns)
    parts = []
    for place, pose in enumerate(poses):
        row, column = divmod(place, columns)
        number = str(place + 1) if many > 1 else ""
        panel = Panel(left=column * width, top=row * height, width=width, height=height, number=number)
        parts.append(_panel(asked, _body(placed(asked, pose), (), ident), panel, whole))
    return f'<g class="fig-still">{"".join(parts)}</g>'


def _panel(asked: Demonstration, body: str, panel: Panel, extent: Extent) -> str:
    """The floor, what stands about, and the body, in a part of the view box."""
    zoom = _zoom(extent, panel.width, panel.height)
    middle = (extent[0] + extent[1]) / 2 * CM
    across, floor = panel.left + panel.width / 2 - middle * zoom, panel.top + panel.height - FLOOR_LINE
    reach = (panel.width / 2 - GAP / 2) / zoom
    line = f'<path d="M{middle - reach:.1f} .8H{middle + reach:.1f}" class="fig-floor"/>' if asked.floor else ""
    props = "".join(prop_svg(prop) for prop in asked.props)
    at = f'x="{panel.left + GAP:.1f}" y="{panel.top + NUMBER_SIZE + 1:.1f}"'
    count = f'<text {at} font-size="{NUMBER_SIZE}" class="fig-count">{panel.number}</text>' if panel.number else ""
    return f'<g transform="translate({across:.1f} {floor:.1f}) scale({zoom:.3f})">{line}{props}{body}</g>{count}'


LAYERS = ("far", "line", "trunk", "near_leg", "held", "near_arm", "over")
RIMMED = ("near_leg", "near_arm")


def _body(parts: Sequence[Placed], classes: Sequence[str], ident: str) -> str:
    """The shapes by layer from back to front; near limbs have a rim of paper, so that they stand out from the trunk."""
    found = []
    for layer in LAYERS:
        uses = "".join(
            f'<use href="#{ident}-{part.shape}"{_moved_by(label)} transform="{_attribute(part)}"/>'
            for part, label in zip(parts, classes or [""] * len(parts), strict=True)
            if part.layer == layer
        )
        if layer in RIMMED:
            found.append(f'<g class="fig-rim">{uses}</g>')
        kind = "fig-body fig-far" if layer == "far" else "fig-body"
        if uses:
            found.append(f'<g class="{kind}">{uses}</g>')
    return "".join(found)


def _moved_by(label: str) -> str:
    return f' class="{label}"' if label else ""
