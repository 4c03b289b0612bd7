"""The drawn figure is a body: it keeps its lengths, its contacts, its balance and the ranges of its joints.

Every demonstration in the data is held to this, whoever wrote it.
"""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise

import pytest

from docs.demonstrations import demonstrations
from liftback.knowledge.conditions import KnowledgeError
from liftback.knowledge.demonstration_entries import (
    HANDS,
    HELD,
    PROPS,
    SUPPORTS,
    Demonstration,
    parse_demonstration,
    parse_demonstrations,
)
from liftback.plans.body import (
    HIP_OUT,
    LENGTHS,
    MID_FOOT,
    RANGES,
    SHOULDER_OUT,
    THICKNESS,
    Pose,
    Side,
    direction_of,
    joint_angles,
    mass_middle,
    two_links,
)
from liftback.plans.figure import Instant, instants, key_poses
from liftback.plans.postures import HAND_PLACES, POSTURES

ALL = demonstrations()
LINKS = {
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
    "hand": ("wrist", "hand"),
}
TRUNK = {
    "pelvis": ("hips", "waist"),
    "lumbar": ("waist", "chest"),
    "thorax": ("chest", "neck"),
    "neck": ("neck", "head"),
}
STANDING = {"name": "Sample", "says": "A sample.", "support": "feet"}


@cache
def shown(key: str) -> tuple[Instant, ...]:
    return instants(ALL[key])


def sides(pose: Pose) -> tuple[tuple[str, Side], ...]:
    return (("near", pose.near), ("far", pose.far))


def made(**changed: object) -> Demonstration:
    return parse_demonstration("sample", {**STANDING, **changed}, "sample.yaml: sample")


def first_pose(**frame: object) -> Pose:
    changed = {key: frame.pop(key) for key in ("support", "holds", "balance", "view") if key in frame}
    return key_poses(made(frames=[frame], **changed))[0]


# --- every demonstration ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ALL)
def test_limbs_keep_their_lengths(key: str) -> None:
    for moment in shown(key):
        pose = moment.pose
        for name, (start, end) in TRUNK.items():
            assert math.dist(getattr(pose, start), getattr(pose, end)) == pytest.approx(LENGTHS[name], abs=1e-6)
        for _, side in sides(pose):
            for name, (start, end) in LINKS.items():
                assert math.dist(getattr(side, start), getattr(side, end)) == pytest.approx(LENGTHS[name], abs=1e-6)
            assert math.dist(side.hip, pose.hips) == pytest.approx(HIP_OUT)
            assert math.dist(side.shoulder, pose.neck) == pytest.approx(SHOULDER_OUT)


@pytest.mark.parametrize("key", ALL)
def test_what_rests_on_something_stays_there(key: str) -> None:
    for moment in shown(key):
        for contact in moment.pose.contacts:
            slip = math.dist(contact.wanted, contact.found)
            assert slip < 0.01, f"{contact.name} is {slip:.3f} m off its place at {moment.at:.2f} s: out of reach?"


@pytest.mark.parametrize("key", ALL)
def test_what_is_held_to_one_place_does_not_slip(key: str) -> None:
    for one, other in pairwise(shown(key)):
        before = {contact.name: contact for contact in one.pose.contacts}
        for contact in other.pose.contacts:
            if contact.name in before and before[contact.name].wanted == contact.wanted:
                assert math.dist(before[contact.name].found, contact.found) < 0.01


def leg_at(side: Side, height: float) -> float | None:
    """How far forward the middle of the leg is at a height; None above the hip and below the ankle."""
    for high, low in ((side.hip, side.knee), (side.knee, side.ankle)):
        if low[1] < height <= high[1]:
            return low[0] + (high[0] - low[0]) * (height - low[1]) / (high[1] - low[1])
    return None


@pytest.mark.parametrize("key", [key for key, one in ALL.items() if one.holds == "barbell" and one.balance == "bar"])
def test_a_bar_does_not_pass_through_the_legs(key: str) -> None:
    for moment in shown(key):
        leg = leg_at(moment.pose.near, moment.pose.grip[1])
        assert leg is None or moment.pose.grip[0] > leg + 0.02, f"at {moment.at:.2f} s"


