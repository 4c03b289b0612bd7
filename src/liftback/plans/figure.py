"""From the key frames of a demonstration to where every joint is, at the key frames and between them.

Pure kinematics: no drawing. The posture's contacts are solved again at every instant, so that what stands stays where
it stands. See `liftback.knowledge.demonstration_entries` for what frames say.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from liftback.knowledge.demonstration_entries import Demonstration, Frame, Limbs, Numbers
from liftback.plans.body import (
    FOREARM_AND_HAND,
    HELD_MASS,
    LENGTHS,
    MID_FOOT,
    Contact,
    Point,
    Pose,
    Side,
    distance,
    mass_middle,
    minus,
    plus,
    toward,
)
from liftback.plans.front_figure import front_pose
from liftback.plans.limbs import (
    Mixed,
    Setting,
    Trunk,
    arm_reach,
    arm_way,
    hand_place,
    limb_number,
    narrowed,
    on_body,
    placed_side,
    standing_foot,
    usually,
)
from liftback.plans.postures import GRIPS, HAND_UP, KNEE_UP, POSTURES
from liftback.plans.searching import root

STEPS = 8
"""Instants worked out between two key frames."""
SIDES = ("near", "far")
LEAN_FOR_HEIGHT = (0.0, 100.0, 40.0)
"""The lean searched for a height of the hands: lowest, highest, where to begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """The figure at a time (seconds from the first key frame); `key` tells a key frame that is among the stills."""

    at: float
    pose: Pose
    key: bool


# --- time ------------------------------------------------------------------------------------------------------------


def instants(asked: Demonstration) -> tuple[Instant, ...]:
    """The movement from the first key frame to the last (or around to the first again), in time."""
    frames = _all_solved(asked)
    if asked.moves == "around":
        frames.append(replace(frames[0], key=False))
    found = [Instant(at=0.0, pose=pose_between(asked, frames[0], frames[0], 0.0), key=frames[0].key)]
    for one, other in pairwise(frames):
        found += _way(asked, one, other, found[-1])
    return tuple(_with_pause(found, frames[-1].pause))


def _way(asked: Demonstration, one: Frame, other: Frame, before: Instant) -> Iterator[Instant]:
    start = before.at + one.pause
    if one.pause:
        yield replace(before, at=start, key=False)
    for step in range(1, STEPS + 1):
        share = step / STEPS
        eased = share if asked.moves == "around" else (1 - math.cos(math.pi * share)) / 2
        pose = pose_between(asked, one, other, eased)
        yield Instant(at=start + share * other.seconds, pose=pose, key=other.key and step == STEPS)


def _with_pause(found: list[Instant], pause: float) -> list[Instant]:
    last = found[-1]
    return [*found, replace(last, at=last.at + pause, key=False)] if pause else found


def key_poses(asked: Demonstration) -> tuple[Pose, ...]:
    """The figure at the key frames that are among the stills."""
    return tuple(instant.pose for instant in instants(asked) if instant.key)


def _all_solved(asked: Demonstration) -> list[Frame]:
    """The frames with every angle found that some other frame says itself, so that there is a way between them."""
    frames = [solved(asked, frame) for frame in asked.frames]
    said = {name for frame in frames for name in frame.body}
    found = []
    for frame in frames:
        setting = Setting(asked=asked, body=frame.body, limbs=_still_limbs(frame))
        name = _open_angle(setting)
        both = name in said or name == "bend"
        found.append(replace(frame, body={**frame.body, name: _found(setting, name)}) if name and both else frame)
    return found


def _still_limbs(frame: Frame) -> dict[str, Mixed]:
    return {
        side: Mixed(one=limbs, other=limbs, share=0.0)
        for side, limbs in zip(SIDES, (frame.near, frame.far), strict=True)
    }


def solved(asked: Demonstration, frame: Frame) -> Frame:
    """The frame with the lean that brings the hands to the asked height; other frames as they are."""
    if "height" not in frame.body:
        return frame
    wanted = frame.body["height"]

    def miss(lean: float) -> float:
        body = {**frame.body, "lean": lean}
        return wanted - pose_between(asked, replace(frame, body=body), replace(frame, body=body), 0.0).grip[1]

    lean = root(miss, *LEAN_FOR_HEIGHT)
    return replace(frame, body={**{k: v for k, v in frame.body.items() if k != "height"}, "lean": lean})


def pose_between(asked: Demonstration, one: Frame, other: Frame, share: float) -> Pose:
    """The figure at a share (0 to 1) of the way from one frame to the other."""
    posture = POSTURES[asked.support]
    body = _between(one.body, other.body, share, posture.body, posture.search)
    limbs = {side: _mixed(getattr(one, side), getattr(other, side), share, posture.limbs) for side in SIDES}
    if asked.view == "front":
        return front_pose(asked, body, {side: mixed.one for side, mixed in limbs.items()})
    return _pose(Setting(asked=asked, body=body, limbs=limbs))


def _between(one: Numbers, other: Numbers, share: float, usual: Numbers, searched: Container[str]) -> dict[str, float]:
    """Numbers on the way; what one end does not name has its usual value there, or is searched on the whole way."""
    if not share:
        return dict(one)
    if share == 1:
        return dict(other)
    names = [name for name in {**one, **other} if (name in one) is (name in other) or name not in searched]
    ends = {name: [numbers.get(name, usual.get(name, 0.0)) for numbers in (one, other)] for name in names}
    return {name: (1 - share) * start + share * end for name, (start, end) in ends.items()}


