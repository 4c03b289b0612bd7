"""What made-up people told the demo clinic, and what was done about it. Nobody's words are in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A request: how long ago it came in, who sent it from where, and in which words.

    `tries` are (hours ago, channel, outcome). `does` names what is done with it next, in order (see `clinic.py`).
    """

    ago: timedelta
    name: str
    words: str
    phone: str = ""
    email: str = ""
    state: str = "NY"
    zip: str = ""
    best_time: str = ""
    tries: tuple[tuple[float, str, str], ...] = ()
    does: tuple[str, ...] = field(default=())


def _ago(hours: float) -> timedelta:
    return timedelta(hours=hours)


TODAY = (
    Asking(
        ago=_ago(0.25), name="Rowan Tate", phone="+12125550141", zip="10011", best_time="any time",
        words="My back went on deadlifts yesterday. Since this morning I feel numb between my legs and I cannot start "
        "to pee.",
    ),
    Asking(
        ago=_ago(0.5), name="Marlow Quinn", phone="+12125550142", zip="11201", best_time="after 5 pm",
        words="Sore in the low back for three days after every heavy squat day. I want to know what I do wrong.",
    ),
    Asking(
        ago=_ago(1.2), name="Sasha Bell", phone="+12125550143", state="", best_time="mornings",
        words="Stiff low back since I started pulling twice a week. I travel a lot.",
    ),
    Asking(
        ago=_ago(2), name="Noor Haddad", phone="+12015550144", state="NJ", zip="07302",
        words="Something pulled on the left on my last set of rows. Bending to tie my shoes is the worst of it.",
        does=("book",),
    ),
    Asking(
        ago=_ago(4), name="Theo Lang", phone="+12125550145", email="theo.lang@example.com", zip="10025",
        words="Back pain and a fever since last night, and I feel ill. I had put it down to the deadlifts.",
        tries=((3.7, "phone", "reached"),), does=("claim",),
    ),
    Asking(
        ago=_ago(5), name="Imani Cole", phone="+12125550146", zip="10458",
        words="Tweaked it cleaning the bar off the floor two weeks ago. Better, but I do not trust it with weight yet.",
        does=("claim",),
    ),
    Asking(
        ago=_ago(7), name="Dario Fenn", email="dario.fenn@example.com", state="TX", zip="78745",
        words="Looking for somebody who knows low bar squats. Ache on both sides after volume weeks.",
        does=("introduce",),
    ),
    Asking(
        ago=_ago(9), name="Priya Raman", phone="+12125550147", zip="11215", best_time="after work",
        words="Was told to stop lifting for good. I would like a second opinion.",
        tries=((8, "phone", "no_answer"),), does=("claim", "snooze"),
    ),
    Asking(
        ago=_ago(11), name="Wes Halloran", phone="+14065550148", state="MT", zip="59601",
        words="Long drive to any clinic. Back locks up at the bottom of front squats.",
    ),
    Asking(
        ago=_ago(18), name="Lena Voss", phone="+12125550149", zip="10301", best_time="lunch time",
        words="Third time this year that my back locks up for a day after heavy pulls.",
        tries=((16, "phone", "voicemail"), (3, "phone", "no_answer")), does=("claim", "next"),
    ),
    Asking(
        ago=_ago(20.5), name="Omar Said", phone="+12125550150", zip="10027",
        words="Low back gets tight from set to set and loosens up overnight. Can I keep training?",
    ),
    Asking(
        ago=_ago(22), name="Gwen Pike", phone="+12125550151", email="gwen.pike@example.com", zip="10003",
        words="Pinch on the right when I arch under the bar. Bench with a big arch does it too.",
        tries=((19, "phone", "reached"),), does=("claim", "note", "book"),
    ),
    Asking(
        ago=_ago(26), name="Ezra Moon", email="ezra.moon@example.com", zip="10014",
        words="I wrote to two clinics before and nobody answered. Sore for weeks after a deadlift meet.",
    ),
    Asking(
        ago=_ago(30), name="Tamsin Wood", phone="+12125550152", zip="10128",
        words="Wanted to ask whether you take my insurance, and whether you lift yourselves.",
        tries=((28, "phone", "reached"),), does=("claim", "close"),
    ),
)  # fmt: skip

PATIENT = Asking(
    ago=timedelta(days=9), name="Mika Arden", phone="+12125550153", email="mika.arden@example.com", zip="10019",
    words="Second flare since summer. I want a plan that keeps me squatting.",
)  # fmt: skip
"""Somebody who was made a patient and has not joined yet."""

BEFORE_WEEKS = 10
BEFORE = (
    (0, 8.5, 3.0, "reached"), (2, 9.0, 6.0, "reached"),
    (3, 17.5, 20.0, "reached"), (5, 11.0, 22.0, "attempts"),
)  # fmt: skip
"""A usual week: (day from Monday, hour, hours until somebody was reached, how)."""
LATE_WEEKS, WITHDRAWN_WEEKS, ELSEWHERE_WEEKS, FLAGGED_WEEKS = (3, 8), (2, 6), (1, 4, 7), (5, 9)
"""Weeks back in which somebody was reached late, took it back, was sent on, or told of a warning sign."""
EARLIER_NAMES = (
    "Alex", "Bo", "Charlie", "Dana", "Eli", "Fern", "Gray", "Harper", "Iris", "Jo", "Kai", "Lou", "Max", "Nico",
)  # fmt: skip
EARLIER_WORDS = "Low back is sore after lifting, and I would like to know how to go on."
FLAGGED_WORDS = "Low back pain with fever and chills since yesterday."

THREAD = (
    (76.0, True, "Squats at the ceiling went fine. Is it all right that it feels stiff the morning after?"),
    (70.0, False, "Stiff that eases within the morning is what we look for. Stay at that weight this week."),
    (5.0, True, "Thanks! One more thing: can I swap rows for pulldowns on the day after deadlifts?"),
)
"""Messages of the demo lifter and their therapist: (hours ago, from the lifter, words)."""