@pytest.mark.parametrize("key", [key for key, one in ALL.items() if one.floor])
def test_nothing_is_below_the_floor(key: str) -> None:
    for moment in shown(key):
        pose = moment.pose
        low = {"hips": pose.hips[1] - THICKNESS["hips"], "neck": pose.neck[1] - THICKNESS["neck"]}
        low["head"] = pose.head[1] - THICKNESS["head"]
        for name, side in sides(pose):
            low |= {f"{name} {part}": getattr(side, part)[1] for part in ("heel", "toe")}
            low |= {
                f"{name} {part}": getattr(side, part)[1] - THICKNESS[part]
                for part in ("knee", "elbow", "wrist", "hand", "ankle")
            }
        sunk = {part: round(height, 3) for part, height in low.items() if height < -0.011}
        assert sunk == {}, f"at {moment.at:.2f} s"


@pytest.mark.parametrize("key", [key for key, one in ALL.items() if one.balance == "bar" and one.support == "feet"])
def test_the_bar_is_over_mid_foot(key: str) -> None:
    for moment in shown(key):
        middle = moment.pose.near.ankle[0] + MID_FOOT
        assert moment.pose.grip[0] == pytest.approx(middle, abs=0.04), f"at {moment.at:.2f} s"


@pytest.mark.parametrize("key", [key for key, one in ALL.items() if one.view == "side"])
def test_joints_stay_in_human_ranges(key: str) -> None:
    for moment in shown(key):
        for name, side in sides(moment.pose):
            for joint, angle in joint_angles(moment.pose, side).items():
                low, high = RANGES[joint]
                assert low - 0.5 <= angle <= high + 0.5, f"{name} {joint} {angle:.0f} at {moment.at:.2f} s"


@pytest.mark.parametrize("key", ALL)
def test_the_movement_is_smooth(key: str) -> None:
    for one, other in pairwise(shown(key)):
        for joint in ("knee", "hand", "elbow"):
            far = math.dist(getattr(one.pose.near, joint), getattr(other.pose.near, joint))
            assert far < 0.35, f"the {joint} jumps {far:.2f} m at {other.at:.2f} s"


@pytest.mark.parametrize("key", ALL)
def test_each_says_what_is_done_and_moves_in_a_bearable_time(key: str) -> None:
    assert len(ALL[key].says) > 20
    assert any(moment.key for moment in shown(key))
    assert shown(key)[-1].at < 20


# --- the body --------------------------------------------------------------------------------------------------------


def test_a_standing_figure_is_upright_on_flat_feet() -> None:
    pose = first_pose(lean=0)
    assert pose.head[1] + 0.11 == pytest.approx(1.75, abs=0.02)
    assert (pose.near.heel[1], pose.near.toe[1]) == pytest.approx((0, 0))
    assert pose.near.hip[1] > pose.near.knee[1] > pose.near.ankle[1]
    assert mass_middle(pose) == pytest.approx(MID_FOOT, abs=0.001)


def test_angles_bend_the_human_way() -> None:
    pose = first_pose(lean=10, knee=60, shoulder=45, elbow=90)
    assert pose.near.knee[0] > pose.near.hip[0]
    assert pose.near.knee[0] > pose.near.ankle[0]
    assert pose.near.hand[1] > pose.near.elbow[1]
    angles = joint_angles(pose, pose.near)
    assert angles["knee"] == pytest.approx(60, abs=0.1)
    assert angles["elbow"] == pytest.approx(90, abs=0.1)
    assert angles["shoulder"] == pytest.approx(45, abs=0.1)


def test_the_asked_height_of_a_bar_is_reached_over_mid_foot() -> None:
    pose = first_pose(knee=65, height=0.225, holds="barbell")
    assert pose.grip[:2] == pytest.approx((MID_FOOT, 0.225), abs=0.002)


