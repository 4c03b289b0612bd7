"""The one body that is drawn: lengths and masses of its parts, the ranges of its joints, and its parts in space.

Lengths are metres of a person 1.75 m tall, from the usual shares of stature; masses are shares of body mass. Angles
are degrees. A direction is an angle from straight up towards the front: 0 up, 90 forwards, 180 down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float, float]
"""x forwards (in a front view: to the right of the picture), y up from the floor, z towards the viewer; metres."""

LENGTHS = {
    "pelvis": 0.10,
    "lumbar": 0.18,
    "thorax": 0.22,
    "neck": 0.21,
    "upper_arm": 0.325,
    "forearm": 0.255,
    "hand": 0.08,
    "thigh": 0.43,
    "shank": 0.43,
}
"""`thorax` ends at the shoulders, `neck` at the middle of the head, `hand` at the grip."""
FOREARM_AND_HAND = LENGTHS["forearm"] + LENGTHS["hand"]
ANKLE_UP, HEEL, MID_FOOT, TOE = 0.08, -0.06, 0.06, 0.18
"""The ankle above the sole, and places along the sole, from below the ankle to the front."""
HIP_OUT, SHOULDER_OUT, HEAD = 0.09, 0.18, 0.11
"""Half the distance of the hips and of the shoulders; the radius of the head."""
MASSES = {
    "head": 0.081,
    "trunk": 0.497,
    "upper_arm": 0.028,
    "forearm": 0.022,
    "thigh": 0.1,
    "shank": 0.0465,
    "foot": 0.0145,
}
HELD_MASS = 0.15
"""A weight that is held but no bar, as a share of body mass, where the body is balanced with it."""
RANGES = {
    "hip": (-30.0, 130.0),
    "knee": (-1.0, 150.0),
    "ankle": (-65.0, 45.0),
    "shoulder": (-65.0, 190.0),
    "elbow": (-1.0, 150.0),
    "bend": (-65.0, 65.0),
    "neck": (-60.0, 60.0),
}
"""How far joints go; flexion is above 0."""
THICKNESS = {
    "hips": 0.07,
    "neck": 0.06,
    "head": 0.09,
    "knee": 0.045,
    "elbow": 0.035,
    "wrist": 0.03,
    "hand": 0.03,
    "ankle": 0.035,
}
"""How deep flesh lies around the middle of a joint: nearer to the floor it cannot come."""
LEAST_DEPTH = 0.01
"""Depth from which a link does not lie in the picture's plane any more."""
HALF_TURN, QUARTER_TURN, FULL_TURN = 180.0, 90.0, 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Where the joints of one side are; `heel` and `toe` are on the sole, `hand` is the grip."""

    hip: Point
    knee: Point
    ankle: Point
    heel: Point
    toe: Point
    shoulder: Point
    elbow: Point
    wrist: Point
    hand: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A part that is held to a place: what it is, where it must be and where it is."""

    name: str
    wanted: Point
    found: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """The whole figure: middle of the hips, upper ends of pelvis and lumbar spine, middle of the shoulders and head.

    `grip` is where what is held is; `bend` of the spine and `neck` are in degrees.
    """

    view: str
    hips: Point
    waist: Point
    chest: Point
    neck: Point
    head: Point
    near: Side
    far: Side
    grip: Point
    bend: float
    neck_angle: float
    contacts: tuple[Contact, ...]


def toward(direction: float, length: float = 1.0) -> Point:
    """The step of a length in a direction of the picture's plane."""
    turn = math.radians(direction)
    return (length * math.sin(turn), length * math.cos(turn), 0.0)


def plus(*points: Point) -> Point:
    """The sum of steps."""
    return (sum(p[0] for p in points), sum(p[1] for p in points), sum(p[2] for p in points))


def minus(one: Point, other: Point) -> Point:
    """The step from the other to the one."""
    return (one[0] - other[0], one[1] - other[1], one[2] - other[2])


def times(point: Point, factor: float) -> Point:
    """A step made longer."""
    return (point[0] * factor, point[1] * factor, point[2] * factor)


def between(one: Point, other: Point, share: float) -> Point:
    """The place at a share of the way from one to the other."""
    return plus(times(one, 1 - share), times(other, share))


