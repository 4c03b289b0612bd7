"""The drawings are whole, stand alone, move without script, and stand still where that is asked for."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from docs.demonstrations import GROUPS, contact_sheet, demonstrations
from liftback.exchange.demonstration_shapes import HELD_SHAPES, LINE_THICK, PROP_SHAPES, body_shapes
from liftback.exchange.demonstration_svg import HEIGHT, WIDTH, demonstration_svg, placed
from liftback.knowledge.demonstration_entries import HELD, LINES, PROPS, parse_demonstration
from liftback.plans.figure import key_poses

SVG = "{http://www.w3.org/2000/svg}"
ALL = demonstrations()
SAMPLE = {"name": "Sample <b>", "says": "Stand & wait.", "support": "feet", "frames": [{"lean": 0}, {"lean": 30}]}


@cache
def drawn(key: str) -> str:
    return demonstration_svg(ALL[key])


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


def group(svg: str, name: str) -> ET.Element:
    return next(one for one in tree(svg).iter(f"{SVG}g") if one.get("class") == name)


@pytest.mark.parametrize("key", ALL)
def test_each_is_named_and_told_in_words(key: str) -> None:
    svg = tree(drawn(key))
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("role") == "img"
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == (ALL[key].name, ALL[key].says)
    assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"


@pytest.mark.parametrize("key", ALL)
def test_each_stands_alone_and_needs_no_script(key: str) -> None:
    svg = drawn(key)
    assert not re.search(r"<script|\son[a-z]+=|url\(|https?://(?!www\.w3\.org/2000/svg)", svg)
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', svg)) <= set(ids)
    assert set(re.findall(r"animation:([\w-]+)", svg)) == set(re.findall(r"@keyframes ([\w-]+)", svg))


def test_many_stand_on_one_page_without_sharing_names() -> None:
    ids = re.findall(r'\bid="([^"]+)"', contact_sheet(ALL))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("key", ALL)
def test_the_key_frames_are_all_there_beside_each_other(key: str) -> None:
    stills = group(drawn(key), "fig-still")
    panels = [one for one in stills if one.tag == f"{SVG}g"]
    assert len(panels) == sum(frame.key for frame in ALL[key].frames) >= 1
    assert "prefers-reduced-motion:reduce){.fig-move{display:none}.fig-still{display:inline}}" in drawn(key)
    assert "@media print{.fig-move{display:none}.fig-still{display:inline}}" in drawn(key)


@pytest.mark.parametrize("key", ALL)
def test_a_drawing_is_small(key: str) -> None:
    assert len(drawn(key)) < 40_000
    assert (WIDTH, HEIGHT) == (320, 240)


def test_the_same_shapes_are_drawn_at_every_instant() -> None:
    for one in ALL.values():
        rows = [placed(one, pose) for pose in key_poses(one)]
        assert len({tuple((part.shape, part.layer) for part in row) for row in rows}) == 1


def test_a_still_drawing_does_not_move_and_shows_its_key_frames() -> None:
    svg = demonstration_svg(next(iter(ALL.values())), still=True)
    assert "@keyframes" not in svg
    assert 'class="fig-move"' not in svg
    assert re.search(r"#fig-[\w-]+ \.fig-still\{display:inline\}", svg)


def test_words_are_escaped_and_a_name_changes_every_id() -> None:
    one = parse_demonstration("sample", SAMPLE, "sample")
    first, second = demonstration_svg(one), demonstration_svg(one, name="again")
    assert "Sample &lt;b&gt;" in first
    assert tree(first).find(f"{SVG}desc") is not None
    assert not set(re.findall(r'\bid="([^"]+)"', first)) & set(re.findall(r'\bid="([^"]+)"', second))


def test_what_moves_turns_on_instead_of_jumping_around() -> None:
    for key in ALL:
        for rule in re.findall(r"@keyframes [\w-]+\{(.*?)\}\}", drawn(key)):
            turns = [float(turn) for turn in re.findall(r"rotate\((-?[\d.]+)deg\)", rule)]
            assert all(abs(one - other) < 120 for one, other in pairwise(turns)), key


@pytest.mark.parametrize("held", HELD)
def test_everything_held_is_drawn(held: str) -> None:
    svg = demonstration_svg(parse_demonstration("sample", {**SAMPLE, "holds": held}, "sample"))
    assert "#fig-sample-held" in svg


@pytest.mark.parametrize("line", LINES)
def test_every_line_runs_to_its_end(line: str) -> None:
    holds = {line: [1.0, 0.5], "from": "hips"}
    svg = demonstration_svg(parse_demonstration("sample", {**SAMPLE, "holds": holds}, "sample"))
    ends = re.findall(r'#fig-sample-line"[^>]*transform="translate\(([\d. -]+)\)', svg)
    assert ends
    assert set(ends) == {"100.0 -50.0"}


@pytest.mark.parametrize("prop", PROPS)
def test_everything_that_stands_about_is_drawn(prop: str) -> None:
    props = [{prop: [0.5] * len(PROPS[prop])}]
    plain = demonstration_svg(parse_demonstration("sample", SAMPLE, "sample"))
    assert len(demonstration_svg(parse_demonstration("sample", {**SAMPLE, "props": props}, "sample"))) > len(plain)


def test_the_tables_of_shapes_know_every_word() -> None:
    assert set(PROP_SHAPES) == set(PROPS)
    assert set(LINE_THICK) == set(LINES)
    assert all(tree(f'<svg xmlns="{SVG[1:-1]}">{svg}</svg>') is not None for svg in HELD_SHAPES.values())
    assert set(body_shapes("side")) == set(body_shapes("front"))


def test_the_contact_sheet_shows_all_of_them_by_group() -> None:
    page = contact_sheet(ALL)
    assert page.count("<figure>") == len(ALL)
    there = {one.group for one in ALL.values()}
    assert there <= set(GROUPS)
    assert all(f"<h2>{GROUPS[name]}</h2>" in page for name in there)
