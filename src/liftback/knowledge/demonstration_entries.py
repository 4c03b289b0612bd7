"""Drawings of exercises as data: key frames of joint angles of one figure, its contacts, and what it holds.

A file of knowledge/demonstrations holds `topic: demonstrations` and `demonstrations:`, exercise id to entry:

    goblet_squat:
      name: Goblet squat
      says: Hold the weight at the chest; sit down between the feet, stop before the back rounds, stand up.
      support: feet                # what carries the figure, see SUPPORTS
      holds: kettlebell_goblet     # see HELD; a line takes its far end: {cable: [1.2, 0.3], from: hips}
      props: [{box: [-0.6, 0.4, 0.45]}]
      frames:
      - {lean: 3, hands: goblet}
      - {lean: 30, knee: 115, seconds: 2}

**Measures.** Degrees and metres. x is forward (the figure looks to the right), y up from the floor, x = 0 under the
near ankle (standing), the knees (kneeling), the hips (lying, sitting) or the toes (planks). The figure is 1.75 m tall:
shank and thigh 0.43 each, hip to shoulder 0.50, shoulder to grip 0.66.

**Frames.** A frame keeps every value of the frame before it that it does not change. Two to five are enough: what lies
between them is worked out, with contacts kept where they are. `seconds` to come to this frame (1.6), `pause` seconds to
stay in it (0.4), `key: no` leaves it out of the stills. `moves: there_and_back` (as written, and back again) or
`around` (as written, then the first again: walking).

**Trunk.** `lean` of the pelvis: 0 upright, 90 face down with the head to the right, -90 on the back with the head to
the left. `bend` of the spine from the pelvis up: above 0 rounds, below 0 arches. `neck` above 0 looks up.

**Legs.** `hip` flexes (0 in line with the trunk, below 0 behind it), `knee` 0 straight to 150, `ankle` above 0 pulls
the toes up. Instead of `hip` a target: `foot: x` or `[x, y]` is the place on the ground under the ankle of a flat
foot; `heel` raises the heel about the tip of the toes (below 0: the toes about the heel, which stays where it would
be flat, 0.06 behind the place). Knees then follow. Standing needs `knee` and `lean` only: the shank is chosen so that
the bar, or else the body, is over mid-foot (`balance: bar`, `mass` or `none`), unless `shank` (its lean forwards) is
given. `height` of the hands in metres, instead of `lean`, lets a standing figure reach down to a bar at that height.
`wide` opens both legs to the sides (sumo). `thigh` tilts the thighs back from upright, kneeling. `at: [x, y]` places
hips (`hips`, `seat`, `back`, `front`), shoulders (`shoulders`) or knees (`knees`).

**Arms.** `shoulder` (0 along the trunk, 90 forwards, 180 overhead), `elbow` 0 straight to 150; or `hands:` a word of
HANDS or a place `[x, y]`; or `elbows: [x, y]`, forearms lying there. A place at height 0 is a palm flat on the floor,
x under the wrist. `arm` tilts hanging arms back from upright; about -8 when a bar rests on the thighs, 4 at the shins.

**Carried by more than the feet.** On all fours, in planks and below a bar the trunk tilts until the hands reach their
place with the elbow bent as `elbow` says (0: straight); give `hip` and `bend` to shape a plank. In `front`, forearms
on the floor (`elbows: [0.45, 0]`) choose the `bend` themselves. A bridge leans on from -90: `lean: -114` is the top.

**What is held.** `holds: barbell`, or a line with its far end, `holds: {cable: [1.2, 0.3], from: hips, also: plate}`.
`props` lists what stands about: `[{bench: [-0.7, 0.4, 0.42]}, {wall: -0.3}]`, see PROPS.

**Sides.** All these go for both sides; `near: {...}` and `far: {...}` change one. A frame that gives `hip` frees a leg
from its contact, and `foot` gives it one; so do `shoulder` and `hands`. `legs: rest` puts a leg back to where the
posture has it.

**Seen from above.** `floor: no` draws no floor: for what is shown from above.

**Front view.** `view: front`: `lean` and `bend` go to the right of the picture; `hip` and `shoulder` lift a limb out
to its side, `lift` (thigh) and `raise` (arm) towards the viewer, `knee` bends the shank away and `elbow` the forearm
towards the viewer. `near` is the side on the right of the picture: the lower one when lying (`lean: 90`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from liftback.knowledge.conditions import KnowledgeError

SUPPORTS = (
    "feet", "knees", "half_kneel", "hands_knees", "hands_toes", "forearms_toes", "forearms_knees", "heels", "back",
    "shoulders", "front", "seat", "hips", "side", "side_plank", "side_plank_knees",
)  # fmt: skip
"""What carries the figure; `side` and the side planks are seen from the front, and so may `feet` and `seat` be.

