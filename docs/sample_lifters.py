"""Three made-up lifters, and docs/trajectory with what `liftback follow` shows them.

Nobody's diary is shown: story, diary and log are made here from fixed numbers and fixed chance, and go through the
same doors as a lifter's own files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import yaml

from liftback import operations
from liftback.exchange.course_svg import course_svg, course_words
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.trajectory_parts import Trajectory

HERE = Path(__file__).resolve().parent / "trajectory"
SAMPLE_DAY = date(2026, 11, 23)
DAYS, BEFORE = 84, 42  # twelve weeks of diary, and six weeks of log before it
TWEAK = 40  # a day of the diary
SKIPPED = 0.08  # share of days without a score
LATEST = 7  # days that a session is felt, the longest that the model looks for
NOTE = "<!-- Written by docs/generate.py from docs/sample_lifters.py; run `make docs`. -->\n"
INTRODUCTION = """\
Each diary and log is made up, twelve weeks long, and followed on the same day. Dots are scores, triangles scores in a
flare, a cross with a broken line a tweak. The line is the felt trend with what a tweak adds; it lies in the dark band
half of the time and in the pale one eight times in ten. Bars are training days, 1 being this lifter's typical session.
Below each picture stands every sentence that is said.
"""
HEAD = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
DRAWN, WORDS = 0.6, 1.0
"""How far a number may be off before a picture, or a page, is stale: last digits differ between machines."""

Lifts = dict[str, int]
"""Sets by lift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifter:
    """A made-up lifter: when it began, the level of pain on each day, and what a set of a lift adds on later days.

    `week` gives the sets by weekday for a week counted from the start of the log; `tweak` is a day of the diary.
    """

    name: str
    title: str
    about: str
    seed: int
    onset: date
    level: Callable[[int], float]
    week: Callable[[int, np.random.RandomState], dict[int, Lifts]]
    felt: dict[str, tuple[float, ...]]
    swing: float
    tweak: int | None = None


def _light(number: int) -> bool:
    """Every fifth week."""
    return number % 5 == 4  # noqa: PLR2004 - the last of five


def _plain_week(number: int, chance: np.random.RandomState) -> dict[int, Lifts]:
    """Three days, of more and fewer sets; every fifth week a light one."""
    most = 2 if _light(number) else 6
    deadlifts, squats, rows = (int(sets) for sets in chance.randint(2, most + 1, size=3))
    return {
        0: {"Deadlift (Barbell)": deadlifts, "Bench Press (Barbell)": 4},
        2: {"Squat (Barbell)": squats},
        4: {"Bent Over Row (Barbell)": rows, "Overhead Press (Barbell)": 3},
    }


def _hinge_week(number: int, chance: np.random.RandomState) -> dict[int, Lifts]:
    """Hinges on Mondays, between few and very many sets; squats on Fridays. Every fifth week a light one."""
    light = _light(number)
    hinges = 1 if light else (8, 2, 6, 3)[number % 4] + int(chance.randint(0, 2))
    squats = 2 if light else int(chance.randint(2, 6))
    return {0: {"Deadlift (Barbell)": hinges}, 4: {"Squat (Barbell)": squats, "Bench Press (Barbell)": 4}}


LIFTERS = (
    Lifter(
        name="recovering",
        title="Getting better",
        about="A back that went a week before the diary begins, and settles; training brings a day or two of soreness.",
        seed=12,
        onset=date(2026, 8, 24),
        level=lambda day: 5.5 - 4.7 * max(day - 42, 0) / (DAYS - 42),
        week=_plain_week,
        felt=dict.fromkeys(("Deadlift (Barbell)", "Squat (Barbell)", "Bent Over Row (Barbell)"), (0.05, 0.3, 0.25)),
        swing=0.6,
    ),
    Lifter(
        name="irritated",
        title="Irritated by many hinges",
        about="A back that stays sore for days after a day of many deadlifts, and hardly minds squats.",
        seed=5,
        onset=date(2026, 3, 2),
        level=lambda _day: 2.0,
        week=_hinge_week,
        felt={"Deadlift (Barbell)": (0.1, 0.24, 0.27, 0.26, 0.24, 0.2, 0.12, 0.04)},
        swing=0.6,
    ),
    Lifter(
        name="no_relation",
        title="No answer to training found",
        about="A back with good and bad days that come and go whatever was trained; one tweak on the way.",
        seed=23,
        onset=date(2026, 2, 2),
        level=lambda day: 3.0 + (2.0 * 0.5 ** ((day - TWEAK) / 5) if day >= TWEAK else 0.0),
        week=_plain_week,
        felt={},
        swing=0.9,
        tweak=TWEAK,
    ),
)
WEIGHTS = {"Deadlift (Barbell)": 140, "Squat (Barbell)": 115, "Bench Press (Barbell)": 80}
OTHER_WEIGHT = 55


def first_day() -> date:
    """The first day of every diary."""
    return SAMPLE_DAY - timedelta(days=DAYS - 1)


