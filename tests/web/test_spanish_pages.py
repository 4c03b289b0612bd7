"""The pages that a frightened person may need speak Spanish in full, and keep every place that is filled in."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client

from docs import catalogue, web_words
from liftback import operations

FOUND = web_words.words()
SAFETY = web_words.of_safety(FOUND)
PAGES = [one for one in catalogue.read() if one.occurrences]
# Words long enough that no other word of a page holds them by chance, and not the same in both languages.
ENGLISH = {
    one.msgid
    for one in catalogue.read()
    if one.msgstr and one.msgid != one.msgstr and len(one.msgid) > 20 and not re.search(r"[%{]", one.msgid)
}


def test_every_string_of_the_safety_pages_has_spanish() -> None:
    assert web_words.missing(SAFETY) == [], "run `python -m docs.web_words`, translate what is new, and run it again"


def test_a_string_without_spanish_is_missed() -> None:
    planted = {("", "Nobody ever says this", ""): {"web/shared/templates/base.html"}}
    assert web_words.missing(planted) == ["web/shared/templates/base.html: Nobody ever says this"]


@pytest.mark.parametrize("pattern", web_words.SAFETY)
def test_every_name_of_a_safety_page_is_one(pattern: str) -> None:
    assert list((web_words.SOURCE / "web").glob(pattern))


@pytest.mark.parametrize(
    "name",
    ["shared/templates/base.html", "shared/templates/404.html", "shared/templates/cotton/level_banner.html"]
    + [f"lifter/templates/lifter/front/{one}.html" for one in ("landing", "interview", "emergency", "now", "_advice")]
    + [f"lifter/templates/lifter/training/{one}.html" for one in ("first_hours", "held", "_stop")]
    + ["lifter/offline/words.py", "lifter/templates/lifter/offline/signs.html", "shared/signs.py"],
)
def test_these_pages_are_among_them(name: str) -> None:
    assert (web_words.SOURCE / "web" / name).exists()
    assert web_words.of_safety({("", "planted", ""): {f"web/{name}"}})


def test_what_is_filled_in_is_kept() -> None:
    for entry in PAGES:
        plural = entry.msgid_plural
        pairs = [(entry.msgid, entry.msgstr_plural[0]), (plural, entry.msgstr_plural[1])] if plural else []
        for english, spanish in pairs or [(entry.msgid, entry.msgstr)]:
            assert not spanish or places(english) == places(spanish), english


def places(text: str) -> set[str]:
    """What is filled into a string, and the tags in it."""
    return set(re.findall(r"%\(\w+\)[sd]|<[^>]+>", text))


def test_the_search_reads_templates_and_python(tmp_path: Path) -> None:
    page, code = tmp_path / "page.html", tmp_path / "code.py"
    page.write_text(
        '{% load i18n %}{% trans "One" %}<c-x title="{% trans \'Two\' %}" />{% trans "Light" context "of a page" %}'
        "{% blocktrans trimmed count n=n %}\n  {{ n }} day\n{% plural %}{{ n }} days{% endblocktrans %}"
        "{{ _('Three') }}",
        encoding="utf-8",
    )
    code.write_text('x = _("Four")\ny = ngettext("%(n)s set", "%(n)s sets", n)\nz = gettext_lazy("Fi" "ve")\n', "utf-8")
    days = ("", "%(n)s day", "%(n)s days")
    assert set(web_words.words_of(page)) == {
        ("", "One", ""), ("", "Two", ""), ("of a page", "Light", ""), days, ("", "Three", ""),
    }  # fmt: skip
    assert set(web_words.words_of(code)) == {("", "Four", ""), ("", "%(n)s set", "%(n)s sets"), ("", "Five", "")}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/now/", "/emergency/", "/about/", "/privacy/", "/no-such-page/"])
def test_a_safety_page_shows_no_english(client: Client, address: str) -> None:
    assert english_on(client.get(address, headers={"accept-language": "es"}).content) == []


@pytest.mark.django_db
def test_the_interview_shows_no_english_up_to_its_emergency(client: Client) -> None:
    spanish = {"accept-language": "es"}
    client.post("/start/", {"door": "serious"}, headers=spanish)
    page = client.get("/interview/", headers=spanish)
    assert "¿Por qué preguntamos?" in page.content.decode()
    assert english_on(page.content) == []


def english_on(content: bytes) -> list[str]:
    """The English sentences on a page for which there is Spanish."""
    shown = " ".join(html.unescape(content.decode()).split())
    assert 'lang="es"' in shown
    return sorted(text for text in ENGLISH if text in shown)


def test_the_page_of_emergencies_names_the_countries_in_spanish() -> None:
    names = {one["name"] for one in operations.emergency_numbers()}
    assert names <= {one.msgid for one in catalogue.read() if one.msgstr}