`feet` standing; `knees` tall kneeling; `half_kneel` far knee down, near foot ahead; `hands_knees` on all fours;
`hands_toes` push-up, `forearms_toes` and `forearms_knees` front planks; `heels` hanging below a bar, heels down;
`back` and `front` lying; `shoulders` bridge or hip thrust; `seat` feet on the floor; `hips` on pads, the legs free.
"""
HANDS = (
    "hang", "goblet", "chest", "bar_on_back", "low_bar", "front_rack", "press_rack", "overhead", "on_hips", "knee",
    "low_back", "neck", "head", "sides", "thighs",
)  # fmt: skip
"""Where hands may be, besides a place: hanging, before the chest, on the bar, on a body part, along the sides."""
HELD = (
    "barbell", "barbell_light", "barbell_on_hips", "safety_bar", "trap_bar_high", "trap_bar_low", "dumbbells",
    "dumbbell", "kettlebell", "kettlebells", "kettlebell_goblet", "kettlebell_one", "plate", "dowel", "roller", "sled",
    "footplate",
)  # fmt: skip
"""What may be held. `dumbbell` and `kettlebell_one` are in the near hand; `roller` is a pad at the ankles,
`footplate` moves with the feet."""
LINES = ("cable", "band", "strap", "landmine", "belt")
"""What runs from the hands (or `from: hips`, `ankles`, `shoulders`) to a place."""
LINE_ENDS = ("hands", "hips", "ankles", "shoulders")
PROPS = {
    "box": ("x", "width", "height"),
    "block": ("x", "width", "height"),
    "bench": ("x", "length", "height"),
    "chair": ("x", "height"),
    "wall": ("x",),
    "post": ("x", "height"),
    "pad": ("x", "y", "length", "angle"),
    "rail": ("x", "y", "to_x", "to_y"),
    "pillow": ("x", "y", "width", "height"),
    "ball": ("x", "y", "radius"),
    "bar": ("x", "y"),
    "footplate": ("x", "y", "length", "angle"),
    "wheel": ("x", "y", "radius"),
    "mat": ("x", "length"),
}
"""Things that stand about, each with its numbers in order; `x` is the left edge, `angle` 0 lies flat, 90 stands up."""
BALANCES = ("bar", "mass", "none")
VIEWS = ("side", "front")
MOVES = ("there_and_back", "around")

BODY_KEYS = ("lean", "bend", "neck", "shank", "thigh", "wide", "height", "arm")
LIMB_KEYS = ("hip", "knee", "ankle", "lift", "heel", "shoulder", "elbow", "raise")
TIMING = {"seconds": 1.6, "pause": 0.4}
Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limbs:
    """The leg and the arm of one side: numbers by key, and what the hand does.

    `hands` is a word of HANDS, `to` (the place hands_x, hands_y), `elbows` (forearms lie there) or empty (by angles).
    """

    numbers: Numbers
    hands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One key frame: numbers of the body, both sides, seconds to come here and to stay; `key`: is among the stills."""

    body: Numbers
    near: Limbs
    far: Limbs
    seconds: float
    pause: float
    key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line held: a word of LINES, the place of its far end in metres, and the body part it runs from."""

    kind: str
    to: tuple[float, float]
    start: str = "hands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing that stands about: a word of PROPS and its numbers in the order given there."""

    kind: str
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """The drawing of one exercise: its name, what is done in words, what carries the figure, and the key frames."""

    id: str
    name: str
    says: str
    support: str
    frames: tuple[Frame, ...]
    view: str = "side"
    balance: str = "none"
    moves: str = "there_and_back"
    holds: str = ""
    line: Line | None = None
    props: tuple[Prop, ...] = ()
    floor: bool = True
    group: str = ""