def distance(one: Point, other: Point) -> float:
    """Metres between two places."""
    return math.dist(one, other)


def direction_of(one: Point, other: Point) -> float:
    """The direction in the picture's plane from one place to the other."""
    return math.degrees(math.atan2(other[0] - one[0], other[1] - one[1]))


def turned(angle: float) -> float:
    """The same angle from -180 to 180."""
    return (angle + HALF_TURN) % FULL_TURN - HALF_TURN


def two_links(start: Point, end: Point, first: float, second: float, pole: Point) -> tuple[Point, Point]:
    """The middle joint and the end of two links from `start` towards `end`, the joint on the side of `pole`.

    An end that is out of reach is reached for: the links lie straight.
    """
    step = minus(end, start)
    apart = math.hypot(*step)
    if not apart:
        step, apart = (0.0, -1.0, 0.0), 1.0
    along = times(step, 1 / apart)
    reached = min(max(apart, abs(first - second)), first + second)
    foot = (first**2 - second**2 + reached**2) / (2 * reached)
    aside = minus(pole, times(along, sum(a * p for a, p in zip(along, pole, strict=True))))
    size = math.hypot(*aside) or 1.0
    height = math.sqrt(max(first**2 - foot**2, 0.0))
    return plus(start, times(along, foot), times(aside, height / size)), plus(start, times(along, reached))


def knee_side(start: Point, end: Point) -> Point:
    """The side that a knee bends to, on the way from hip to ankle."""
    step = minus(end, start)
    return (-step[1], step[0], 0.0)


def elbow_side(start: Point, end: Point) -> Point:
    """The side that an elbow bends to, on the way from shoulder to hand."""
    step = minus(end, start)
    return (step[1], -step[0], 0.0)


def mass_middle(pose: Pose) -> float:
    """How far forwards the middle of the body's mass is; metres."""
    parts = [(MASSES["head"], pose.head), (MASSES["trunk"], between(pose.hips, pose.neck, 0.5))]
    for side in (pose.near, pose.far):
        parts += [
            (MASSES["upper_arm"], between(side.shoulder, side.elbow, 0.5)),
            (MASSES["forearm"], between(side.elbow, side.hand, 0.5)),
            (MASSES["thigh"], between(side.hip, side.knee, 0.5)),
            (MASSES["shank"], between(side.knee, side.ankle, 0.5)),
            (MASSES["foot"], between(side.heel, side.toe, 0.5)),
        ]
    return sum(mass * place[0] for mass, place in parts) / sum(mass for mass, _ in parts)


def joint_angles(pose: Pose, side: Side) -> dict[str, float]:
    """The angles of one side's joints, of spine and neck, as RANGES counts them; for a figure seen from the side."""
    thigh, shank = direction_of(side.hip, side.knee), direction_of(side.knee, side.ankle)
    upper = direction_of(side.shoulder, side.elbow)
    return {
        "hip": turned(direction_of(pose.hips, pose.waist) + HALF_TURN - thigh),
        "knee": _flexion(side.hip, side.knee, side.ankle, 1),
        "ankle": turned(shank - QUARTER_TURN - direction_of(side.heel, side.toe)),
        "shoulder": _from_behind(direction_of(pose.chest, pose.neck) + HALF_TURN - upper),
        "elbow": _flexion(side.shoulder, side.elbow, side.wrist, -1),
        "bend": pose.bend,
        "neck": pose.neck_angle,
    }


def _from_behind(angle: float) -> float:
    """An angle as a shoulder counts it: from 90 behind to 270."""
    return (angle + QUARTER_TURN) % FULL_TURN - QUARTER_TURN


def _flexion(start: Point, joint: Point, end: Point, way: int) -> float:
    """How far a joint is bent; below 0 the wrong way, for links that lie in the picture's plane."""
    one, other = minus(joint, start), minus(end, joint)
    share = sum(a * b for a, b in zip(one, other, strict=True)) / (math.hypot(*one) * math.hypot(*other))
    bent = math.degrees(math.acos(min(max(share, -1.0), 1.0)))
    flat = abs(one[2]) + abs(other[2]) < LEAST_DEPTH
    turn = turned(direction_of(joint, end) - direction_of(start, joint)) * way
    return -bent if flat and turn < 0 else bent
