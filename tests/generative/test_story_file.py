"""No file, however broken, may raise anything but one clear sentence."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.exchange.story_file import StoryError, read_story
from liftback.knowledge.loader import load_knowledge

KNOWLEDGE = load_knowledge()
TODAY = date(2026, 11, 20)
FEW = settings(max_examples=150, deadline=None, derandomize=True)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["no", "yes", "?", "1e999"]),
)
NAMES = st.one_of(st.sampled_from(sorted(KNOWLEDGE.questions)), st.text(max_size=8))
TREES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=4))
)
PARTS = st.sampled_from(["about", "answers", "words", "log", "diary", "other"])


def read(content: bytes) -> None:
    try:
        read_story(content, KNOWLEDGE, today=TODAY)
    except StoryError as error:
        said = str(error)
        assert said.strip()
        assert "\n" not in said
        assert "Traceback" not in said


@FEW
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    read(content)


@FEW
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    read(text.encode("utf-8", "surrogatepass"))


@FEW
@given(st.dictionaries(PARTS, TREES, max_size=5))
def test_any_tree_in_the_shape_of_a_story(tree: dict[str, object]) -> None:
    read(json.dumps(tree).encode())


@FEW
@given(st.sampled_from(["answers:\n  fever: no\n  onset: 2026-11-01\nwords: hurts\n"]), st.data())
def test_a_good_story_cut_and_stirred(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    read(
        text[:place].encode()
        + data.draw(st.binary(max_size=6))
        + text[data.draw(st.integers(place, len(text))) :].encode()
    )
