"""A picture's styles become attributes, and nothing else of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from liftback import operations
from liftback.exchange.course_svg import course_svg
from liftback.exchange.svg_attributes import svg_without_styles
from tests.unit.exchange import a_lifter

PLAIN = st.text(alphabet="abz09 .:;=-#'()%,>", max_size=12)
RULES = st.dictionaries(
    st.sampled_from(["fill", "stroke", "stroke-width", "font-weight", "paint-order"]),
    st.sampled_from(["var(--ink, #1d2023)", "none", "2", "4px", "700", "stroke", "#fff"]),
    max_size=4,
)


class Drawn(NamedTuple):
    """A tag: its name, its attributes apart from the style, the rules of its style, and its text."""

    name: str
    others: dict[str, str]
    rules: dict[str, str]
    text: str


DRAWN = st.builds(
    Drawn,
    name=st.sampled_from(["rect", "text", "g"]),
    others=st.dictionaries(st.sampled_from(["x", "y", "class", "fill", "data-style"]), PLAIN, max_size=3),
    rules=RULES,
    text=PLAIN,
)


def written(one: Drawn) -> str:
    style = ";".join(f"{name}:{value}" for name, value in one.rules.items())
    attributes = {**one.others, **({"style": style} if style else {})}
    inside = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{one.name}{inside}>{one.text}</{one.name}>"


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(DRAWN, max_size=5))
def test_only_styles_change_and_each_rule_becomes_an_attribute(parts: list[Drawn]) -> None:
    svg = f"<svg>{''.join(map(written, parts))}</svg>"
    found = ET.fromstring(svg_without_styles(svg))  # noqa: S314 - written here
    assert [(one.tag, one.attrib, one.text or "") for one in found] == [
        (one.name, {**one.others, **one.rules}, one.text) for one in parts
    ]


def test_a_picture_without_styles_stays_as_it_is() -> None:
    svg = '<svg viewBox="0 0 1 1"><text x="1">style="fill:red" &lt;b style=&quot;x&quot;&gt;</text></svg>'
    assert svg_without_styles(svg) == svg


def test_a_course_without_styles_has_every_shape_and_colour_that_it_had() -> None:
    before = course_svg(operations.followed_json(followed=a_lifter.followed())["trajectory"]["days"])
    assert "style=" in before
    one, other = (ET.fromstring(svg) for svg in (before, svg_without_styles(before)))  # noqa: S314 - drawn here
    pairs = list(zip(one.iter(), other.iter(), strict=True))
    assert [(a.tag, a.text) for a, _ in pairs] == [(b.tag, b.text) for _, b in pairs]
    assert [_looks(a.attrib) for a, _ in pairs] == [dict(b.attrib) for _, b in pairs]


def _looks(attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes with the rules of the style among them, as a browser reads them."""
    rules = (rule.partition(":") for rule in attributes.get("style", "").split(";") if rule)
    return {key: one for key, one in attributes.items() if key != "style"} | {key: one for key, _, one in rules}
