"""The look holds together: colours can be read, every sign exists, and no page slips a style or a script in."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from liftback.web.shared.body_regions import FIGURES, IDS, REGIONS, Region, mirrored
from liftback.web.shared.signs import KINDS

STATIC = Path(str(finders.find("liftback/liftback.css"))).parent
WEB = STATIC.parents[2]
TEMPLATES = sorted(WEB.rglob("*.html"))
TEXT, SIGN = 4.5, 3.0
"""Least contrast of text, and of what else must be seen (WCAG 2.2 AA)."""


def tokens(css: str, opening: str) -> dict[str, str]:
    """The colours of one block of the style sheet."""
    block = css.split(opening, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))


def themes() -> dict[str, dict[str, str]]:
    css = (STATIC / "liftback.css").read_text(encoding="utf-8")
    light = tokens(css, ":root {\n")
    return {"light": light, "dark": light | tokens(css, ':root[data-theme="dark"] {\n')}


def luminance(colour: str) -> float:
    full = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TONES = ("stop", "today", "careful", "calm", "good")
GROUNDS = ("paper", "card", "sunk")
AS_TEXT = [
    *((name, ground) for name in ("ink", "muted", "accent") for ground in GROUNDS),
    *(("ink", f"{tone}-soft") for tone in TONES),
    *((f"{tone}-text", ground) for tone in TONES for ground in ("paper", "card", f"{tone}-soft")),
    *(("on-band", tone) for tone in TONES),
    ("on-iron", "iron"),
    ("ink", "dawn-soft"),
    ("muted", "dawn-soft"),
    ("ink", "accent-soft"),
]
AS_SIGNS = [
    *((name, ground) for name in ("edge", "ring", "range", "range-wide") for ground in ("paper", "card")),
    ("pain", "paper"),
    ("iron", "card"),
    ("edge", "accent-soft"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_signs_can_be_told_from_their_ground(theme: str) -> None:
    colours = themes()[theme]
    wanted = [(pair, TEXT) for pair in AS_TEXT] + [(pair, SIGN) for pair in AS_SIGNS]
    faint = {
        pair: round(got, 2) for pair, least in wanted if (got := contrast(colours[pair[0]], colours[pair[1]])) < least
    }
    assert faint == {}


def test_the_dark_of_the_device_and_the_dark_that_was_chosen_are_one() -> None:
    css = (STATIC / "liftback.css").read_text(encoding="utf-8")
    by_device, chosen = tokens(css, ':root:not([data-theme="light"]) {\n'), tokens(css, ':root[data-theme="dark"] {\n')
    assert by_device == chosen | {"dawn": "#f2b25c"}


def test_every_icon_that_a_page_asks_for_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z_]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    asked = {sign.icon for kind in KINDS.values() for sign in kind.values()}
    for template in TEMPLATES:
        text = template.read_text(encoding="utf-8")
        asked |= set(re.findall(r'{% icon "([\w-]+)"', text)) | set(re.findall(r'<c-[^>]*\sicon="([\w-]+)"', text))
    assert {name.replace("-", "_") for name in asked} - drawn == set()


def test_no_template_slips_in_a_style_or_a_script() -> None:
    forbidden = re.compile(
        r"""\sstyle=["']|<style|\son[a-z]+=["']|<script(?![^>]*(?:\bsrc=|type="application/json"))"""
    )
    found = [f"{path.name}: {hit[0]}" for path in TEMPLATES for hit in forbidden.finditer(path.read_text("utf-8"))]
    assert found == []


def test_no_part_is_given_a_filter_that_would_be_dropped_in_silence() -> None:
    # django-cotton takes `:title="a|b"` for the name of a variable that does not exist, and shows nothing.
    dropped = re.compile(r'\s:[a-z_-]+="[^"{]*\|[^"]*"')
    found = [f"{path.name}: {hit[0]}" for path in TEMPLATES for hit in dropped.finditer(path.read_text("utf-8"))]
    assert found == []


def test_every_part_is_in_the_list_of_parts_and_on_the_living_page() -> None:
    folder = WEB / "shared/templates"
    listed = (folder / "cotton/README.md").read_text(encoding="utf-8")
    shown = "".join(path.read_text("utf-8") for path in (folder / "shared").rglob("*.html"))
    shown += (folder / "base.html").read_text(encoding="utf-8")
    names = [path.stem.replace("_", "-") for path in sorted((folder / "cotton").glob("*.html"))]
    assert [name for name in names if f"| `{name}`" not in listed] == []
    assert [name for name in names if name not in ("icon",) and f"<c-{name}" not in shown] == []


def test_every_place_of_the_body_is_marked_when_chosen_and_when_focused() -> None:
    css = (STATIC / "body_map.css").read_text(encoding="utf-8")
    for state in ("checked", "focus-visible"):
        marked = re.findall(rf'^\.body-map:has\(\[value="(\w+)"\]:{state}\) \[data-region="(\w+)"\] path', css, re.M)
        assert [(name, name) for name in IDS] == marked


def test_left_and_right_of_the_body_are_the_same_drawing_turned() -> None:
    by_id = {region.id: region for region in REGIONS}
    pairs = [(by_id[name], by_id[name.replace("_left", "_right")]) for name in IDS if name.endswith("_left")]
    assert len(pairs) == 8
    for left, right in pairs:
        assert {side: mirrored(path) for side, path in left.shapes.items()} == dict(right.shapes)


SIDED = [region for region in REGIONS if region.id.endswith(("_left", "_right"))]


@pytest.mark.parametrize("region", SIDED, ids=lambda region: region.id)
def test_a_place_on_the_left_lies_on_the_lifters_left(region: Region) -> None:
    for side, path in region.shapes.items():
        across = [float(x) for x, _ in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]
        on_viewers_right = region.id.endswith("_right") == (side == "back")
        assert min(across) >= 120 if on_viewers_right else max(across) <= 120


def test_the_figures_name_their_sides() -> None:
    assert [(one.side, str(one.viewer_left), str(one.viewer_right)) for one in FIGURES] == [
        ("back", "left", "right"),
        ("front", "right", "left"),
    ]


def test_a_curve_that_cannot_be_mirrored_is_refused() -> None:
    assert mirrored("M1 2 L3 4 Z") == "M239 2 L237 4 Z"
    with pytest.raises(ValueError, match="Only the commands"):
        mirrored("M1 2 h4")


def test_sizes_of_type_grow_in_steps() -> None:
    css = (STATIC / "liftback.css").read_text(encoding="utf-8")
    found = dict(re.findall(r"--size(-[a-z0-9]+)?: (?:clamp\()?([\d.]+)rem", css.split("/* --- Elements")[0]))
    steps = [float(found[name]) for name in ("-s", "", "-l", "-h2", "-h1", "-number")]
    assert all(smaller < larger for smaller, larger in pairwise(steps))


def test_the_list_of_parts_names_every_attribute_that_a_part_takes() -> None:
    folder = WEB / "shared/templates/cotton"
    rows = re.findall(r"^\| `([a-z-]+)`(.*)$", (folder / "README.md").read_text(encoding="utf-8"), re.M)
    missing = []
    for name, row in rows:
        head = re.search(r"<c-vars(.*?)/>", (folder / f"{name.replace('-', '_')}.html").read_text("utf-8"), re.S)
        taken = re.findall(r":?([a-z_]+)=", head[1]) if head else []
        missing += [f"{name}: {one}" for one in taken if not re.search(rf"`:?{one}`", row)]
    assert missing == []
