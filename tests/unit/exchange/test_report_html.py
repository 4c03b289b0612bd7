"""The page: safe, self-contained, in order for a screen reader, readable in both colour schemes, whole on paper."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from liftback.exchange.report_html import assessment_html
from liftback.knowledge.entries import Level
from tests.unit.exchange.report_sample import emergency_report, sample_knowledge, sample_report

KNOWLEDGE = sample_knowledge()
PAGE = assessment_html(sample_report(), KNOWLEDGE)
VOID = {"meta", "link", "br"}


class Read(HTMLParser):
    """A page as its elements, with what a checker needs of them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if any(re.fullmatch("h[1-6]", tag) for tag in self.open):
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)

    def having(self, name: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(name)) is not None]


READ = Read(PAGE)


def test_every_element_is_closed() -> None:
    assert READ.open == []


def test_nothing_is_loaded_from_anywhere() -> None:
    tags = {tag for tag, _ in READ.elements}
    assert tags.isdisjoint({"script", "img", "iframe", "object", "embed", "video", "audio", "form", "base"})
    assert [attributes["href"] for tag, attributes in READ.elements if tag == "link"] == ["data:,"]
    assert not re.search(r"url\(|@import", PAGE)
    assert "default-src 'none'" in PAGE
    assert [name for _, attributes in READ.elements for name in attributes if name.startswith("on")] == []


def test_what_a_lifter_wrote_is_text() -> None:
    assert "it &lt;b&gt;locked&lt;/b&gt; up &amp; I couldn&#39;t *move*" in PAGE
    assert "b" not in {tag for tag, _ in READ.elements}


@pytest.mark.parametrize("key", ["name", "summary", "level"])
def test_no_word_of_a_stored_report_becomes_markup(key: str) -> None:
    report = sample_report()
    report["triage"][key] = '"><script>alert(1)</script>'
    assert "<script" not in assessment_html(report, KNOWLEDGE)


def test_language_viewport_landmarks_and_one_main_heading() -> None:
    tags = [tag for tag, _ in READ.elements]
    assert dict(READ.elements)["html"] == {"lang": "en"}
    assert "width=device-width, initial-scale=1" in PAGE
    assert [tags.count(tag) for tag in ("header", "main", "nav", "footer", "h1")] == [1, 1, 1, 1, 1]


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [level for level, _ in READ.headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    words = [" ".join(text.split()) for _, text in READ.headings]
    assert words[:3] == ["Your back: what to do, and seven answers", "See a clinician in the coming weeks", "Do this"]


def test_ids_are_unique_and_every_link_within_the_page_arrives() -> None:
    ids = READ.having("id")
    assert len(ids) == len(set(ids))
    aimed = [href[1:] for href in READ.having("href") if href.startswith("#")]
    aimed += [name for names in READ.having("aria-labelledby") for name in names.split()]
    assert set(aimed) <= set(ids)


def test_the_level_is_told_in_a_word_and_a_sign_as_well_as_a_colour() -> None:
    pages = {
        level: assessment_html(sample_report(triage={"level": level, "name": level}), KNOWLEDGE) for level in NAMES
    }
    signs = {level: re.findall(r'<h2 class="band".*?</h2>', page, re.S)[0] for level, page in pages.items()}
    assert all(level in sign and "<svg" in sign for level, sign in signs.items())
    assert len({re.sub(level, "", sign) for level, sign in signs.items()}) == len(NAMES)


NAMES = [level.name for level in Level]


def test_reasons_are_closed_on_the_screen_and_left_out_on_paper() -> None:
    assert PAGE.count('class="reasons"') == PAGE.count("<summary>Why") > 1
    assert re.sub(r"<details>.*?</details>", "", PAGE, flags=re.DOTALL).count('class="reasons"') == 0
    assert "liftback explain STORY" in PAGE
    assert "details, .on-screen { display: none; }" in PAGE
    assert "break-inside: avoid" in PAGE


def test_the_table_says_what_the_picture_says() -> None:
    assert 'role="img"' in PAGE
    for words in ("about 1 to 6 weeks", "a few days to longer than a year", "about 3 in 10"):
        assert f">{words}</td>" in PAGE


def test_source_addresses_are_printed_in_full() -> None:
    assert ">https://doi.org/10.1136/bmj.39000.1</a>" in PAGE
    assert 'href="https://example.org/guideline?a=1&amp;b=2"' in PAGE


def test_an_emergency_stands_alone_on_its_screen_and_sheet() -> None:
    page = assessment_html(emergency_report(), KNOWLEDGE)
    first, _, rest = page.partition("All that follows can wait until you have been seen.")
    assert 'class="first alone"' in first
    assert "cannot feel when I pee" in first
    assert "The signs it is about" in first
    assert "Is it normal?" not in first
    assert "Is it normal?" in rest
    assert ".alone { min-height: 0; break-after: page; }" in page
    assert 'class="first alone"' not in PAGE


def test_an_empty_report_still_makes_a_page() -> None:
    assert Read(assessment_html({}, KNOWLEDGE)).open == []


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", css))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


CSS = PAGE[PAGE.index("<style>") : PAGE.index("</style>")]
LIGHT = colours(CSS.partition("@media")[0])
DARK = LIGHT | colours(CSS.partition("@media (prefers-color-scheme: dark)")[2].partition(".level-")[0])


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "card"])
def test_contrast_is_enough_to_read(scheme: dict[str, str], paper: str) -> None:
    words = {name: contrast(scheme[name], scheme[paper]) for name in ("ink", "muted", "link")}
    assert {name: ratio for name, ratio in words.items() if ratio < 4.5} == {}
    shapes = {name: contrast(scheme[name], scheme[paper]) for name in ("range", "range-wide")}
    assert {name: ratio for name, ratio in shapes.items() if ratio < 3} == {}


def test_white_words_can_be_read_on_every_band() -> None:
    bands = re.findall(r"\.level-([a-z_]+) { --band: (#[0-9a-f]{6}); }", CSS)
    assert {name for name, _ in bands} == set(NAMES)
    assert {name: band for name, band in bands if contrast(band, "#ffffff") < 4.5} == {}
