"""The picture of a course shows every day as written, tells shapes apart, and stays well-formed whatever is missing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from liftback.exchange.course_svg import course_svg, course_words

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 11, 23)


def course_days(count: int, **every: Any) -> list[dict[str, Any]]:
    """Days up to today: a score on all of them, a session on each third."""
    return [
        {
            "day": (TODAY - timedelta(days=count - 1 - place)).isoformat(),
            "pain": float(place % 5),
            "dose": 1.2 if place % 3 == 0 else 0.0,
            "event": False,
            "flare": False,
            "band": [1.0, 1.5, 2.0, 2.5, 3.0],
            **every,
        }
        for place in range(count)
    ]


def drawn(days: list[dict[str, Any]]) -> ET.Element:
    return ET.fromstring(course_svg(days))  # noqa: S314 - our own picture


def found(picture: ET.Element, tag: str, kind: str | None = None) -> list[dict[str, str]]:
    return [one.attrib for one in picture.iter(SVG + tag) if kind is None or one.attrib.get("class") == kind]


def words(picture: ET.Element) -> list[str]:
    return [one.text or "" for one in picture.iter(f"{SVG}text")]


def corners(picture: ET.Element, tag: str) -> list[list[tuple[float, float]]]:
    listed = [one["points"].split() for one in found(picture, tag) if "class" not in one]
    return [[(float(x), float(y)) for x, y in (point.split(",") for point in points)] for points in listed]


@pytest.mark.parametrize("count", [1, 2, 9, 50, 84, 182])
def test_every_score_and_session_is_drawn_within_the_frame(count: int) -> None:
    days = course_days(count)
    picture = drawn(days)
    _, _, wide, tall = (float(side) for side in picture.attrib["viewBox"].split())
    dots, bars = found(picture, "circle"), found(picture, "rect", "dose")
    assert len(dots) == count
    assert len(bars) == sum(day["dose"] > 0 for day in days)
    assert all(0 < float(dot["cx"]) < wide and 0 < float(dot["cy"]) < tall for dot in dots)
    assert all(float(bar["y"]) > 0 and float(bar["x"]) + float(bar["width"]) <= wide for bar in bars)


def test_a_higher_score_stands_higher_and_a_later_day_further_right() -> None:
    days = course_days(3)
    for day, pain in zip(days, (0, 4, 10), strict=True):
        day["pain"] = float(pain)
    dots = [(float(dot["cx"]), float(dot["cy"])) for dot in found(drawn(days), "circle")]
    assert all(one[0] < other[0] and one[1] > other[1] for one, other in pairwise(dots))
    assert dots[0][1] - dots[2][1] == pytest.approx(2.5 * (dots[1][1] - dots[2][1]) / 1.5, abs=0.5)


def test_a_day_without_a_score_is_missing_and_never_nought() -> None:
    days = course_days(10)
    days[4]["pain"] = None
    whole, holed = found(drawn(course_days(10)), "circle"), found(drawn(days), "circle")
    assert [dot for dot in whole if dot not in holed] == [whole[4]]


def test_the_half_lies_within_the_most_and_the_middle_within_the_half() -> None:
    picture = drawn(course_days(30))
    most, half = corners(picture, "polygon")
    (middle,) = corners(picture, "polyline")
    heights = [{round(y, 1) for _, y in points} for points in (most[: len(most) // 2], half[: len(half) // 2], middle)]
    low_most, low_half, centre = (heights[0].pop(), heights[1].pop(), heights[2].pop())
    high_half, high_most = half[-1][1], most[-1][1]
    assert low_most > low_half > centre > high_half > high_most


def test_a_band_of_one_day_can_be_seen() -> None:
    most, _ = corners(drawn(course_days(1)), "polygon")
    assert max(x for x, _ in most) - min(x for x, _ in most) > 5


def test_a_band_beyond_the_scale_stays_on_it() -> None:
    picture = drawn(course_days(20, band=[-1.0, 0.0, 5.0, 10.0, 12.0]))
    ((top, bottom),) = {(min(y for _, y in most), max(y for _, y in most)) for most in corners(picture, "polygon")[:1]}
    lines = [float(line["y1"]) for line in found(picture, "line")]
    assert top == min(y for y in lines if y > 30)
    assert bottom in lines


def test_a_flare_and_a_tweak_have_shapes_of_their_own() -> None:
    days = course_days(20)
    days[7] |= {"flare": True, "pain": 7.0}
    days[12]["event"] = True
    picture = drawn(days)
    assert len(found(picture, "polygon", "flare")) == len(found(picture, "path", "tweak")) == 1
    assert len(found(picture, "circle")) == 19
    assert found(drawn(course_days(20)), "path") == []


def test_a_bar_is_as_high_as_its_dose_and_the_typical_session_is_marked() -> None:
    days = course_days(3, dose=0.0)
    for day, dose in zip(days, (1.0, 2.0, 0.5), strict=True):
        day["dose"] = dose
    picture = drawn(days)
    bars = found(picture, "rect", "dose")
    tall = [float(bar["height"]) for bar in bars]
    assert tall == pytest.approx([tall[0], 2 * tall[0], tall[0] / 2], abs=0.2)
    dashed = [float(line["y1"]) for line in found(picture, "line") if "dasharray" in line["style"]]
    assert dashed == [float(bars[0]["y"])]
    assert "1" in words(picture)


@pytest.mark.parametrize("dose", [None, 0.0, 0.01])
def test_without_training_the_picture_has_no_place_for_it(dose: float | None) -> None:
    days = course_days(20, dose=dose)
    picture = drawn(days)
    assert found(picture, "rect", "dose") == []
    assert not any("Training" in word for word in words(picture))
    height = [float(one.attrib["viewBox"].split()[3]) for one in (picture, drawn(course_days(20)))]
    assert height[0] < height[1]
    assert "No training is shown." in course_words(days)


def test_without_scores_there_is_still_a_picture() -> None:
    days = course_days(5, pain=None)
    assert found(drawn(days), "circle") == []
    assert "No score is written." in course_words(days)


def test_nothing_is_drawn_without_days() -> None:
    assert course_svg([]) == ""


@pytest.mark.parametrize("count", [1, 14, 30, 84, 120, 182])
def test_the_words_of_the_time_axis_keep_apart(count: int) -> None:
    picture = drawn(course_days(count))
    foot = max(float(one.attrib["y"]) for one in picture.iter(f"{SVG}text"))
    axis = [one for one in picture.iter(f"{SVG}text") if float(one.attrib["y"]) == foot]
    assert axis[0].text == "today"
    starts = sorted(float(one.attrib["x"]) for one in axis[1:])
    assert starts, "no day is named"
    assert all(b - a >= 36 for a, b in pairwise(starts))
    assert all(start < 300 - 28 for start in starts)


def test_half_a_year_is_told_in_months_and_a_few_weeks_in_days() -> None:
    assert {"Jul", "Oct"} <= set(words(drawn(course_days(182))))
    assert "16 Nov" in words(drawn(course_days(14)))


def test_words_can_be_read_on_a_phone() -> None:
    sizes = {float(one["font-size"]) for one in found(drawn(course_days(182)), "text")}
    assert min(sizes) >= 11, "about one to one at 340 pixels"


def test_a_screen_reader_hears_what_it_shows() -> None:
    days = course_days(9)
    days[2] |= {"event": True, "flare": True}
    picture = ET.fromstring(course_svg(days, "long"))  # noqa: S314 - our own picture
    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-labelledby"] == "long-picture-title long-picture-desc"
    assert {"long-picture-title", "long-picture-desc"} <= {one.attrib.get("id") for one in picture.iter()}
    assert course_words(days) == (
        "From 2026-11-15 to 2026-11-23. 9 scores between 0 and 4. "
        "The felt trend with what a tweak adds was about 2.0 at the start. "
        "Today it is about 2.0, eight times in ten between 1.0 and 3.0. "
        "3 sessions, the largest 1.2 of a typical one. 1 day of a flare. A tweak on 2026-11-17."
    )


def test_every_colour_comes_from_the_page_and_can_be_read_without_it() -> None:
    svg = course_svg(course_days(30))
    assert re.findall(r"(?:fill|stroke)[:=]\"?#", svg) == []
    assert all(re.fullmatch(r"var\(--[a-z-]+, #[0-9a-f]{3,6}\)", one) for one in re.findall(r"var\([^)]*\)", svg))


def test_a_name_never_becomes_markup() -> None:
    svg = course_svg(course_days(3), '"><script>')
    assert "<script" not in svg
    ET.fromstring(svg)  # noqa: S314 - our own picture


def test_without_a_trend_there_are_dots_and_no_band() -> None:
    days = [
        {"day": f"2026-11-0{n}", "pain": n, "dose": 0.0, "event": False, "flare": False, "band": None} for n in (1, 2)
    ]
    drawn = course_svg(days)
    assert "<polyline" not in drawn
    assert drawn.count("<circle") == 2
    assert "too few scores for a trend" in course_words(days)
