"""The figure as seen from the front: standing, sitting, lying on its side, in side planks.

Links keep their lengths in space: what points to or away from the viewer is drawn shorter. `near` is the side on the
right of the picture, which is the lower one when the head lies to the right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from liftback.knowledge.demonstration_entries import Demonstration, Limbs
from liftback.plans.body import (
    ANKLE_UP,
    FOREARM_AND_HAND,
    HALF_TURN,
    HEEL,
    HIP_OUT,
    LENGTHS,
    QUARTER_TURN,
    SHOULDER_OUT,
    TOE,
    Contact,
    Point,
    Pose,
    Side,
    between,
    direction_of,
    distance,
    minus,
    plus,
    times,
    toward,
    two_links,
)
from liftback.plans.postures import ELBOW_UP, KNEE_UP, POSTURES
from liftback.plans.searching import root

OUTWARD = {"near": 1, "far": -1}
LEG = LENGTHS["thigh"] + LENGTHS["shank"]
ARM = LENGTHS["upper_arm"] + FOREARM_AND_HAND
STANCE = 0.10
"""How far each foot stands from the middle, unless a frame says otherwise; metres."""
LOWER_ANKLE, UPPER_ANKLE, UPPER_KNEE = 0.05, 0.13, 0.15
"""Height of the ankles and of the upper knee in a side plank, one leg on the other."""
PLANK_ELBOW = {"side_plank": 1.30, "side_plank_knees": 0.86}
"""How far the elbow of a side plank is from the foot, or knee, on the floor."""
PLANK_SEARCH = (40.0, 105.0, 75.0)
OUT_OF_HIPS, CHEST_DOWN, CHEST_OUT, CHEST_FRONT = 0.09, 0.12, 0.04, 0.16
"""Where hands are: beside the hips, and before the chest."""
FRONT = (0.0, 0.0, 1.0)

Numbers = Mapping[str, float]


def front_pose(asked: Demonstration, body: Numbers, limbs: Mapping[str, Limbs]) -> Pose:
    """The figure from the numbers of one instant."""
    if asked.support not in PLANK_ELBOW:
        return _built(asked, body, limbs, _hips(asked, body, limbs))
    elbow = (limbs["near"].numbers.get("hands_x", PLANK_ELBOW[asked.support]), ELBOW_UP, 0.0)

    def plank(legs: float) -> Pose:
        lean = legs - limbs["near"].numbers.get("hip", 0.0)
        hips = _plank_hips(asked, legs, lean)
        return _built(asked, {**body, "lean": lean, "legs": legs}, limbs, hips, elbow)

    def miss(legs: float) -> float:
        shoulder = plank(legs).near.shoulder
        return distance(elbow, (shoulder[0], shoulder[1], 0.0)) - LENGTHS["upper_arm"]

    return plank(root(miss, *PLANK_SEARCH))


def _in_space(direction: float, toward_viewer: float, length: float) -> Point:
    """A step in a direction of the picture, turned out of it towards the viewer."""
    flat, out = math.cos(math.radians(toward_viewer)), math.sin(math.radians(toward_viewer))
    return plus(toward(direction, length * flat), (0.0, 0.0, length * out))


def _hips(asked: Demonstration, body: Numbers, limbs: Mapping[str, Limbs]) -> Point:
    posture = POSTURES[asked.support]
    x, y = (body.get(name, posture.body.get(name, 0.0)) for name in ("at_x", "at_y"))
    if asked.support == "feet" and "at_y" not in body:
        reaches = [_hip_height(side, limbs[side].numbers, x, body) for side in OUTWARD if _stands(limbs[side])]
        y = min(reaches, default=ANKLE_UP + LEG)
    return (x, y, 0.0)


def _stands(limbs: Limbs) -> bool:
    return "hip" not in limbs.numbers and "lift" not in limbs.numbers


def _hip_height(side: str, numbers: Numbers, x: float, body: Numbers) -> float:
    """How high the hips are with the leg straight."""
    hip = plus((x, 0.0, 0.0), toward(body.get("lean", 0.0) + QUARTER_TURN, OUTWARD[side] * HIP_OUT))
    apart = _foot_x(side, numbers) - hip[0]
    return ANKLE_UP + math.sqrt(LEG**2 - apart**2) - hip[1]


def _foot_x(side: str, numbers: Numbers) -> float:
    return numbers.get("foot_x", OUTWARD[side] * STANCE)


def _plank_hips(asked: Demonstration, legs: float, lean: float) -> Point:
    """The hips above the lower leg, which is carried by foot or knee."""
    whole, height = (LEG, LOWER_ANKLE) if asked.support == "side_plank" else (LENGTHS["thigh"], KNEE_UP)
    lower = plus((0.0, height, 0.0), toward(legs, whole))
    return plus(lower, toward(lean - QUARTER_TURN, HIP_OUT))


def _built(
    asked: Demonstration, body: Numbers, limbs: Mapping[str, Limbs], hips: Point, elbow: Point | None = None
) -> Pose:
    lean = body.get("lean", POSTURES[asked.support].body.get("lean", 0.0))
    bend = body.get("bend", 0.0)
    directions = (lean, lean + bend / 2, lean + bend)
    steps = [toward(d, LENGTHS[part]) for d, part in zip(directions, ("pelvis", "lumbar", "thorax"), strict=True)]
    neck = plus(hips, *steps)
    sides = {}
    for side, way in OUTWARD.items():
        hip = plus(hips, toward(lean + QUARTER_TURN, way * HIP_OUT))
        shoulder = plus(neck, toward(directions[2] + QUARTER_TURN, way * SHOULDER_OUT))
        leg = _leg(asked, side, limbs[side].numbers, hip, {**body, "lean": lean})
        start = Side(hip=hip, shoulder=shoulder, elbow=shoulder, wrist=shoulder, hand=shoulder, **leg)
        carried = elbow if side == "near" else None
        sides[side] = _with_arm(start, side, limbs[side], directions[2], carried)
    return Pose(
        view="front",
        hips=hips,
        waist=plus(hips, steps[0]),
        chest=plus(hips, steps[0], steps[1]),
        neck=neck,
        head=plus(neck, toward(directions[2] - body.get("neck", 0.0), LENGTHS["neck"])),
        near=sides["near"],
        far=sides["far"],
        grip=sides["near"].hand,
        bend=bend,
        neck_angle=body.get("neck", 0.0),
        contacts=tuple(_contacts(asked, limbs, sides, elbow)),
    )


# --- legs and arms ---------------------------------------------------------------------------------------------------


def _leg(asked: Demonstration, side: str, numbers: Numbers, hip: Point, body: Numbers) -> dict[str, Point]:
    if asked.support in PLANK_ELBOW:
        return _plank_leg(asked, side, hip, body)
    if asked.support == "feet" and "hip" not in numbers and "lift" not in numbers:
        ankle = (_foot_x(side, numbers), ANKLE_UP + numbers.get("foot_y", 0.0), 0.0)
        knee, ankle = two_links(hip, ankle, LENGTHS["thigh"], LENGTHS["shank"], FRONT)
        return {"knee": knee, "ankle": ankle, **_foot(ankle, HALF_TURN, 0.0, numbers)}
    usual = SITTING if asked.support == "seat" else {}
    lift, bent = (numbers.get(name, usual.get(name, 0.0)) for name in ("lift", "knee"))
    direction = body["lean"] + HALF_TURN - OUTWARD[side] * numbers.get("hip", 0.0)
    knee = plus(hip, _in_space(direction, lift, LENGTHS["thigh"]))
    ankle = plus(knee, _in_space(direction, lift - bent, LENGTHS["shank"]))
    return {"knee": knee, "ankle": ankle, **_foot(ankle, direction, lift - bent, numbers)}


SITTING = {"lift": 90.0, "knee": 90.0}


def _foot(ankle: Point, direction: float, shank: float, numbers: Numbers) -> dict[str, Point]:
    """The sole of a foot that points to the viewer when its shank hangs down."""
    sole = plus(ankle, _in_space(direction, shank, ANKLE_UP))
    ahead = shank + QUARTER_TURN + numbers.get("ankle", 0.0)
    return {name: plus(sole, _in_space(direction, ahead, along)) for name, along in (("heel", HEEL), ("toe", TOE))}


def _plank_leg(asked: Demonstration, side: str, hip: Point, body: Numbers) -> dict[str, Point]:
    direction = body["legs"] + HALF_TURN
    if asked.support == "side_plank":
        place = (0.0, LOWER_ANKLE if side == "near" else UPPER_ANKLE, 0.0)
        knee, ankle = two_links(hip, place, LENGTHS["thigh"], LENGTHS["shank"], FRONT)
        return {"knee": knee, "ankle": ankle, **_foot(ankle, direction, 0.0, {})}
    if side == "far":
        direction = direction_of(hip, (0.0, UPPER_KNEE, 0.0))
    knee = plus(hip, toward(direction, LENGTHS["thigh"]))
    ankle = plus(knee, (0.0, 0.0, -LENGTHS["shank"]))
    return {"knee": knee, "ankle": ankle, **_foot(ankle, direction, -QUARTER_TURN, {"ankle": -QUARTER_TURN / 2})}


def _with_arm(start: Side, side: str, limbs: Limbs, chest: float, elbow: Point | None) -> Side:
    numbers, shoulder = limbs.numbers, start.shoulder
    if elbow is not None:
        down = direction_of(shoulder, elbow)
        found = plus(shoulder, toward(down, LENGTHS["upper_arm"]))
        return _holding(start, found, plus(found, (0.0, 0.0, FOREARM_AND_HAND)))
    way = limbs.hands or "angles"
    if way in ("angles", "sides"):
        raised = numbers.get("raise", 0.0)
        direction = chest + HALF_TURN - OUTWARD[side] * numbers.get("shoulder", 0.0)
        found = plus(shoulder, _in_space(direction, raised, LENGTHS["upper_arm"]))
        bent = raised + numbers.get("elbow", 0.0)
        return _holding(start, found, plus(found, _in_space(direction, bent, FOREARM_AND_HAND)))
    place = _hand_place(way, start, side, numbers, chest)
    pole = plus(toward(chest + QUARTER_TURN, OUTWARD[side]), toward(chest + HALF_TURN, 0.5))
    found, hand = two_links(shoulder, place, LENGTHS["upper_arm"], FOREARM_AND_HAND, pole)
    return _holding(start, found, hand)


def _holding(start: Side, elbow: Point, hand: Point) -> Side:
    wrist = between(elbow, hand, LENGTHS["forearm"] / FOREARM_AND_HAND)
    return replace(start, elbow=elbow, wrist=wrist, hand=hand)


def _hand_place(way: str, start: Side, side: str, numbers: Numbers, chest: float) -> Point:
    places: dict[str, Callable[[], Point]] = {
        "to": lambda: (numbers.get("hands_x", 0.0), numbers.get("hands_y", 0.0), 0.0),
        "hang": lambda: plus(start.shoulder, (0.0, -ARM, 0.0)),
        "overhead": lambda: plus(start.shoulder, (0.0, ARM, 0.0)),
        "on_hips": lambda: plus(
            start.hip, toward(chest + QUARTER_TURN, OUTWARD[side] * OUT_OF_HIPS), toward(chest, OUT_OF_HIPS)
        ),
        "thighs": lambda: plus(start.knee, times(minus(start.hip, start.knee), 0.5), (0.0, 0.0, OUT_OF_HIPS)),
    }
    in_front = plus(
        start.shoulder,
        toward(chest + QUARTER_TURN, -OUTWARD[side] * (SHOULDER_OUT - CHEST_OUT)),
        toward(chest + HALF_TURN, CHEST_DOWN),
        (0.0, 0.0, CHEST_FRONT),
    )
    return places[way]() if way in places else in_front


def _contacts(
    asked: Demonstration, limbs: Mapping[str, Limbs], sides: Mapping[str, Side], elbow: Point | None
) -> Iterator[Contact]:
    if elbow is not None:
        yield Contact(name="near elbow", wanted=(elbow[0], elbow[1], 0.0), found=_flat(sides["near"].elbow))
        part, height = ("ankle", LOWER_ANKLE) if asked.support == "side_plank" else ("knee", KNEE_UP)
        yield Contact(name=f"near {part}", wanted=(0.0, height, 0.0), found=_flat(getattr(sides["near"], part)))
    for side in OUTWARD:
        numbers = limbs[side].numbers
        if asked.support == "feet" and _stands(limbs[side]):
            wanted = (_foot_x(side, numbers), ANKLE_UP + numbers.get("foot_y", 0.0), 0.0)
            yield Contact(name=f"{side} foot", wanted=wanted, found=_flat(sides[side].ankle))


def _flat(place: Point) -> Point:
    return (place[0], place[1], 0.0)