def test_lying_on_the_back_faces_up_and_on_the_front_down() -> None:
    back, front = first_pose(support="back"), first_pose(support="front")
    assert back.head[0] < back.hips[0] < front.head[0]
    assert back.near.knee[1] > 0.3
    assert direction_of(front.near.heel, front.near.toe) % 360 > 180


def test_bending_the_spine_rounds_forward_and_arches_back() -> None:
    straight, round_, arched = (first_pose(lean=0, bend=bend).head[0] for bend in (0, 40, -40))
    shift = first_pose(lean=0, bend=40).hips[0], first_pose(lean=0, bend=-40).hips[0]
    assert round_ - shift[0] > straight > arched - shift[1]


def test_wide_feet_keep_the_lengths_in_space() -> None:
    pose = first_pose(lean=30, knee=60, wide=0.25, holds="barbell")
    assert pose.near.ankle[2] == pytest.approx(HIP_OUT + 0.25)
    assert math.dist(pose.near.hip, pose.near.knee) == pytest.approx(LENGTHS["thigh"])


@pytest.mark.parametrize("support", SUPPORTS)
def test_every_posture_has_a_figure(support: str) -> None:
    view = "front" if support.startswith("side") else "side"
    pose = first_pose(support=support, view=view, **({"lean": 0} if support == "feet" else {}))
    assert all(math.dist(c.wanted, c.found) < 0.01 for c in pose.contacts)
    assert min(pose.hips[1], pose.neck[1], pose.head[1]) > 0.05


@pytest.mark.parametrize("hands", HANDS)
def test_every_word_for_hands_has_a_place(hands: str) -> None:
    pose = first_pose(lean=0, hands=hands)
    assert 0.3 < pose.near.hand[1] < 2.2
    assert joint_angles(pose, pose.near)["elbow"] <= 151


def test_two_links_reach_for_what_is_too_far() -> None:
    joint, end = two_links((0, 0, 0), (0, -2, 0), 0.4, 0.4, (1, 0, 0))
    assert joint == pytest.approx((0, -0.4, 0))
    assert end == pytest.approx((0, -0.8, 0))


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"support": "air", "frames": [{}]}, "air"),
        ({"frames": []}, "frames"),
        ({"frames": [{"nee": 4}]}, "nee"),
        ({"frames": [{"far": {"lean": 4}}]}, "lean"),
        ({"frames": [{"knee": "much"}]}, "much"),
        ({"frames": [{"hands": "pockets"}]}, "pockets"),
        ({"frames": [{"at": [1, 2, 3]}]}, "place"),
        ({"frames": [{}], "holds": "anvil"}, "anvil"),
        ({"frames": [{}], "holds": {"from": "hips"}}, "far end"),
        ({"frames": [{}], "props": [{"box": [1]}]}, "box"),
        ({"frames": [{}], "props": [{"sofa": [1]}]}, "sofa"),
        ({"frames": [{}], "colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(changed: dict[str, object], told: str) -> None:
    with pytest.raises(KnowledgeError, match=f"sample.*{told}"):
        made(**changed)


def test_a_file_is_read_by_entry_with_its_group() -> None:
    document = {"topic": "demonstrations", "demonstrations": {"stand": {**STANDING, "frames": [{}]}}}
    found = parse_demonstrations(document, "demonstrations/settle.yaml")
    assert (found["stand"].id, found["stand"].group, found["stand"].name) == ("stand", "settle", "Sample")


def test_frames_keep_what_they_do_not_change() -> None:
    frames = made(frames=[{"lean": 20, "knee": 30, "hands": "goblet"}, {"lean": 25, "far": {"foot": -0.5}}]).frames
    assert frames[1].near.numbers["knee"] == 30
    assert frames[1].near.hands == "goblet"
    assert frames[1].far.numbers["foot_x"] == -0.5


def test_the_tables_know_every_word() -> None:
    assert set(POSTURES) == set(SUPPORTS)
    assert set(HAND_PLACES) | {"hang", "overhead", "knee", "thighs", "sides"} == set(HANDS)
    assert len(set(HELD)) == len(HELD)
    assert all(PROPS.values())
