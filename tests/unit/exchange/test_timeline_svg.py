"""The pictures say what the numbers say, and stay well-formed whatever the words are."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from liftback.exchange.report_outline import Range, ranges
from liftback.exchange.timeline_svg import axis_share, timeline_svg, weekly_sets_svg
from tests.unit.exchange.report_sample import sample_report

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own picture


def sample_ranges(**changed: object) -> tuple[Range, ...]:
    timeline = sample_report()["timeline"]
    timeline["outcomes"] = [timeline["outcomes"][0] | changed]
    return ranges(timeline)


def bars(svg: str) -> list[tuple[float, float]]:
    """Left and right end of each bar: first the wide range, then the half."""
    found = [(float(one.attrib["x"]), float(one.attrib["width"])) for one in drawn(svg).iter(f"{SVG}rect")]
    return [(x, round(x + wide, 1)) for x, wide in found]


def test_the_axis_runs_from_now_to_a_year_and_gives_the_first_weeks_room() -> None:
    assert axis_share(0) == 0
    assert axis_share(365) == axis_share(4000) == axis_share(None) == 1
    shares = [axis_share(day) for day in range(366)]
    assert all(low < high for low, high in pairwise(shares))
    assert axis_share(28) > 0.3


def test_the_half_lies_within_the_most_and_the_middle_within_the_half() -> None:
    svg = timeline_svg(sample_ranges(), "today")
    most, half = bars(svg)
    assert most[0] < half[0] < half[1] < most[1]
    marks = [float(line.attrib["x1"]) for line in drawn(svg).iter(f"{SVG}line")]
    assert half[0] < marks[-1] < half[1]


@pytest.mark.parametrize(
    ("half", "most", "arrows"), [([8, 40], [4, 95], 0), ([8, 40], [4, None], 1), ([23, None], [9, None], 2)]
)
def test_an_open_end_points_on(half: list[int | None], most: list[int | None], arrows: int) -> None:
    svg = timeline_svg(sample_ranges(half=half, most=most), "today")
    assert len(list(drawn(svg).iter(f"{SVG}polygon"))) == arrows


def test_no_middle_mark_when_half_of_them_need_longer_than_a_year() -> None:
    with_mark = len(list(drawn(timeline_svg(sample_ranges(), "today")).iter(f"{SVG}line")))
    without = len(list(drawn(timeline_svg(sample_ranges(middle=None), "today")).iter(f"{SVG}line")))
    assert with_mark > without


def test_a_screen_reader_hears_the_ranges() -> None:
    picture = drawn(timeline_svg(sample_ranges(), "today", name="long"))
    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-labelledby"] == "long-picture-title long-picture-desc"
    told = picture.find(f"{SVG}desc")
    assert told is not None
    assert told.text == (
        "Ranges counted from today. Back in training: half of people about 1 to 6 weeks, "
        "fewer than 1 in 10 not within a year."
    )


def test_the_axis_says_where_it_starts() -> None:
    assert ">now<" in timeline_svg(sample_ranges(), "today")
    assert ">start<" in timeline_svg(sample_ranges(), "the day it began")


def test_words_never_become_markup() -> None:
    svg = timeline_svg(sample_ranges(name="</text><script>alert(1)</script>"), '"><b>')
    assert list(drawn(svg).iter(f"{SVG}script")) == []
    assert "<script" not in svg


def test_nothing_is_drawn_without_numbers() -> None:
    assert timeline_svg((), "today") == ""
    assert weekly_sets_svg({}, "", "") == ""
    assert weekly_sets_svg({"hinge": (0, 0)}, "a", "b") == ""


def test_the_tallest_column_is_the_week_with_most_sets() -> None:
    svg = weekly_sets_svg({"hinge": (4, 8, 2), "row": (6, 0, 6)}, "2026-11-02", "2026-11-16")
    tall = [float(one.attrib["height"]) for one in drawn(svg).iter(f"{SVG}rect")]
    assert tall.index(max(tall)) == 1
    assert tall[0] == pytest.approx(max(tall) / 2)
    assert tall[4] == 0
    words = [one.text for one in drawn(svg).iter(f"{SVG}text")]
    assert {"hinge", "row", "2 sets", "6 sets", "2026-11-02", "2026-11-16"} <= set(words)