def _chance(lifter: Lifter) -> np.random.RandomState:
    # The older generator, because its stream is promised never to change.
    return np.random.RandomState(lifter.seed)


def sessions(lifter: Lifter) -> dict[date, Lifts]:
    """The sets of every training day."""
    chance = _chance(lifter)
    start = first_day() - timedelta(days=BEFORE)
    monday = start - timedelta(days=start.weekday())
    found = {}
    for number in range((DAYS + BEFORE) // 7 + 2):
        for weekday, lifts in lifter.week(number, chance).items():
            day = monday + timedelta(weeks=number, days=weekday)
            if start <= day <= SAMPLE_DAY:
                found[day] = lifts
    return found


def log_csv(lifter: Lifter) -> bytes:
    """The training log as Strong exports it."""
    lines = [HEAD]
    for day, lifts in sessions(lifter).items():
        for lift, sets in lifts.items():
            weight = WEIGHTS.get(lift, OTHER_WEIGHT)
            lines += [
                f"{day.isoformat()} 18:00:00,Evening,1h,{lift},{place},{weight},6,0,0,,,"
                for place in range(1, sets + 1)
            ]
    return "\n".join(lines).encode()


def diary_csv(lifter: Lifter) -> bytes:
    """The pain diary: a score on most days, from the level, what was trained, and the swings of single days."""
    chance, trained = np.random.RandomState(lifter.seed + 1), sessions(lifter)
    lines = ["date,pain,event"]
    for place in range(DAYS):
        day = first_day() + timedelta(days=place)
        pain = lifter.level(place) + _left_over(lifter, trained, day) + lifter.swing * chance.normal()
        skipped = chance.uniform() < SKIPPED
        tweak = place == lifter.tweak
        if not skipped or tweak:
            lines.append(f"{day.isoformat()},{min(max(round(pain), 0), 10)},{'tweak' if tweak else ''}")
    return "\n".join(lines).encode()


def _left_over(lifter: Lifter, trained: dict[date, Lifts], day: date) -> float:
    """What the sets of the last days still add."""
    return sum(
        sets * lifter.felt[lift][back]
        for back in range(LATEST + 1)
        for lift, sets in trained.get(day - timedelta(days=back), {}).items()
        if back < len(lifter.felt.get(lift, ()))
    )


def story_yaml(lifter: Lifter) -> bytes:
    """The story: every warning sign answered with a no."""
    answers: dict[str, object] = dict.fromkeys(load_knowledge().gate_questions, "no")
    answers |= {"onset": lifter.onset, "how_it_began": "crept_up", "leg_symptoms": "none", "leg_numbness": "no"}
    return yaml.safe_dump({"about": {"age": 34, "sex": "male", "contact": "first"}, "answers": answers}).encode()


def followed(lifter: Lifter) -> operations.Followed:
    """What `liftback follow` finds for a lifter on the sample day."""
    return operations.follow(
        story=operations.read_story(content=story_yaml(lifter), today=SAMPLE_DAY),
        log=operations.import_log(content=log_csv(lifter), today=SAMPLE_DAY, unit="kg"),
        diary=operations.read_diary(content=diary_csv(lifter), today=SAMPLE_DAY).diary,
        today=SAMPLE_DAY,
    )


# --- pages -----------------------------------------------------------------------------------------------------------


def pages() -> dict[str, str]:
    """Every file of docs/trajectory by name."""
    found: dict[str, str] = {}
    parts = [NOTE + "# What `liftback follow` shows: three made-up lifters\n", INTRODUCTION]
    for lifter in LIFTERS:
        seen = followed(lifter)
        days = operations.followed_json(followed=seen)["trajectory"]["days"]
        found[f"{lifter.name}.svg"] = course_svg(days, lifter.name) + "\n"
        parts += [f"## {lifter.title}\n", f"{lifter.about}\n", f"![{course_words(days)}]({lifter.name}.svg)\n"]
        parts.append("\n".join(f"- {text}" for text in _sentences(seen.trajectory)) + "\n")
    return found | {"README.md": "\n".join(parts)}


def _sentences(found: Trajectory) -> Iterator[str]:
    yield from (one.text for one in (*found.said, *found.still_needed))


def write() -> None:
    """Write docs/trajectory."""
    HERE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")


def stale() -> list[str]:
    """The files that say or show anything else than they would if written now, last digits apart."""
    return [
        f"docs/trajectory/{name}"
        for name, text in pages().items()
        if not (HERE / name).exists()
        or not same((HERE / name).read_text(encoding="utf-8"), text, DRAWN if name.endswith(".svg") else WORDS)
    ]


def same(one: str, other: str, within: float) -> bool:
    """Whether two texts are the same but for numbers that differ by no more than `within`."""
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    pairs = zip(_numbers(one), _numbers(other), strict=True)
    return all(abs(here - there) <= within for here, there in pairs)


def _numbers(text: str) -> Sequence[float]:
    return [float(number) for number in NUMBER.findall(text)]