def parse_demonstrations(document: Mapping[str, Any], name: str) -> dict[str, Demonstration]:
    """The drawings of a file by id. Raises KnowledgeError naming file and entry."""
    group = name.rsplit("/", 1)[-1].removesuffix(".yaml").removesuffix("_2")
    return {
        key: parse_demonstration(key, raw, f"{name}: {key}", group)
        for key, raw in document.get("demonstrations", {}).items()
    }


def parse_demonstration(key: str, raw: Mapping[str, Any], where: str, group: str = "") -> Demonstration:
    """One drawing from its mapping. Raises KnowledgeError naming `where`."""
    known = {f.name for f in fields(Demonstration)} - {"id", "line", "group"}
    _keys(raw, known, where)
    lacking = {"name", "says", "support", "frames"} - set(raw)
    if lacking or not raw.get("frames"):
        raise KnowledgeError(f"{where}: missing {sorted(lacking) or 'frames'}")
    held, line = _held(raw.get("holds", ""), where)
    on_bar = held.startswith(("barbell", "safety_bar", "trap_bar")) and held != "barbell_on_hips"
    given = {
        "view": _word(raw.get("view", "side"), VIEWS, where),
        "support": _word(raw["support"], SUPPORTS, where),
        "moves": _word(raw.get("moves", "there_and_back"), MOVES, where),
        "balance": _word(raw.get("balance", "bar" if on_bar else "mass"), BALANCES, where),
    }
    return Demonstration(
        id=key,
        name=str(raw["name"]),
        says=str(raw["says"]),
        frames=_frames(raw["frames"], where),
        holds=held,
        line=line,
        props=tuple(_prop(one, where) for one in raw.get("props", [])),
        floor=bool(raw.get("floor", True)),
        group=group,
        **given,
    )


def _keys(raw: object, known: Iterable[str], where: str) -> None:
    if not isinstance(raw, Mapping):
        raise KnowledgeError(f"{where}: {raw!r} must be a mapping")
    if unread := set(map(str, raw)) - set(known):
        raise KnowledgeError(f"{where}: unread {sorted(unread)}; known are {sorted(known)}")


def _word(word: object, known: tuple[str, ...], where: str) -> str:
    if word not in known:
        raise KnowledgeError(f"{where}: {word!r} is none of {sorted(known)}")
    return str(word)


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise KnowledgeError(f"{where}: {value!r} is no number")
    return float(value)


def _place(value: object, where: str) -> tuple[float, float]:
    """A place; a single number is a place on the floor."""
    pair = value if isinstance(value, list) else [value, 0]
    if len(pair) != 2:  # noqa: PLR2004 - x and y
        raise KnowledgeError(f"{where}: {value!r} is no place [x, y]")
    return _number(pair[0], where), _number(pair[1], where)


def _held(raw: object, where: str) -> tuple[str, Line | None]:
    if isinstance(raw, str):
        return (_word(raw, HELD, where) if raw else ""), None
    _keys(raw, (*LINES, "from", "also"), where)
    given = dict(raw) if isinstance(raw, Mapping) else {}
    start = _word(given.pop("from", "hands"), LINE_ENDS, where)
    also = given.pop("also", "")
    if len(given) != 1:
        raise KnowledgeError(f"{where}: holds must name one of {LINES} with the place of its far end")
    ((kind, place),) = given.items()
    return (_word(also, HELD, where) if also else ""), Line(kind=kind, to=_place(place, where), start=start)