def _mixed(one: Limbs, other: Limbs, share: float, usual: Numbers) -> Mixed:
    if share in (0, 1):
        end = other if share else one
        return Mixed(one=end, other=end, share=0.0)
    if _way_placed(one) == _way_placed(other):
        limbs = Limbs(numbers=_between(one.numbers, other.numbers, share, usual, ()), hands=one.hands)
        return Mixed(one=limbs, other=limbs, share=0.0)
    return Mixed(one=one, other=other, share=share)


def _way_placed(limbs: Limbs) -> tuple[object, ...]:
    return limbs.hands, *("hip" in limbs.numbers, "foot_x" in limbs.numbers, "shoulder" in limbs.numbers)


# --- the whole figure ------------------------------------------------------------------------------------------------


def _pose(setting: Setting) -> Pose:
    """The figure, with the angle found that the posture leaves open."""
    name = _open_angle(setting)
    return _built(_with(setting, name, _found(setting, name)) if name else setting)


def _with(setting: Setting, name: str, value: float) -> Setting:
    return replace(setting, body={**setting.body, name: value})


def _found(setting: Setting, name: str) -> float:
    """The angle that keeps the balance, or lets the arms reach."""
    low, high, first = POSTURES[setting.asked.support].search[name]
    return root(lambda value: _miss(setting, _built(_with(setting, name, value))), low, high, first)


def _open_angle(setting: Setting) -> str:
    """The angle that the posture must find itself; empty where frames say all."""
    for name in POSTURES[setting.asked.support].search:
        if name in setting.body or (setting.asked.support == "feet" and setting.asked.balance == "none"):
            continue
        if name == "bend" and setting.limbs["near"].one.hands != "elbows":
            continue
        return name
    return ""


def _miss(setting: Setting, pose: Pose) -> float:
    """What is still wrong: how far off balance (standing), or how much too far the arm would have to reach."""
    if setting.asked.support == "feet":
        middle = MID_FOOT + setting.limbs["near"].one.numbers.get("foot_x", 0.0)
        if setting.asked.balance == "bar":
            return pose.grip[0] - middle
        held = HELD_MASS if setting.asked.holds else 0.0
        return (mass_middle(pose) + held * pose.grip[0]) / (1 + held) - middle
    side = next((s for s in SIDES if arm_way(setting, s)[0] in ("to", "elbows")), "near")
    way, limbs = arm_way(setting, side)
    place = hand_place(setting, getattr(pose, side), limbs, way, None)
    shoulder = getattr(pose, side).shoulder
    flat = (place[0], place[1], shoulder[2])
    if way == "elbows":
        return distance(shoulder, flat) - LENGTHS["upper_arm"]
    fore = LENGTHS["forearm"] if place[1] <= HAND_UP else FOREARM_AND_HAND
    return distance(shoulder, flat) - arm_reach(usually(setting, limbs, "elbow"), fore)


def _built(setting: Setting) -> Pose:
    """The figure from numbers that say all."""
    lean = _lean(setting)
    bend = setting.number("bend")
    directions = (lean, lean + bend / 2, lean + bend)
    steps = [toward(d, LENGTHS[part]) for d, part in zip(directions, ("pelvis", "lumbar", "thorax"), strict=True)]
    hips = _hips(setting, plus(*steps))
    waist, chest = plus(hips, steps[0]), plus(hips, steps[0], steps[1])
    neck = plus(hips, *steps)
    head = plus(neck, toward(directions[2] - setting.number("neck"), LENGTHS["neck"]))
    frame = Trunk(hips=hips, waist=waist, neck=neck, lean=lean, chest_lean=directions[2])
    contacts: list[Contact] = []
    sides = {side: placed_side(setting, side, frame, contacts) for side in SIDES}
    return Pose(
        view="side",
        hips=hips,
        waist=waist,
        chest=chest,
        neck=neck,
        head=head,
        near=sides["near"],
        far=sides["far"],
        grip=_grip(setting, frame, sides["near"]),
        bend=bend,
        neck_angle=setting.number("neck"),
        contacts=tuple(contacts),
    )


def _lean(setting: Setting) -> float:
    """The direction of the pelvis; in planks it follows from the thighs."""
    if not POSTURES[setting.asked.support].plank or "lean" in setting.body:
        return setting.number("lean")
    return _thigh_up(setting) + limb_number(setting, "near", "hip")


def _thigh_up(setting: Setting) -> float:
    """The direction from knee to hip."""
    if POSTURES[setting.asked.support].anchor == "knees":
        return -setting.number("thigh")
    return setting.number("shank") - limb_number(setting, "near", "knee")


def _hips(setting: Setting, trunk: Point) -> Point:
    """The middle of the hips, from what carries the figure; `trunk` is the step from hips to shoulders."""
    anchor = POSTURES[setting.asked.support].anchor
    place = (setting.number("at_x"), setting.number("at_y"), 0.0)
    if anchor == "hips":
        return place
    if anchor == "shoulders":
        return minus(place, trunk)
    up = toward(_thigh_up(setting), LENGTHS["thigh"])
    if anchor == "knees":
        return plus(place, (0.0, KNEE_UP, 0.0), up)
    ankle, _ = standing_foot(setting, "near")
    shank = toward(setting.number("shank"), LENGTHS["shank"])
    return plus(ankle, narrowed(setting, shank), narrowed(setting, up))


def _grip(setting: Setting, trunk: Trunk, near: Side) -> Point:
    """The middle of what is held: in the hands, or where the bar lies on the body."""
    own = GRIPS.get(setting.asked.holds)
    if own is None:
        return (near.hand[0], near.hand[1], 0.0)
    place = on_body(own.part, own.offset, trunk, near.shoulder)
    return (place[0], place[1], 0.0)
