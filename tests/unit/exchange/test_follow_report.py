"""The course: what to do first, the same in text and on the page, and nothing of training while it has to wait."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from html import unescape
from typing import Any

import pytest

from liftback.exchange.follow_report import course_of, course_weeks, follow_html, follow_json, follow_text
from liftback.exchange.story_file import story_of
from liftback.facts.story import facts_of
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from liftback.operations import Followed
from liftback.reasoning.findings import Reason, Said, parameter_reason
from liftback.reasoning.timeline import Outcome
from liftback.reasoning.trajectory import held_trajectory, waits
from liftback.reasoning.trajectory_parts import (
    CourseDay,
    Moved,
    Range,
    Trajectory,
    Trend,
)
from liftback.reasoning.triage import Triage, triage
from tests.unit.exchange.test_report_html import Read

TODAY = date(2026, 11, 23)
KNOWLEDGE = load_knowledge()
LIMIT = KNOWLEDGE.parameters["trajectory.call_probability"]
HEADINGS = (
    "Your trend",
    "How your back answers to training",
    "The next session",
    "Milestones",
    "What moved this",
    "Still needed",
    "Why this is said",
)


@cache
def checked(**answers: str) -> Triage:
    """The triage of a story whose warning signs are all answered with no, but for `answers`."""
    told: dict[str, object] = dict.fromkeys(KNOWLEDGE.gate_questions, "no")
    story = story_of({"about": {"age": 34, "sex": "male"}, "answers": told | answers}, KNOWLEDGE, today=TODAY)
    return triage(facts_of(story, KNOWLEDGE, today=TODAY), KNOWLEDGE)


def said(name: str, text: str, *, more: bool = False, because: tuple[Reason, ...] = ()) -> Said:
    sources = tuple(reason.source for reason in because)
    return Said(id=f"trajectory.{name}", text=text, kind="default", sources=sources, because=because, more=more)


def course_days(count: int = 16) -> tuple[CourseDay, ...]:
    return tuple(
        CourseDay(
            day=TODAY - timedelta(days=count - 1 - place),
            pain=None if place == 3 else float(place % 6),
            dose=round(0.71 + place / 10, 2) if place % 3 == 0 else 0.0,
            event=place == 5,
            flare=place == 11,
            band=(1.11, 1.61, 2.21, 2.81, 3.41) if place < count - 1 else (0.62, 0.93, 1.34, 1.75, 2.16),
        )
        for place in range(count)
    )


def sample(**changed: Any) -> Trajectory:
    """A course in which everything is said."""
    felt = Range(middle=1.34, half=(0.93, 1.75), most=(0.62, 2.16))
    mile = Outcome(
        id="calm_scores", name="Hardly any pain for a week", criterion="Scores of <nought> or one", half=(20, 60),
        most=(9, None), middle=33, not_within_year=0.21, text="Hardly any pain for a week: half of the time so long.",
    )  # fmt: skip
    whole = Trajectory(
        course_told=True,
        value="improving", held=False, response=None, flare=None, own=True, alarm=False, jump=None, repeats=None,
        trend=Trend(felt=felt, baseline=felt, improving=0.9, steady=0.1, worsening=0.0),
        milestones=(mile,),
        moved=(Moved(begins=TODAY - timedelta(days=6), ends=TODAY, change=-0.4, doses=(1.1,)),),
        days=course_days(),
        still_needed=(said("need_log", "Your log would show more."),),
        because=(
            Reason(kind="fact", id="diary", text="Pain diary", value="15 scores on 16 days", source="diary"),
            parameter_reason(LIMIT),
        ),
        undecided=("onset",),
        said=(
            said("headline_improving", "HEADLINE it is getting better."),
            said("felt_now", "FELT about 1.3 out of ten.", because=(parameter_reason(LIMIT),)),
            said("baseline_now", "BASELINE without load.", more=True),
            said("jump_after", "JUMP still adds."),
            said("response_irritated", "RESPONSE stays irritated."),
            said("group_said", "GROUP of your hinges."),
            said("log_ends_early", "LOG ends early."),
            said("flare_rest", "FLARE at rest."),
            said("milestone_own", "OWN ranges."),
            said("milestone_calm_scores", mile.text),
            said("moved_week", "MOVED by a week.", more=True),
        ),
    )  # fmt: skip
    return replace(whole, **changed)


def report(found: Trajectory | None = None, first: Triage | None = None) -> dict[str, Any]:
    followed = Followed(
        triage=first or checked(), trajectory=found or sample(), today=TODAY, knowledge_version=KNOWLEDGE.version
    )
    return follow_json(followed)


def text(shown: dict[str, Any], width: int = 80, *, full: bool = False) -> str:
    return follow_text(shown, KNOWLEDGE, width=width, full=full)


def page(shown: dict[str, Any]) -> str:
    return follow_html(shown, KNOWLEDGE)


def body(html: str) -> str:
    """The words of a page, with no mark-up and no picture."""
    bare = re.sub(r"<svg.*?</svg>|<style>.*?</style>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def in_order(words: str, parts: tuple[str, ...]) -> bool:
    places = [words.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


PAGE = page(report())
HELD = held_trajectory(facts_of(story_of({}, KNOWLEDGE, today=TODAY), KNOWLEDGE, today=TODAY), KNOWLEDGE)
EMERGENCY = checked(saddle_numbness="yes")


def test_the_values_are_plain_and_the_level_has_its_name() -> None:
    shown = report(first=EMERGENCY)
    assert json.loads(json.dumps(shown)) == shown
    assert shown["triage"]["level"] == "emergency"
    assert shown["triage"]["fired"] == [one["id"] for one in shown["triage"]["fired_because"]] != []
    assert shown["trajectory"]["days"][-1]["day"] == shown["today"] == "2026-11-23"
    assert shown["knowledge_version"] == KNOWLEDGE.version


def test_what_to_do_comes_first_and_the_rest_in_its_order() -> None:
    first = (checked().name, "HEADLINE", *HEADINGS[:6])
    assert in_order(text(report()), (*first[:-2], first[-1], "Your safety net", "Sources"))
    assert in_order(text(report(), full=True), (*first, "Your safety net", "Why this is said", "Sources"))
    assert in_order(body(PAGE.partition("<body")[2]), (*first, "Your safety net", "Sources Liftback"))


def test_each_sentence_stands_under_its_heading() -> None:
    words = text(report(), full=True)
    for heading, parts in {
        "Your trend": ("FELT", "JUMP", "BASELINE"),
        "How your back answers to training": ("RESPONSE", "GROUP", "LOG"),
        "The next session": ("FLARE",),
        "Milestones": ("OWN", "Hardly any pain"),
        "What moved this": ("MOVED",),
        "Still needed": ("Your log would show more.", KNOWLEDGE.questions["onset"].text[:20]),
    }.items():
        part = words.partition(f"\n{heading}\n---")[2].partition("\n---")[0]
        assert [one for one in parts if one not in part] == [], heading


def test_a_sentence_of_no_known_part_is_still_said() -> None:
    strange = sample(said=(*sample().said, said("season_note", "STRANGE but said.")))
    assert "STRANGE but said." in text(report(strange))
    assert "STRANGE but said." in page(report(strange))


def test_a_sentence_is_said_once() -> None:
    for words in (text(report(), full=True), body(PAGE)):
        twice = [one.text for one in sample().said if words.count(one.text) > 1]
        assert twice == []


def test_what_can_wait_is_behind_a_fold_and_in_the_full_text_only() -> None:
    assert "BASELINE" not in text(report())
    assert "What moved this" not in text(report()), "a heading with nothing under it"
    assert "BASELINE" in text(report(), full=True)
    unfolded = re.sub(r"<details>.*?</details>", "", PAGE, flags=re.DOTALL)
    assert re.search(r'class="part on-screen" [^>]*>\s*<h2[^>]*>What moved this', PAGE), "a bare heading on paper"
    assert PAGE.count('class="part on-screen"') == 1
    assert ("BASELINE" in PAGE, "BASELINE" in unfolded, "FELT" in unfolded) == (True, False, True)


def test_reasons_tell_how_sure_and_where_from() -> None:
    words = " ".join(text(report(), full=True).split())
    reason = parameter_reason(LIMIT)
    assert f"{reason.text}: {reason.value} (our own starting point; no study gives it) [1]" in words
    assert "[1] Liftback: our own starting point" in words
    assert reason.text in PAGE
    assert 'href="#source-1"' in PAGE


def test_an_alarm_stands_before_the_picture() -> None:
    told = said("alarm_worsening", "ALARM your scores have been climbing.")
    rung = sample(alarm=True, said=(sample().said[0], told, *sample().said[1:]))
    assert in_order(text(report(rung)), ("HEADLINE", "! ALARM", "From ", "Your trend"))
    shown = page(report(rung))
    assert in_order(shown, ("HEADLINE", 'class="alarm"', "ALARM", 'figure class="course-picture', "Your trend"))
    assert 'class="alarm"' not in PAGE


@pytest.mark.parametrize("found", [HELD, sample(held=True, said=(*HELD.said, *sample().said))], ids=["held", "stored"])
@pytest.mark.parametrize("sign", ["emergency", "within_days"])
def test_while_it_has_to_be_looked_at_nothing_is_said_of_training(found: Trajectory, sign: str) -> None:
    first = EMERGENCY if sign == "emergency" else checked(leg_weakness="mild_stable")
    assert waits(first.level)
    shown = report(found, first)
    laid_out = course_of(shown, KNOWLEDGE)
    assert (laid_out.weeks, laid_out.sections, laid_out.milestones, laid_out.page.answers) == ((), (), (), ())
    for words in (text(shown), text(shown, full=True), body(page(shown))):
        flat = " ".join(words.split())
        assert in_order(flat, (first.name, HELD.said[0].text))
        told = [one.text for one in sample().said if one.text in flat]
        assert told == []
        assert [heading for heading in HEADINGS[:6] if heading in flat] == []
    assert not re.search(r"<svg class=\"picture\"|Felt trend|week by week|stack", page(shown).partition("<body")[2])
    assert "Felt trend" not in text(shown, full=True)


def test_an_emergency_says_what_to_do_and_say_at_once() -> None:
    shown = report(HELD, EMERGENCY)
    later = "All that follows can wait until you have been seen."
    for words in (text(shown), unescape(page(shown))):
        first, _, rest = words.partition(later)
        flat = " ".join(first.split())
        assert [one for one in (*EMERGENCY.actions.do, *EMERGENCY.actions.say) if one not in flat] == []
        assert HELD.said[0].text[:30] not in first
        assert HELD.said[0].text[:30] in " ".join(rest.split())
    assert 'class="first alone"' in page(shown)


def test_the_advice_is_word_for_word_that_of_an_assessment() -> None:
    assert 'class="triage"' in PAGE
    assert 'class="safety"' in PAGE
    for line in (*checked().actions.do, *checked().safety_net.watch_for, checked().safety_net.where):
        assert line in unescape(PAGE)


def test_every_number_of_the_picture_is_in_the_table() -> None:
    table = body(PAGE[PAGE.index("<caption>Week by week") :].partition("</table>")[0])
    for one in course_days():
        if one.pain is not None:
            assert f"{one.day:%a} {one.pain:g}" in table
        if one.dose:
            assert f"{one.day:%a} {one.dose:.1f}" in table
    assert "1.3" in table
    assert "0.9 to 1.8" in table
    assert "0.6 to 2.2" in table
    assert f"tweak {course_days()[5].day:%a}" in table
    assert f"flare {course_days()[11].day:%a}" in table


def test_the_weeks_end_today_and_hold_every_day_once() -> None:
    weeks = course_weeks(report()["trajectory"]["days"])
    assert [week.week for week in weeks] == ["2026-11-03", "2026-11-10", "2026-11-17"]
    assert [len(week.doses) for week in weeks] == [1, 2, 3]
    assert weeks[0].scores == "Sun 0, Mon 1"
    assert (weeks[0].mean, weeks[0].felt) == ("0.5", "2.2")
    assert weeks[1].marks.startswith("tweak Fri")


def test_milestones_are_a_table_with_their_criterion() -> None:
    table = PAGE[PAGE.index("<caption>Counted from today") :].partition("</table>")[0]
    for words in ("Hardly any pain for a week", "about 2 to 9 weeks", "longer than a year", "about 2 in 10"):
        assert words in table
    assert "Scores of &lt;nought&gt; or one" in table
    assert "half of the time so long" not in body(PAGE), "the table says it"


@pytest.mark.parametrize("width", [20, 40, 44, 71, 72, 80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_wider_than_asked(width: int, full: bool) -> None:
    lines = [line for line in text(report(), width, full=full).splitlines() if "http" not in line]
    assert max(map(len, lines)) <= max(width, 40)


def test_a_week_is_one_line_with_its_trend_where_it_lies() -> None:
    head, *weeks = text(report()).partition("\nFrom ")[2].splitlines()[:4]
    assert len(weeks) == 3
    scale = f"From {head}"
    for line, week in zip(weeks, course_weeks(report()["trajectory"]["days"]), strict=True):
        start, stop = scale.index(" 0 ") + 1, scale.index("10") + 2
        place = (line.index("|") - start) / (stop - start - 1)
        assert place * 10 == pytest.approx(week.band[2], abs=0.2)
        assert week.felt in line
        assert line.endswith(" ".join(week.doses))


def test_a_long_course_shows_its_last_weeks_and_all_of_them_in_full() -> None:
    long = report(sample(days=course_days(182)))
    counts = [len(re.findall(r"^[ \d]\d [A-Z][a-z]{2} .*\|", text(long, full=full), re.M)) for full in (False, True)]
    assert counts == [12, 26]


def test_a_style_may_colour_but_not_change() -> None:
    roles: set[str] = set()

    def colour(line: str, role: str) -> str:
        roles.add(role)
        return line

    assert follow_text(report(), KNOWLEDGE, style=colour) == text(report())
    assert {"heading", "headline", "quiet", "text", f"level:{checked().level.name}"} == roles


def test_without_scores_or_doses_the_rest_is_shown() -> None:
    bare = tuple(replace(day, pain=None, dose=None, event=False, flare=False) for day in course_days())
    shown = report(sample(days=bare))
    assert "Sessions" not in text(shown)
    assert 'data-name="Scores">none</td>' in page(shown)
    none = report(sample(days=(), said=(), still_needed=(), milestones=(), because=(), undecided=()))
    assert 'course-picture"' not in page(none)
    assert [heading for heading in HEADINGS if f"\n{heading}\n" in text(none, full=True)] == []
    assert [heading for heading in HEADINGS if f">{heading}</h2>" in page(none)] == []
    assert f">{HEADINGS[0]}</h2>" in PAGE


def test_the_page_is_whole_and_loads_nothing() -> None:
    read = Read(re.sub(r"<(circle|path|rect|polygon|polyline|line)\b[^>]*/>", "", PAGE))
    assert read.open == []
    ids = read.having("id")
    assert len(ids) == len(set(ids))
    aimed = [href[1:] for href in read.having("href") if href.startswith("#")]
    aimed += [name for names in read.having("aria-labelledby") for name in names.split()]
    assert set(aimed) <= set(ids)
    assert {tag for tag, _ in read.elements}.isdisjoint({"script", "img", "iframe", "form"})
    assert not re.search(r"url\(|@import", PAGE)
    assert "default-src 'none'" in PAGE
    assert [level for level, _ in read.headings].count(1) == 1


@pytest.mark.parametrize("key", ["said", "still_needed", "because", "milestones"])
def test_no_word_of_a_stored_report_becomes_markup(key: str) -> None:
    shown = report()
    for one in shown["trajectory"][key]:
        one |= {name: '"><script>alert(1)</script>' for name in ("text", "name", "criterion") if name in one}
    assert "<script" not in page(shown)
    assert "&lt;script&gt;" in page(shown)


def test_signs_that_steer_a_terminal_are_left_out() -> None:
    shown = report()
    for one in shown["trajectory"]["said"]:
        one["text"] = f"\x1b[31m{one['text']}"
    assert "\x1b" not in text(shown, full=True)


def test_every_level_has_a_page() -> None:
    for level in Level:
        assert f"level-{level.name}" in page(report(HELD, replace(checked(), level=level)))


def test_a_report_with_nothing_in_it_makes_a_page() -> None:
    assert course_of({}, KNOWLEDGE).headline == ""
    assert "</html>" in page({})
    assert text({})
