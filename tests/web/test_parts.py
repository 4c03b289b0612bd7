"""The parts of pages: what they say, what they hand on, and that a person's words stay words."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse
from django_cotton.compiler_regex import CottonCompiler

from liftback.web.shared.body_regions import IDS
from liftback.web.shared.plate_picture import KG, LB, plate_picture
from liftback.web.shared.signs import DECISIONS, LEVELS, sign_of

NASTY = "\"'><script>alert(1)</script>"
KEPT_WORDS = "&quot;&#x27;&gt;&lt;script&gt;"


def shown(source: str, **values: Any) -> str:
    """What a piece of a page becomes."""
    template = engines["django"].from_string(CottonCompiler().process("{% load parts %}" + source))
    return str(template.render(values, RequestFactory().get("/")))


@pytest.mark.parametrize(
    "source",
    [
        '<c-button :data-note="words">{{ words }}</c-button>',
        '<c-button data-note="{{ words }}">{{ words }}</c-button>',
        '<c-choice-card name="a" :value="words" :label="words" :hint="words" :data-x="words" />',
        '<c-field name="a" :label="words" :value="words" :error="words" :placeholder="words" />',
        '<c-field type="textarea" name="a" label="A" :value="words" />',
        '<c-page-header :title="words" :lead="words" />',
        '<c-notice :title="words">{{ words }}</c-notice>',
        '<c-plan-item :name="words" :on_bar="words" :weight="words" />',
        '<c-why :tree="tree" />',
        '<c-sources :items="sources" />',
        '<c-deflist :items="pairs" />',
        '<c-picture :caption="words" :words="words" :svg="words" />',
        '<c-level-banner level="routine" :title="words" :summary="words" />',
    ],
)
def test_the_words_of_a_person_stay_words(source: str) -> None:
    tree = {"text": NASTY, "below": [{"text": NASTY, "below": [{"text": NASTY}]}]}
    page = shown(source, words=NASTY, tree=tree, sources=[{"title": NASTY, "url": NASTY}], pairs=[(NASTY, NASTY)])
    assert "<script" not in page
    assert KEPT_WORDS in page


def test_words_are_escaped_once() -> None:
    for source in ('<c-stat :label="words" value="1" />', '<c-stat label="{{ words }}" value="1" />'):
        assert "Don&#x27;t &amp; can&#x27;t" in shown(source, words="Don't & can't")


def test_what_a_part_does_not_name_is_handed_on_and_what_it_names_is_not() -> None:
    page = shown('<c-button kind="quiet" hx-post="/x/" disabled :data-a="no" data-b="1">Go</c-button>', no=False)
    assert re.search(r'<button type="submit" class="btn btn-quiet" disabled hx-post="/x/" data-b="1">', page)
    assert "kind=" not in page
    assert "data-a" not in page


def test_a_button_with_an_address_is_a_link() -> None:
    assert '<a href="/plan/" class="btn btn-primary">' in shown('<c-button href="/plan/">Plan</c-button>')


def test_a_score_is_eleven_radios_and_an_open_not_sure() -> None:
    page = shown(
        '<c-score name="pain" legend="Pain" :value="three" low="none" high="worst" unsure="not_sure" />', three=3
    )
    assert re.findall(r'type="radio" name="pain" value="([^"]*)"', page) == [*map(str, range(11)), "not_sure"]
    assert re.findall(r'value="([^"]*)" checked', page) == ["3"]
    assert "Not sure" in page
    assert "checked" not in shown('<c-score name="pain" legend="Pain" />'), "missing is never an answer"


def test_a_traffic_light_has_a_word_and_a_sign_for_each_colour() -> None:
    page = shown('<c-traffic name="during" legend="During" value="amber" green_value="no_more" unsure="not_sure" />')
    assert re.findall(r'type="radio" name="during" value="([^"]*)"', page) == ["no_more", "amber", "red", "not_sure"]
    assert [word in page for word in ("Green", "Amber", "Red", "Not sure")] == [True] * 4
    assert [f"icons.svg#{name}" in page for name in ("green", "amber", "red")] == [True] * 3


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_has_a_word_and_a_sign_beside_its_colour(level: str) -> None:
    page = shown('<c-level-banner :level="level" />', level=level)
    assert f"level-{level}" in page
    assert f"icons.svg#{LEVELS[level].icon}" in page
    assert str(LEVELS[level].word) in page
    assert len({sign.icon for sign in LEVELS.values()}) == len(LEVELS), "no two levels share a sign"


def test_a_value_nobody_knows_is_a_question_and_not_good_news() -> None:
    assert (sign_of("level", "who_knows").icon, sign_of("level", "who_knows").word) == ("unknown", "who knows")
    assert sign_of("mark", "").icon == "unknown"


def test_a_plan_item_says_its_numbers_and_that_it_is_done() -> None:
    item = '<c-plan-item name="Squat" :weight="weight" unit="kg" sets="3" reps="5" decision="up" :done="done" />'
    page = shown(item, weight="82.5", done=False)
    assert ">82.5<small>kg</small>" in page
    assert str(DECISIONS["up"].word) in page
    assert "Done today" in shown(item, weight="82.5", done=True)
    assert "figure-number" not in shown('<c-plan-item name="Walk" />')


def test_the_reasons_are_all_there_and_the_deep_ones_fold() -> None:
    leaf = {"text": "told on Monday"}
    tree = {"text": "top", "below": [{"text": "middle", "below": [leaf, {"text": "other", "below": []}]}]}
    page = shown('<c-why :tree="tree" />', tree=tree)
    assert [page.count(words) for words in ("top", "middle", "told on Monday", "other")] == [1] * 4
    assert page.count("<details") == 2


def test_a_field_points_to_its_hint_and_its_error() -> None:
    page = shown('<c-field name="mail" label="E-mail" hint="Yours" error="No @" required />')
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="mail-hint mail-error"' in page
    assert 'id="mail-hint"' in page
    assert 'id="mail-error"' in page
    assert " required" in page


def test_the_body_map_has_one_box_for_each_place_and_keeps_what_is_chosen() -> None:
    page = shown('<c-body-map name="where" legend="Where?" :chosen="chosen" />', chosen=["saddle", "calf_left"])
    assert sorted(re.findall(r'type="checkbox" id="where-\w+" name="where" value="(\w+)"', page)) == sorted(IDS)
    assert sorted(re.findall(r'value="(\w+)" aria-labelledby="[\w-]+" checked', page)) == ["calf_left", "saddle"]
    assert set(re.findall(r'for="where-(\w+)"', page)) == set(IDS), "each place can be tapped on a figure"


@pytest.mark.parametrize(("unit", "known"), [("kg", KG), ("lb", LB)])
def test_plates_are_drawn_from_the_collar_outwards_each_with_its_weight(unit: str, known: dict[float, Any]) -> None:
    drawn = ElementTree.fromstring(plate_picture(list(known), unit=unit))  # noqa: S314 - our own drawing
    discs = [one for one in drawn if (one.get("class") or "").startswith("disc ")]
    lefts = [int(one.get("x", "0")) for one in discs]
    assert lefts == sorted(lefts)
    assert [one.text for one in drawn if one.tag == "text"] == [f"{weight:g}" for weight in known]
    assert [int(one.get("height", "0")) for one in discs] == sorted((p.height for p in known.values()), reverse=True)
    assert "style" not in ElementTree.tostring(drawn, encoding="unicode")


def test_a_plate_of_an_odd_weight_is_drawn_too_and_an_empty_bar_as_well() -> None:
    assert ">7.3</text>" in plate_picture([7.3], unit="kg")
    assert "disc" not in plate_picture([], unit="lb")


@pytest.mark.django_db
def test_the_living_page_shows_every_part_with_one_heading_and_ids_once(client: Client) -> None:
    page = client.get(reverse("components")).content.decode()
    assert page.count("<h1") == 1
    assert "<c-" not in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


@pytest.mark.django_db
def test_every_page_reaches_the_emergency_page_and_skips_to_its_content(client: Client) -> None:
    for address in (reverse("components"), "/not-a-page/", reverse("account_login"), reverse("account_signup")):
        page = client.get(address).content.decode()
        assert 'href="/emergency/"' in page
        assert 'href="#main"' in page
        assert page.count("<h1") == 1


@pytest.mark.django_db
def test_light_and_dark_are_chosen_by_a_cookie_and_only_by_known_words(client: Client) -> None:
    client.post(reverse("theme"), {"theme": "dark", "next": reverse("components")})
    assert '<html lang="en" data-theme="dark">' in client.get(reverse("components")).content.decode()
    client.cookies["theme"] = '"><script>'
    assert '<html lang="en">' in client.get(reverse("components")).content.decode()
