"""The calendar of a plan: what shows on which day, what stays private, and that any calendar can read it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from liftback.exchange.plan_calendar import DAILY, HELD, MORNING, TRAINING, plan_calendar
from liftback.plans.parts import Plan, PlanDay
from tests.unit.exchange.planned_week import BEGUN, DEADLIFT, held, item, planned

ODD = 'Squat; "high" bar, \\n heavy\r\nBEGIN:VALARM\x07 ünïcödé ☃ ' + "😀" * 60


def events(plan: Plan) -> list[Any]:
    return list(icalendar.Calendar.from_ical(plan_calendar(plan)).walk("VEVENT"))


def on(plan: Plan, title: str) -> dict[date, str]:
    return {event.decoded("dtstart"): str(event["description"]) for event in events(plan) if event["summary"] == title}


def test_each_training_day_lists_its_lifts_with_dose_and_load() -> None:
    days = on(planned(), TRAINING)
    assert list(days) == [BEGUN, BEGUN + timedelta(days=3)]
    assert "- Trap bar deadlift (for Deadlift): 3 x 5 at 82.5 kg" in days[BEGUN]
    assert "20 bar, 30 + 1.25 a side" in days[BEGUN]
    assert "- Bench Press: 3 x 5" in days[BEGUN]
    assert "Walking" not in days[BEGUN]


def test_daily_work_is_one_event_a_day_and_none_without_work() -> None:
    assert list(on(planned(), DAILY)) == [BEGUN, BEGUN + timedelta(days=1)]
    assert on(planned(), DAILY)[BEGUN] == "- Walking: 10 min, twice a day"


def test_the_morning_after_a_lift_asks_for_its_note() -> None:
    mornings = on(planned(), MORNING)
    assert list(mornings) == [BEGUN + timedelta(days=1), BEGUN + timedelta(days=4)]
    assert mornings[BEGUN + timedelta(days=1)].startswith("Yesterday: Deadlift, Bench Press.")


def test_what_a_shared_calendar_shows_says_nothing_of_a_back() -> None:
    for event in events(planned()):
        assert str(event["summary"]) in {TRAINING, DAILY, MORNING}
        assert (event["class"], event["transp"]) == ("PRIVATE", "TRANSPARENT")
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
        assert list(event.walk("VALARM")) == []


def test_the_same_plan_gives_the_same_file() -> None:
    assert plan_calendar(planned()) == plan_calendar(planned())


def test_a_later_plan_updates_the_events_it_repeats() -> None:
    first = {str(event["uid"]): event["sequence"] for event in events(planned())}
    later = events(planned(week=2, today=BEGUN + timedelta(days=3)))
    assert len(first) == len(events(planned())) == 6
    assert {str(event["uid"]) for event in later} == set(first)
    assert all(event["sequence"] > first[str(event["uid"])] for event in later)
    assert {event.decoded("dtstamp").date() for event in later} == {BEGUN + timedelta(days=3)}


def test_another_plan_has_other_events() -> None:
    first = {str(event["uid"]) for event in events(planned())}
    assert first & {str(event["uid"]) for event in events(planned(begun=BEGUN - timedelta(days=7)))} == set()


def test_a_held_plan_has_one_event_that_says_what_to_do() -> None:
    (event,) = events(held("See a doctor today, please; bring this page."))
    assert (str(event["summary"]), event.decoded("dtstart")) == (HELD, BEGUN)
    assert str(event["description"]).startswith("See a doctor today, please; bring this page.\n")
    assert "no longer hold" in str(event["description"])


def test_an_empty_week_is_still_a_calendar() -> None:
    assert events(planned(days=())) == []
    assert plan_calendar(planned(days=())).startswith("BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize("name", [ODD, "x" * 500, "=1+1", "\u202eevil\u2028line"])
def test_any_name_is_escaped_and_folded(name: str) -> None:
    odd = planned(days=(PlanDay(day=BEGUN, trains=True, items=(item("lift", name),), dose_on_back=0.1),))
    text = plan_calendar(odd)
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not [sign for line in lines for sign in line if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")]
    assert lines.count("BEGIN:VEVENT") == len(events(odd)) == 2
    assert "BEGIN:VALARM" not in lines
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    assert f"- {shown}: 3 x 5" in on(odd, TRAINING)[BEGUN]


def test_no_letter_is_lost_in_a_long_description() -> None:
    many = tuple(replace(DEADLIFT, name=f"Lift {number}, ä; \\ {number}", lift="") for number in range(40))
    days = (PlanDay(day=BEGUN, trains=True, items=many, dose_on_back=0.1),)
    text = on(planned(days=days), TRAINING)[BEGUN]
    assert all(f"- Lift {number}, ä; \\ {number}: 3 x 5" in text for number in range(40))
