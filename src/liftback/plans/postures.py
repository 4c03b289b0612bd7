"""What carries the figure, as a table: which part is placed, how limbs are then placed, and what is searched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KNEE_UP, KNEELING_ANKLE_UP, ELBOW_UP, HAND_UP = 0.055, 0.10, 0.04, 0.035
"""Height of the middle of joints above what they rest on; metres."""

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """One way to be carried.

    `anchor` is placed first: feet, knees, hips or shoulders. `legs` are placed by stand, kneel, foot or free unless a
    frame says otherwise; `hands` likewise. `body` and `limbs` are the usual numbers. `search` names an angle that is
    found (lowest, highest, where to begin): for balance, or so that the arms reach. In a `plank` the pelvis follows
    from the thighs.
    """

    anchor: str
    legs: str
    hands: str
    body: Mapping[str, float] = field(default_factory=dict)
    limbs: Mapping[str, float] = field(default_factory=dict)
    search: Mapping[str, Triple] = field(default_factory=dict)
    plank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPlace:
    """A place on chest (from the shoulders) or pelvis (from the hips): along it, before it, outwards; metres.

    `pole` is the side that the elbow goes to, in the same terms; None for the plain bend of an elbow.
    """

    part: str
    offset: Triple
    pole: Triple | None = None


POSTURES = {
    "feet": Posture(anchor="feet", legs="stand", hands="hang", search={"shank": (-40.0, 60.0, 10.0)}),
    "knees": Posture(anchor="knees", legs="kneel", hands="hang", limbs={"ankle": -52.0}),
    "half_kneel": Posture(anchor="knees", legs="kneel", hands="on_hips", limbs={"ankle": -48.0}),
    "hands_knees": Posture(
        anchor="knees",
        legs="kneel",
        hands="to",
        limbs={"hands_x": 0.47, "ankle": -52.0, "elbow": 4.0},
        search={"lean": (10.0, 120.0, 80.0)},
    ),
    "hands_toes": Posture(
        anchor="feet",
        legs="stand",
        hands="to",
        limbs={"heel": 75.0, "hands_x": 1.47, "elbow": 4.0},
        search={"shank": (40.0, 100.0, 70.0)},
        plank=True,
    ),
    "forearms_toes": Posture(
        anchor="feet",
        legs="stand",
        hands="elbows",
        limbs={"heel": 75.0, "hands_x": 1.50},
        search={"shank": (50.0, 110.0, 80.0)},
        plank=True,
    ),
    "forearms_knees": Posture(
        anchor="knees",
        legs="kneel",
        hands="elbows",
        limbs={"hands_x": 0.86, "ankle": -52.0},
        search={"thigh": (-110.0, -40.0, -70.0)},
        plank=True,
    ),
    "heels": Posture(
        anchor="feet",
        legs="stand",
        hands="to",
        limbs={"hands_x": -1.22, "hands_y": 1.0, "ankle": -10.0},
        search={"shank": (-100.0, -20.0, -60.0)},
        plank=True,
    ),
    "back": Posture(
        anchor="hips",
        legs="foot",
        hands="sides",
        body={"at_y": 0.10, "lean": -90.0},
        limbs={"foot_x": 0.42, "elbow": 4.0},
    ),
    "shoulders": Posture(
        anchor="shoulders",
        legs="foot",
        hands="to",
        body={"at_x": -0.5, "at_y": 0.10, "lean": -90.0},
        limbs={"foot_x": 0.40, "hands_x": 0.076},
    ),
    "front": Posture(
        anchor="hips",
        legs="free",
        hands="to",
        body={"at_y": 0.10, "lean": 90.0},
        limbs={"knee": 3.0, "ankle": -58.0, "hands_x": 0.34},
        search={"bend": (-64.0, 0.0, -40.0)},
    ),
    "seat": Posture(anchor="hips", legs="foot", hands="thighs", body={"at_y": 0.55}, limbs={"foot_x": 0.45}),
    "hips": Posture(anchor="hips", legs="free", hands="chest", body={"at_y": 0.9, "lean": 90.0}),
    "side": Posture(anchor="hips", legs="free", hands="angles", body={"at_y": 0.17, "lean": 90.0}),
    "side_plank": Posture(anchor="feet", legs="free", hands="angles"),
    "side_plank_knees": Posture(anchor="knees", legs="free", hands="angles"),
}
HAND_PLACES = {
    "goblet": BodyPlace(part="chest", offset=(-0.11, 0.17, -0.12)),
    "chest": BodyPlace(part="chest", offset=(-0.12, 0.12, -0.10)),
    "bar_on_back": BodyPlace(part="chest", offset=(0.02, -0.075, 0.17), pole=(-1.0, -0.35, 0.2)),
    "low_bar": BodyPlace(part="chest", offset=(-0.04, -0.10, 0.14), pole=(-1.0, -0.6, 0.2)),
    "front_rack": BodyPlace(part="chest", offset=(0.02, 0.125, 0.12), pole=(-0.3, 1.0, 0.1)),
    "press_rack": BodyPlace(part="chest", offset=(0.01, 0.15, 0.17), pole=(-1.0, 0.35, 0.1)),
    "on_hips": BodyPlace(part="pelvis", offset=(0.10, 0.02, -0.02), pole=(0.2, -1.0, 0.6)),
    "low_back": BodyPlace(part="pelvis", offset=(0.14, -0.06, -0.14), pole=(0.1, -0.15, 1.0)),
    "neck": BodyPlace(part="chest", offset=(0.10, -0.07, -0.14), pole=(0.9, 0.2, 0.4)),
    "head": BodyPlace(part="chest", offset=(0.20, 0.03, -0.06), pole=(0.3, 0.5, 0.9)),
}
GRIPS = {
    "barbell_on_hips": BodyPlace(part="pelvis", offset=(0.0, 0.12, 0.0)),
    "safety_bar": BodyPlace(part="chest", offset=(0.04, -0.08, 0.0)),
}
"""Where a bar lies that is not in the hands."""