def _prop(raw: object, where: str) -> Prop:
    _keys(raw, PROPS, where)
    given = dict(raw) if isinstance(raw, Mapping) else {}
    if len(given) != 1:
        raise KnowledgeError(f"{where}: each of the props is one thing: {raw!r}")
    ((kind, value),) = given.items()
    numbers = tuple(_number(one, f"{where}: {kind}") for one in (value if isinstance(value, list) else [value]))
    if len(numbers) != len(PROPS[kind]):
        raise KnowledgeError(f"{where}: {kind} needs {PROPS[kind]}")
    return Prop(kind=kind, numbers=numbers)


def _frames(raws: list[Any], where: str) -> tuple[Frame, ...]:
    made: list[Frame] = []
    nothing = Limbs(numbers={}, hands="")
    before = Frame(body={}, near=nothing, far=nothing, seconds=0, pause=0, key=True)
    for place, raw in enumerate(raws, 1):
        before = _frame(raw, before, f"{where}: frame {place}")
        made.append(before)
    return tuple(made)


def _frame(raw: Any, before: Frame, where: str) -> Frame:
    limb = (*LIMB_KEYS, "foot", "hands", "elbows", "legs")
    _keys(raw, (*BODY_KEYS, *limb, "at", "near", "far", "key", *TIMING), where)
    body = {**before.body, **{key: _number(raw[key], where) for key in BODY_KEYS if key in raw}}
    if "lean" in raw:
        body.pop("height", None)
    elif "height" in raw:
        body.pop("lean", None)
    if "elbows" in raw and "bend" not in raw:
        body.pop("bend", None)
    if "at" in raw:
        body["at_x"], body["at_y"] = _place(raw["at"], where)
    both = {key: raw[key] for key in limb if key in raw}
    sides = {}
    for side, old in (("near", before.near), ("far", before.far)):
        own = raw.get(side, {})
        _keys(own, limb, f"{where}: {side}")
        sides[side] = _limbs({**_without_rivals(both, own), **own}, old, f"{where}: {side}")
    times = {key: _number(raw.get(key, usual), where) for key, usual in TIMING.items()}
    return Frame(body=body, near=sides["near"], far=sides["far"], key=bool(raw.get("key", True)), **times)


def _without_rivals(both: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What goes for both sides, less what one side says otherwise in another way."""
    rivals = {"hip": ("foot", "legs"), "foot": ("hip", "legs"), "legs": ("hip", "foot", "knee")}
    arms = ("shoulder", "hands", "elbows")
    gone = {lost for key in own for lost in (*rivals.get(key, ()), *(arms if key in arms else ()))}
    return {key: value for key, value in both.items() if key not in gone}


def _limbs(raw: Mapping[str, Any], before: Limbs, where: str) -> Limbs:
    numbers, hands = dict(before.numbers), before.hands
    for lost in _replaced(raw):
        numbers.pop(lost, None)
    numbers |= {key: _number(raw[key], where) for key in LIMB_KEYS if key in raw}
    if "foot" in raw:
        numbers["foot_x"], numbers["foot_y"] = _place(raw["foot"], where)
    if "legs" in raw:
        _word(raw["legs"], ("rest",), where)
    if "shoulder" in raw:
        hands = ""
    for key, kind in (("hands", "to"), ("elbows", "elbows")):
        if isinstance(raw.get(key), list):
            numbers["hands_x"], numbers["hands_y"] = _place(raw[key], where)
            hands = kind
        elif key in raw:
            hands = _word(raw[key], HANDS, where)
    return Limbs(numbers=numbers, hands=hands)


def _replaced(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of the frame before that do not hold any more."""
    gone: tuple[str, ...] = ()
    if "hip" in raw:
        gone += ("foot_x", "foot_y", "heel")
    if "foot" in raw:
        gone += ("hip", "knee")
    if "legs" in raw:
        gone += ("hip", "knee", "ankle", "foot_x", "foot_y", "heel", "lift")
    if "hands" in raw or "elbows" in raw:
        gone += ("shoulder", "hands_x", "hands_y")
    return gone
