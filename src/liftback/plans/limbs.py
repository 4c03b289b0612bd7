"""One arm and one leg of the figure: placed by angles, by where hand or foot has to be, or as the posture has them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

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
    Side,
    between,
    direction_of,
    elbow_side,
    knee_side,
    minus,
    plus,
    times,
    toward,
    two_links,
)
from liftback.plans.postures import ELBOW_UP, HAND_PLACES, HAND_UP, KNEE_UP, KNEELING_ANKLE_UP, POSTURES

OUTWARD = {"near": 1.0, "far": -1.0}
THIGH_SHARE = 0.7
"""How far along the thighs hands rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """A limb on the way from one way of placing it to another, at a share of the way."""

    one: Limbs
    other: Limbs
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One instant as it is asked for: the demonstration, numbers of the body, and both sides."""

    asked: Demonstration
    body: Mapping[str, float]
    limbs: Mapping[str, Mixed]

    def number(self, name: str) -> float:
        """A number of the body, or the posture's own, or 0."""
        return self.body.get(name, POSTURES[self.asked.support].body.get(name, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """What limbs hang on: middle of hips and shoulders, the waist, and the directions of pelvis and chest."""

    hips: Point
    waist: Point
    neck: Point
    lean: float
    chest_lean: float


# --- legs ------------------------------------------------------------------------------------------------------------


def limb_number(setting: Setting, side: str, name: str) -> float:
    """A number of one side on its way, or the posture's own, or 0."""
    limb, usual = setting.limbs[side], POSTURES[setting.asked.support].limbs.get(name, 0.0)
    one, other = (numbers.numbers.get(name, usual) for numbers in (limb.one, limb.other))
    return (1 - limb.share) * one + limb.share * other


def narrowed(setting: Setting, step: Point) -> Point:
    """A link of a leg as it is seen when the foot stands wide: half the width each for shank and thigh."""
    aside = setting.number("wide") / 2
    whole = math.hypot(*step)
    return times(step, math.sqrt(whole**2 - aside**2) / whole)


def placed_side(setting: Setting, side: str, trunk: Trunk, contacts: list[Contact]) -> Side:
    """One leg and one arm."""
    hip = plus(trunk.hips, (0.0, 0.0, OUTWARD[side] * HIP_OUT))
    knee, ankle, foot = _leg(setting, side, trunk, hip)
    sole = plus(ankle, toward(foot + QUARTER_TURN, ANKLE_UP))
    soles = {name: plus(sole, toward(foot, along)) for name, along in (("heel", HEEL), ("toe", TOE))}
    contacts += _leg_contacts(setting, side, knee, soles)
    shoulder = plus(trunk.neck, (0.0, 0.0, OUTWARD[side] * SHOULDER_OUT))
    leg = Side(
        hip=hip, knee=knee, ankle=ankle, shoulder=shoulder, elbow=shoulder, wrist=shoulder, hand=shoulder, **soles
    )
    elbow, wrist, hand = _arm(setting, side, trunk, leg)
    arm = replace(leg, elbow=elbow, wrist=wrist, hand=hand)
    contacts += _arm_contacts(setting, side, arm)
    return arm


def _leg_way(setting: Setting, limbs: Limbs) -> str:
    """How a leg is placed: free (angles), foot (a place), or as the posture has it."""
    way = POSTURES[setting.asked.support].legs
    if "hip" in limbs.numbers and not POSTURES[setting.asked.support].plank:
        return "free"
    return "foot" if "foot_x" in limbs.numbers and way != "stand" else way


def _leg(setting: Setting, side: str, trunk: Trunk, hip: Point) -> tuple[Point, Point, float]:
    """Knee, ankle and direction of the foot."""
    limb = setting.limbs[side]
    if not limb.share:
        return _leg_placed(setting, side, limb.one, trunk, hip)
    (knee, ankle, foot), (knee_2, ankle_2, foot_2) = (
        _leg_placed(setting, side, limbs, trunk, hip) for limbs in (limb.one, limb.other)
    )
    knee_between = between(knee, knee_2, limb.share)
    wanted = between(ankle, ankle_2, limb.share)
    pole = minus(knee_between, between(hip, wanted, 0.5))
    found = two_links(hip, wanted, LENGTHS["thigh"], LENGTHS["shank"], pole)
    return *found, (1 - limb.share) * foot + limb.share * foot_2


def _leg_placed(setting: Setting, side: str, limbs: Limbs, trunk: Trunk, hip: Point) -> tuple[Point, Point, float]:
    way = _leg_way(setting, limbs)
    usual = POSTURES[setting.asked.support].limbs
    value = {name: limbs.numbers.get(name, usual.get(name, 0.0)) for name in ("hip", "knee", "ankle")}
    if way == "free":
        thigh = trunk.lean + HALF_TURN - value["hip"]
        knee = plus(hip, toward(thigh, LENGTHS["thigh"]))
        shank = thigh + value["knee"]
        return knee, plus(knee, toward(shank, LENGTHS["shank"])), shank - QUARTER_TURN - value["ankle"]
    if way == "kneel":
        knee = (setting.number("at_x"), KNEE_UP + setting.number("at_y"), hip[2])
        shank = HALF_TURN + QUARTER_TURN + math.degrees(math.asin((KNEELING_ANKLE_UP - KNEE_UP) / LENGTHS["shank"]))
        return knee, plus(knee, toward(shank, LENGTHS["shank"])), shank - QUARTER_TURN - value["ankle"]
    if way == "stand" and _stands(setting, side):
        ankle, foot = standing_foot(setting, "near")
        aside = OUTWARD[side] * setting.number("wide") / 2
        ankle = (ankle[0], ankle[1], hip[2] + 2 * aside)
        shin = narrowed(setting, toward(setting.number("shank"), LENGTHS["shank"]))
        return plus(ankle, shin, (0.0, 0.0, -aside)), ankle, foot
    ankle, foot = _placed_foot(limbs.numbers, usual)
    ankle = (ankle[0], ankle[1], hip[2])
    return *two_links(hip, ankle, LENGTHS["thigh"], LENGTHS["shank"], knee_side(hip, ankle)), foot


def _stands(setting: Setting, side: str) -> bool:
    """Whether a standing side shares the stance of the near one."""
    near, own = (setting.limbs[name].one.numbers for name in ("near", side))
    return all(near.get(name) == own.get(name) for name in ("foot_x", "foot_y", "heel"))


def standing_foot(setting: Setting, side: str) -> tuple[Point, float]:
    """Ankle and foot of the leg that the figure stands on."""
    numbers, posture = setting.limbs[side].one.numbers, POSTURES[setting.asked.support]
    if setting.asked.support != "heels":
        return _placed_foot(numbers, posture.limbs)
    foot = setting.number("shank") + QUARTER_TURN - numbers.get("ankle", posture.limbs.get("ankle", 0.0))
    heel = (numbers.get("foot_x", 0.0), numbers.get("foot_y", 0.0), 0.0)
    return minus(heel, plus(toward(foot, HEEL), toward(foot + QUARTER_TURN, ANKLE_UP))), foot


def _placed_foot(numbers: Mapping[str, float], usual: Mapping[str, float]) -> tuple[Point, float]:
    """Ankle and direction of a foot on its place, its heel (or toes) raised."""
    x, y, raised = (numbers.get(name, usual.get(name, 0.0)) for name in ("foot_x", "foot_y", "heel"))
    foot, along = QUARTER_TURN + raised, TOE if raised > 0 else HEEL
    pivot = (x + along, y, 0.0)
    return minus(pivot, plus(toward(foot, along), toward(foot + QUARTER_TURN, ANKLE_UP))), foot


def _leg_contacts(setting: Setting, side: str, knee: Point, soles: Mapping[str, Point]) -> Iterator[Contact]:
    limb = setting.limbs[side]
    way = _leg_way(setting, limb.one)
    if limb.share and _leg_way(setting, limb.other) != way:
        return
    if way == "kneel":
        yield Contact(name=f"{side} knee", wanted=(setting.number("at_x"), KNEE_UP, knee[2]), found=knee)
    elif way in ("foot", "stand"):
        usual = POSTURES[setting.asked.support].limbs
        x, y, raised = (limb.one.numbers.get(name, usual.get(name, 0.0)) for name in ("foot_x", "foot_y", "heel"))
        on_heel = setting.asked.support == "heels"
        found = soles["toe" if raised > 0 else "heel"]
        along = 0.0 if on_heel else TOE if raised > 0 else HEEL
        yield Contact(name=f"{side} foot", wanted=(x + along, y, found[2]), found=found)


# --- arms ------------------------------------------------------------------------------------------------------------


def arm_reach(elbow: float, fore: float = FOREARM_AND_HAND) -> float:
    """How far the grip (or what else ends the forearm) is from the shoulder with the elbow bent."""
    upper = LENGTHS["upper_arm"]
    return math.sqrt(upper**2 + fore**2 + 2 * upper * fore * math.cos(math.radians(elbow)))


def arm_way(setting: Setting, side: str) -> tuple[str, Limbs]:
    """How an arm is placed, as a word of HANDS, `to`, `elbows` or `angles`."""
    return _way_of(setting, setting.limbs[side].one), setting.limbs[side].one


def _way_of(setting: Setting, limbs: Limbs) -> str:
    return limbs.hands or ("angles" if "shoulder" in limbs.numbers else POSTURES[setting.asked.support].hands)


def _arm(setting: Setting, side: str, trunk: Trunk, leg: Side) -> tuple[Point, Point, Point]:
    """Elbow, wrist and grip."""
    limb = setting.limbs[side]
    if not limb.share:
        return _arm_placed(setting, side, limb.one, trunk, leg)
    (elbow, wrist, hand), (elbow_2, wrist_2, hand_2) = (
        _arm_placed(setting, side, limbs, trunk, leg) for limbs in (limb.one, limb.other)
    )
    wanted = between(wrist, wrist_2, limb.share)
    pole = minus(between(elbow, elbow_2, limb.share), between(leg.shoulder, wanted, 0.5))
    found, end = two_links(leg.shoulder, wanted, LENGTHS["upper_arm"], LENGTHS["forearm"], pole)
    onward = between(minus(hand, wrist), minus(hand_2, wrist_2), limb.share)
    size = math.hypot(*onward) or 1.0
    return found, end, plus(end, times(onward, LENGTHS["hand"] / size))


def _arm_placed(setting: Setting, side: str, limbs: Limbs, trunk: Trunk, leg: Side) -> tuple[Point, Point, Point]:
    way, shoulder, upper_arm = _way_of(setting, limbs), leg.shoulder, LENGTHS["upper_arm"]
    if way in ("angles", "sides"):
        raised = usually(setting, limbs, "shoulder") if way == "angles" else 0.0
        upper = trunk.chest_lean + HALF_TURN - raised
        elbow = plus(shoulder, toward(upper, upper_arm))
        return _held_out(elbow, plus(elbow, toward(upper - usually(setting, limbs, "elbow"), FOREARM_AND_HAND)))
    place = hand_place(setting, leg, limbs, way, trunk)
    if way == "elbows":
        elbow = plus(shoulder, toward(direction_of(shoulder, place), upper_arm))
        return _held_out(elbow, plus(elbow, toward(QUARTER_TURN, FOREARM_AND_HAND)))
    pole = elbow_side(shoulder, place)
    if way == "to" and place[1] <= HAND_UP:
        elbow, wrist = two_links(shoulder, place, upper_arm, LENGTHS["forearm"], pole)
        return elbow, wrist, plus(wrist, toward(QUARTER_TURN, LENGTHS["hand"]))
    if way in HAND_PLACES and (own := HAND_PLACES[way].pole):
        along, front, out = own
        pole = plus(_on_chest(trunk.chest_lean, along, front), (0.0, 0.0, out * OUTWARD[side]))
    return _held_out(*two_links(shoulder, place, upper_arm, FOREARM_AND_HAND, pole))


def usually(setting: Setting, limbs: Limbs, name: str) -> float:
    """A number of a limb, or the posture's own, or 0."""
    return limbs.numbers.get(name, POSTURES[setting.asked.support].limbs.get(name, 0.0))


def _held_out(elbow: Point, hand: Point) -> tuple[Point, Point, Point]:
    """Elbow, wrist and grip of a straight wrist."""
    return elbow, between(elbow, hand, LENGTHS["forearm"] / FOREARM_AND_HAND), hand


def _on_chest(direction: float, along: float, front: float) -> Point:
    """A step along a part of the trunk and to its front."""
    return plus(toward(direction, along), toward(direction + QUARTER_TURN, front))


def hand_place(setting: Setting, leg: Side, limbs: Limbs, way: str, trunk: Trunk | None) -> Point:
    """Where the hand is to be; for `elbows` the elbow, and for a hand flat on the floor the wrist."""
    shoulder = leg.shoulder
    if way in ("to", "elbows"):
        x, y = (usually(setting, limbs, name) for name in ("hands_x", "hands_y"))
        return (x, max(y, ELBOW_UP if way == "elbows" else HAND_UP), shoulder[2])
    reach = arm_reach(limbs.numbers.get("elbow", 0.0))
    places: dict[str, Callable[[], Point]] = {
        "hang": lambda: plus(shoulder, toward(HALF_TURN + setting.number("arm"), reach)),
        "overhead": lambda: plus(shoulder, toward(-setting.number("arm"), reach)),
        "knee": lambda: plus(
            leg.knee, toward(direction_of(leg.knee, leg.ankle), SHOULDER_OUT / 2), (0.0, HAND_UP, 0.0)
        ),
        "thighs": lambda: plus(between(leg.hip, leg.knee, THIGH_SHARE), (0.0, ELBOW_UP, leg.shoulder[2] - leg.hip[2])),
    }
    if way in places:
        return places[way]()
    return on_body(HAND_PLACES[way].part, HAND_PLACES[way].offset, trunk, shoulder) if trunk else shoulder


def on_body(part: str, offset: tuple[float, float, float], trunk: Trunk, shoulder: Point) -> Point:
    """A place on pelvis or chest: along it, before it, and outwards of the shoulder."""
    along, front, out = offset
    start, direction = {"chest": (trunk.neck, trunk.chest_lean), "pelvis": (trunk.hips, trunk.lean)}[part]
    at = plus(start, _on_chest(direction, along, front))
    return (at[0], at[1], shoulder[2] + math.copysign(out, shoulder[2]))


def _arm_contacts(setting: Setting, side: str, arm: Side) -> Iterator[Contact]:
    limb, (way, limbs) = setting.limbs[side], arm_way(setting, side)
    if way in ("to", "elbows") and not (limb.share and _way_of(setting, limb.other) != way):
        wanted = hand_place(setting, arm, limbs, way, None)
        found = arm.elbow if way == "elbows" else arm.wrist if wanted[1] <= HAND_UP else arm.hand
        yield Contact(name=f"{side} {way}", wanted=(wanted[0], wanted[1], found[2]), found=found)
