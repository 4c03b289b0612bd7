"""The plan: what to do today first, the same in text and on the page, and nothing of training while it is held."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest

from liftback.exchange.plan_outline import plan_page
from liftback.exchange.plan_report import low_drawings, plan_html, plan_json, plan_text
from liftback.exchange.plan_svg import plan_week_svg
from liftback.exchange.plan_words import DECISION_SIGNS, LIGHT_SIGNS
from liftback.knowledge.entries import Level
from liftback.knowledge.plan_entries import Dose
from liftback.plans.parts import Plan
from tests.unit.exchange import sample_plans as samples
from tests.unit.exchange.sample_plans import PLANS, ordinary
from tests.unit.exchange.test_report_html import Read, contrast

EVERY = {
    "ordinary": ordinary(),
    "held": samples.held(),
    "emergency": samples.held(Level.emergency),
    "young": samples.held(Level.self_manage, ask_again=(), stopped_on=None, undecided=("onset",)),
    "first week": samples.first_week(),
    "changed": samples.changed(),
    "bare": samples.bare(),
    "on the way": samples.on_the_way(),
    "cleared": samples.cleared(),
    "in a flare": samples.in_a_flare(),
    "no flare": samples.in_a_flare(None),
    "tweaked": samples.tweaked(),
    "targets": samples.with_targets("protein"),
}
DRAWN = '<svg viewBox="0 0 2 1" role="img" aria-label="drawn"><title>Drawn</title></svg>'


def text(plan: Plan, width: int = 80, *, full: bool = False) -> str:
    return plan_text(plan, PLANS, width=width, full=full)


def page(plan: Plan) -> str:
    return plan_html(plan, PLANS, None)


def body(html: str) -> str:
    """The words of a page, with no mark-up and no picture."""
    bare = re.sub(r"<svg.*?</svg>|<style>.*?</style>", " ", html.partition("<body")[2], flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def in_order(words: str, *parts: str) -> bool:
    places = [words.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


PAGE = page(ordinary())
ORDER = (
    "The same week, with stand-ins", "moderate irritability", "Today, Wed 25 Nov", "Why", "The week",
    "Parked for now", "How to judge it",
)  # fmt: skip


def test_today_comes_first_and_the_rest_in_its_order() -> None:
    for words in (text(ordinary()), text(ordinary(), full=True), body(PAGE)):
        assert in_order(words, *ORDER, "What we noticed", "What would tell more", "Your safety net", "Rules written")
    for words in (text(samples.changed()), body(page(samples.changed()))):
        assert in_order(words, *ORDER, "What changed since last week", "What we noticed")


def test_the_limits_say_what_bounds_the_week_and_where_the_cap_comes_from() -> None:
    for words in (" ".join(text(ordinary()).split()), body(PAGE)):
        for part in ("bending", "at most 3 of 10", "at most 0.9 of your typical session, from your own diary and log"):
            assert part in words
    assert "no amber is taken" in " ".join(text(samples.first_week()).split())


def test_a_dose_is_written_as_a_lifter_writes_it() -> None:
    words = text(ordinary())
    assert "3 x 5 at 82.5 kg, RPE 6 at most (bar of 20, 25 + 5 + 1.25 a side)" in words
    for dose in ("3 x 8 a side", "5 min, 3 times a day", "Conditioning (Tue, Sat)", "every day"):
        assert dose in words
    assert "tempo 3-1-1; rest 2 min" in " ".join(text(ordinary(), full=True).split())


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 120])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("name", EVERY)
def test_no_line_is_wider_than_asked(name: str, width: int, full: bool) -> None:
    lines = [line for line in text(EVERY[name], width, full=full).splitlines() if "http" not in line]
    assert max(map(len, lines)) <= max(width, 40)


def test_the_plan_itself_is_two_screens_of_the_short_text() -> None:
    assert len(text(ordinary()).splitlines()) <= 110
    assert len(text(ordinary()).partition("How to judge it")[0].splitlines()) <= 2 * 45
    assert len(text(ordinary(), full=True).splitlines()) > 150


def test_signs_are_plain_and_never_shared() -> None:
    for signs in (DECISION_SIGNS, LIGHT_SIGNS):
        assert len(set(signs.values())) == len(signs)
        assert all(sign.isascii() for sign in signs.values())


def test_each_usual_lift_has_a_word_and_a_sign() -> None:
    words = text(ordinary())
    for line in (
        "= Bench Press (Barbell): kept, 3 x 5 at 80 kg, RPE 8 at most",
        "< Squat (Barbell): capped as High-bar squat, 3 x 5 at 60 kg",
        "x Clean Pull: parked",
    ):
        assert f"  {line}" in words
    assert "~ Trap-bar deadlift, high handles: swapped in for Deadlift (Barbell)" in words
    assert "~ Deadlift (Barbell): swapped for Trap-bar deadlift, high handles, 3 x 5 at" in text(ordinary(), full=True)
    for word in ("kept", "capped", "swapped", "parked", "added"):
        assert re.search(rf'<span class="mark ?"><svg [^>]*aria-hidden="true".*?</svg>{word}</span>', PAGE, re.DOTALL)


def test_a_parked_lift_waits_on_its_own_days_and_keeps_what_it_stood_at() -> None:
    days = {day.name: [task.lift for task in day.parked] for day in plan_page(ordinary(), PLANS).days}
    assert {name for name, parked in days.items() if parked} == {"Mon 23 Nov", "Fri 27 Nov"}
    for words in (text(ordinary()), body(PAGE)):
        part = " ".join(words.partition("Parked for now")[2].partition("How to judge")[0].split())
        assert in_order(part, "Clean Pull", "conventional deadlift, 3 x 3 at 100 kg", "Hip thrust and a lift of mine")
        assert "CALM brings it back." in part
        assert part.count("3 x 3 at 100 kg") == 1, "what it stood at is said once"


def test_what_parked_lifts_share_is_said_once() -> None:
    for words in (text(samples.first_week()), body(page(samples.first_week()))):
        assert words.count("Your back is set off easily.") == words.count("It is calmer.") == 1
        assert words.count("tands at 3 x 5 at 100 kg") == 2


def test_what_moves_it_is_said_once_for_all_that_share_it() -> None:
    words = " ".join(text(ordinary()).split())
    assert words.count("The load goes up at most once a week.") == 1
    assert in_order(words, "Why", "What would move it up", "All lifts: A green one", "move it down", "All lifts: Red")
    folded = re.findall(r"<details>.*?</details>", PAGE, re.DOTALL)
    assert sum("at most once a week" in one for one in folded) == 2
    paper = re.findall(r'<div class="on-paper">.*?</div>', PAGE, re.DOTALL)
    assert any("at most once a week" in one for one in paper), "closed folds are left out on paper"


@pytest.mark.parametrize("name", ["held", "emergency", "young"])
def test_a_held_plan_says_why_and_nothing_of_training(name: str) -> None:
    plan = EVERY[name]
    shown = plan_page(plan, PLANS)
    assert (shown.days, shown.cards, shown.waiting, shown.limits, shown.extras, shown.rules) == ((),) * 6
    for words in (" ".join(text(plan, full=True).split()), body(page(plan))):
        assert in_order(words, *(one.text for one in plan.stop), "Whom to see")
        for other in ("Bench", "82.5", "RPE", "The week", "irritability", "RULE", "NOTE", "Parked", "Clean Pull"):
            assert other not in words
    assert "<table" not in page(plan)
    assert "<h1>Your training plan is on hold</h1>" in page(plan)
    assert not any(words in page(plan) for words in ("training week", "sources above"))


def test_a_held_plan_asks_the_warning_signs_and_an_emergency_goes_first() -> None:
    sign = " ".join(PLANS.known.questions["saddle_numbness"].text.split())
    for words in (" ".join(text(samples.held()).split()), body(page(samples.held()))):
        assert in_order(words, "Be checked today", "STOPPED", "Go through these warning signs now", sign, "Do this")
    for words in (" ".join(text(EVERY["emergency"]).split()), body(page(EVERY["emergency"]))):
        assert in_order(words, "Get help now", "STOPPED", "Do this", "Go through these warning signs", sign)


def test_who_is_held_without_a_warning_sign_is_not_told_to_train_on() -> None:
    words = text(EVERY["young"])
    assert in_order(words, "No training plan for now", "STOPPED", "Answer this", "Watch for", "Whom to see")
    assert "train what" not in words


def test_changes_have_a_light_in_word_and_sign_newest_first() -> None:
    plan = samples.changed()
    words = text(plan)
    assert in_order(words, "! Mon 23 Nov, Deadlift (Barbell): red, clearly lighter", "? Sun 22 Nov", "not judged yet")
    assert "(was: building; now: stepped back)" in " ".join(words.split())
    assert "BECAUSE it was green" not in words
    assert "+ Mon 16 Nov, Deadlift (Barbell): green, one step up" in text(plan, full=True)
    marks = re.findall(r'<span class="mark (\w+)"><svg.*?</svg>(\w+)</span>', page(plan), re.DOTALL)
    assert ("red", "red") in marks
    assert ("green", "green") in marks


def test_a_day_without_training_is_told_beside_the_next_one() -> None:
    words = text(samples.first_week())
    assert in_order(words, "Today, Wed 25 Nov", "Short walks", "Next training day, Thu 26 Nov", "Dead bug")


def test_an_exercise_is_shown_once_and_linked_from_the_week() -> None:
    shown = plan_html(ordinary(), PLANS, lambda name: DRAWN if name == "dead_bug" else "")
    ids = re.findall(r'<article class="card[^"]*" id="how-(\w+)"', shown)
    assert ids[:3] == ["trap_bar_deadlift_high", "dead_bug", "short_walks"]
    assert len(ids) == len(set(ids)) == 5
    assert all(f'href="#how-{name}"' in shown for name in ids)
    assert shown.count(DRAWN) == 1
    card = shown.partition('id="how-dead_bug"')[2].partition("</article>")[0]
    exercise = PLANS.exercises["dead_bug"]
    for words in (*exercise.cues, *exercise.faults, exercise.exit, "3 x 8 a side"):
        assert words in unescape(card)


@pytest.mark.parametrize("name", EVERY)
def test_the_page_is_whole_loads_nothing_and_can_be_listened_to(name: str) -> None:
    shown = page(EVERY[name])
    read = Read(re.sub(r"<(circle|path|rect|line)\b[^>]*/>", "", shown))
    assert read.open == []
    ids = read.having("id")
    assert len(ids) == len(set(ids))
    aimed = [href[1:] for href in read.having("href") if href.startswith("#")]
    aimed += [one for names in read.having("aria-labelledby") for one in names.split()]
    assert set(aimed) <= set(ids)
    assert {tag for tag, _ in read.elements}.isdisjoint({"script", "img", "iframe", "form"})
    assert not re.search(r"url\(|@import", shown)
    assert "default-src 'none'" in shown
    levels = [level for level, _ in read.headings]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert '<html lang="en">' in shown
    tables = [tag for tag, _ in read.elements if tag == "table"]
    assert len(tables) == len([tag for tag, _ in read.elements if tag == "caption"])
    assert all(attributes.get("scope") for tag, attributes in read.elements if tag == "th")


def test_nothing_that_somebody_wrote_becomes_markup() -> None:
    bad = '"><script>alert(1)</script>\x1b[31m'
    one = replace(samples.PULL, name=bad, lift=bad, why=(samples.said(bad),), up=(samples.said(bad),))
    parked = replace(ordinary().parked[0], name=bad, stands_at=bad, instead=(bad,))
    week = (samples.day(2, one, back=0.5),)
    tracks = (samples.track(bad, "parked", (2,)),)
    plan = replace(samples.changed(), days=week, parked=(parked,), tracks=tracks, notes=(samples.said(bad),))
    assert "<script" not in page(plan)
    assert "\x1b" not in text(plan, full=True)
    assert "&lt;script&gt;" in page(plan)


def test_the_values_are_plain_and_unknown_stays_unknown() -> None:
    shown = plan_json(samples.changed())
    assert json.loads(json.dumps(shown)) == shown
    assert (shown["level"], shown["today"], shown["days"][2]["day"]) == ("self_manage", "2026-11-25", "2026-11-25")
    told = shown["record"]["judged"][0]["done"]["told"]
    assert told == {"pain_during": 6.0, "settled": ["two_days"], "leg_after": {"unknown": "skipped"}}
    assert shown["record"]["judged"][0]["light"] == "red"


def test_the_picture_has_a_bar_a_day_under_its_cap() -> None:
    days = plan_page(ordinary(), PLANS).days
    drawn = plan_week_svg(days, 0.9)
    tall = [float(one) for one in re.findall(r'class="dose"[^>]*height="([\d.]+)"', drawn)]
    assert tall == pytest.approx([64 * 0.62 / 0.9, 64 * 0.84 / 0.9, 64 * 0.31 / 0.9], abs=0.1)
    assert "Mon 23 Nov 0.6, Wed 25 Nov 0.8, Fri 27 Nov 0.3 of your typical session" in drawn
    assert "most 0.9" in drawn
    assert "most" not in plan_week_svg(days, None)
    assert plan_week_svg(plan_page(samples.first_week(), PLANS).days, 1.0) == ""
    bars = re.findall(r"  ([#.|]{9,}) (\d\.\d)", text(ordinary()))
    assert [number for _, number in bars] == ["0.6", "0.8", "0.3"]
    assert [bar.count("#") for bar, _ in bars] == [16, 21, 8]
    assert all(bar.endswith("|") for bar, _ in bars)


def test_sources_are_numbered_and_short_ones_have_no_gap() -> None:
    short = text(ordinary())
    assert "Moving is better than resting in bed. [1]" in short
    assert "[1] Advice to rest in bed" in short
    assert "[2]" not in short
    assert "[2]" in text(ordinary(), full=True)


def test_an_older_week_still_shows_itself() -> None:
    plan = ordinary(today=samples.MONDAY.replace(month=12))
    assert plan_page(plan, PLANS).focus is None
    assert "The week" in text(plan)
    assert 'id="do"' in page(plan)


def test_doses_of_all_kinds_are_readable() -> None:
    doses = {
        "2 x 30 s a side": samples.item("x", Dose(sets=2, seconds=30), per_side=True),
        "3 x 20 m with 25 % of your body weight": samples.item("x", Dose(sets=3, metres=20, body_share=0.25)),
        "3 x 5 at 50 % of your best single": samples.item("x", Dose(sets=3, reps=5, share=0.5)),
        "2 x 6 holds of 10 s, twice a day": samples.item("x", Dose(sets=2, reps=6, seconds=10, times_a_day=2)),
        "30 min, 1 day a week": samples.item("x", Dose(sets=1, minutes=30, days_a_week=1)),
        "10 reps, once a day": samples.item("x", Dose(reps=10, times_a_day=1)),
        "1 set of 12": samples.item("x", Dose(sets=1, reps=12)),
        "1 set": samples.item("x", Dose(sets=1)),
    }
    for words, one in doses.items():
        assert plan_page(ordinary(days=(samples.day(2, one),)), PLANS).days[0].tasks[0].dose == words


def test_clearance_counts_the_next_stage_and_its_list_can_wait() -> None:
    plan = samples.on_the_way()
    part = " ".join(text(plan).split()).partition("The way to clearance")[2]
    assert "The next stage is training it again, with 1 of 3 criteria met: your back as a whole 1 of 1," in part
    assert "Deadlift (Barbell) 0 of 1, Squat (Barbell) 0 of 1." in part
    assert not any(word in part for word in ("CLEARANCE", "CLEAN", "HEAVY"))
    whole = " ".join(text(plan, full=True).split())
    assert "Deadlift (Barbell) and Squat (Barbell): CLEAN is False." in whole
    assert in_order(whole, "Missing before training", "Missing before unrestricted", "HEAVY", "Met so far", "CLEARANCE")
    folded = page(plan).partition("The way to clearance</h2>")[2].partition("<details>")
    assert ("CLEAN" in folded[0], "CLEAN" in folded[2]) == (False, True)


def test_who_signed_is_named_and_what_to_watch_for_follows() -> None:
    for words in (" ".join(text(samples.cleared()).split()), body(page(samples.cleared()))):
        assert in_order(words, "CLEARED by", "Signed by Dr. <Lift>, 2026-11-25.", "WATCH this.", "HOLD on.")


@pytest.mark.parametrize("name", ["in a flare", "tweaked"])
def test_in_a_flare_and_the_first_days_the_step_of_today_stands_open(name: str) -> None:
    plan = EVERY[name]
    for words in (" ".join(text(plan).split()), body(page(plan))):
        assert in_order(
            words, "When to be seen", "NUMB", "Today: second day [1]", "WALK on the second.", "Do not LIE",
            "Next: third day", "Today, Wed 25 Nov", "The steps above come first.",
        )  # fmt: skip
        assert words.count("NUMB") == words.count("WALK on the second.") == 1
    assert "WALK on the first" not in text(plan)
    assert "BECAUSE" not in text(plan)
    assert in_order(text(plan, full=True), "BECAUSE second", "WALK on the first", "The week")
    folded = page(plan).partition("<details>")
    assert ("WALK on the first" in folded[0], "WALK on the first" in folded[2]) == (False, True)


def test_a_flare_begins_with_the_warning_signs_and_waits_where_there_is_none() -> None:
    words = " ".join(text(EVERY["in a flare"]).split())
    assert in_order(words, "FLARE words.", "SIGNS first.", "NUMB", "SADDLE sign - BLADDER sign", "RULE of flares.")
    assert ("FEVER sign" in words, "FEVER sign" in text(EVERY["in a flare"], full=True)) == (False, True)
    calm = " ".join(text(EVERY["no flare"]).split())
    assert in_order(calm, "Today, Wed 25 Nov", "How to judge", "If it flares up (the rest: --full)", "FLARE words.")
    assert not any(word in calm for word in ("SADDLE", "WALK on", "NUMB", "RULE of flares", "The steps above"))
    assert in_order(text(EVERY["no flare"], full=True), "SADDLE", "WALK on the first", "TRIGGERS")


def test_who_must_be_seen_first_in_the_first_days_reads_only_that() -> None:
    words = text(samples.tweaked(seen=(samples.said("SEEN first."),), steps=(), headline=(), review=(), expects=()))
    part = words.partition("The first days")[2].partition("Today, Wed")[0]
    assert "SEEN first." in part
    assert not any(word in part for word in ("WALK", "REVIEW", "STUDIES"))


def test_the_targets_to_begin_with_stand_open() -> None:
    words = text(samples.with_targets("protein"))
    assert in_order(words, "Targets of the week", "Protein (begin here)", "TARGET of protein.")
    assert not any(word in words for word in ("TARGET of sleep", "MARKED"))
    assert in_order(text(samples.with_targets("protein"), full=True), "MARKED", "of protein", "of sleep", "of walking")
    assert "NONE comes first." in text(samples.with_targets())


def test_calm_lifts_are_named_in_one_line_before_those_with_a_reason() -> None:
    for words in (" ".join(text(samples.changed()).split()), body(page(samples.changed()))):
        part = words.partition("What changed since last week")[2].replace(" , ", ", ")
        assert in_order(part, "green, one step up: Bench Press (Barbell) and Leg Press", "red, clearly lighter")
    whole = " ".join(text(samples.changed(), full=True).split())
    assert in_order(
        whole, "What changed since last week", "red, clearly lighter", "Before that", "BECAUSE it was green"
    )


def test_a_reason_is_said_once_for_a_kind_of_lift() -> None:
    press, curl = (replace(samples.BENCH, name=name, lift=name) for name in ("Leg Press", "Curl"))
    plan = ordinary(days=(samples.day(2, samples.PULL, samples.BENCH, press, curl, samples.DEAD_BUG),))
    for words in (text(plan), re.sub(r"<details>.*?</details>", "", page(plan), flags=re.DOTALL)):
        assert words.count("It leaves your back alone") == 1
    words = " ".join(text(plan).split())
    assert "Kept lifts: It leaves your back alone" in words
    assert "Dead bug: To win movement" in words


def test_what_is_shown_above_is_not_written_out_again() -> None:
    week = (samples.day(2, samples.PULL), samples.day(4, samples.PULL, samples.BENCH))
    words = text(ordinary(days=week))
    assert words.count("  as above\n") == 1
    assert "~ Deadlift (Barbell): swapped for Trap-bar deadlift, high handles, as above" in words
    assert "= Bench Press (Barbell): kept, 3 x 5 at 80 kg" in words
    assert "as above" not in text(ordinary(days=week), full=True)


def test_only_drawings_near_the_floor_lose_their_empty_upper_part() -> None:
    assert low_drawings(["dead_bug", "high_bar_squat", "hip_thrust"], PLANS) == {"dead_bug"}
    shown = plan_html(ordinary(), PLANS, lambda name: DRAWN if name in ("dead_bug", "high_bar_squat") else "")
    assert 'class="card drawn low" id="how-dead_bug"' in shown
    assert 'class="card drawn" id="how-high_bar_squat"' in shown


def test_colours_of_the_light_can_be_read_in_both_schemes() -> None:
    css = PAGE[PAGE.index("--green") :]
    found = re.findall(r"--(green|amber|red): (#[0-9a-f]{6})", css)
    assert len(found) >= 6
    for (_, colour), paper in zip(found[:6], ["#ffffff"] * 3 + ["#1c2125"] * 3, strict=True):
        assert contrast(colour, paper) >= 4.5


def test_a_style_may_colour_but_not_change() -> None:
    assert plan_text(ordinary(), PLANS, style=lambda line, _role: line) == text(ordinary())
