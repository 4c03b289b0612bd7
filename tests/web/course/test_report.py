"""The report: a tagged PDF of a few pages with what to do first, for anybody, and no word read as markup."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from liftback.records import strangers, write
from liftback.records.models import Lifter
from liftback.web.lifter.course.report import pdf_of, report_data
from liftback.web.shared.visiting import TOLD
from tests.people import NOW, TODAY, story
from tests.web.course.conftest import send


def read(answer: Any) -> PdfReader:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def words(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def test_it_is_a_tagged_pdf_of_few_pages(client: Client, diary: Callable[..., None]) -> None:
    diary(30)
    pdf = read(client.get("/report.pdf"))
    catalogue: Any = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Your back: what to do, and seven answers"
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    assert 1 <= len(pdf.pages) <= 4


def test_what_to_do_comes_first_and_everything_is_on_it(client: Client, diary: Callable[..., None]) -> None:
    diary(30)
    text = words(read(client.get("/report.pdf")))
    parts = ("Watch for these", "How it is going", "Seven answers", "The week in short", "Where this comes from")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    for number in range(1, 8):
        assert f"{number}. " in text
    assert "does not diagnose" in text


def test_a_stranger_gets_it_from_their_session(db: None) -> None:
    browser = Client()
    assert browser.get("/report.pdf").headers["Location"] == "/"
    session = browser.session
    session[TOLD] = story()
    session.save()
    assert "Seven answers" in words(read(browser.get("/report.pdf")))


def test_an_emergency_speaks_of_nothing_else_first(client: Client, own: Lifter, diary: Callable[..., None]) -> None:
    diary(20)
    document = story(saddle_numbness="new_numbness")
    write.keep_story(actor=own.person, lifter=own, document=document, via="signs", now=NOW)
    text = words(read(client.get("/report.pdf")))
    assert text.index("emergency") < text.index("Seven answers")
    assert "Hardly any pain" not in text
    assert "RPE" not in text, "no lifts"


MARKUP = '#panic("read as code") $x$ *bold* <label> @ref \\ `raw` // {{ }} #image("/etc/passwd")'


def test_no_word_is_read_as_markup(db: None) -> None:
    pages = {
        name: strangers.page_of_stranger(name=name, document=story(), token="", today=TODAY, now=NOW)
        for name in ("answers", "plan", "course")
    }
    answers = pages["answers"]
    answers["answers"][0]["headline"] = MARKUP
    answers["advice"]["do"] = [MARKUP]
    text = words(PdfReader(io.BytesIO(pdf_of(report_data(answers=answers, course=None, plan=None, today=TODAY)))))
    assert text.count("read as code") == 2
    assert "/etc/passwd" in text


@pytest.mark.parametrize("word", ["日本語の痛み", "боль", "😖", "\u0000\u0007", "\u202eabc"])
def test_signs_without_a_letter_in_the_type_still_give_a_report(db: None, word: str) -> None:
    pages = {
        name: strangers.page_of_stranger(name=name, document=story(), token="", today=TODAY, now=NOW)
        for name in ("answers", "plan", "course")
    }
    pages["answers"]["answers"][0]["headline"] = f"You said: {word}"
    made = pdf_of(report_data(answers=pages["answers"], course=None, plan=None, today=TODAY))
    assert PdfReader(io.BytesIO(made)).pages


def test_in_spanish_the_chrome_is_spanish(client: Client) -> None:
    client.cookies["django_language"] = "es"
    catalogue: Any = read(client.get("/report.pdf")).trailer["/Root"]
    assert catalogue["/Lang"] == "es"


def test_a_doubt_told_since_is_in_it(client: Client, diary: Callable[..., None]) -> None:
    diary(20)
    client.get("/report.pdf")
    send(client, signs="not_sure")
    assert "RPE" not in words(read(client.get("/report.pdf"))), "the plan waits"


def test_asking_too_often(client: Client) -> None:
    client.get("/course/")
    assert [client.get("/report.pdf").status_code for _ in range(21)][-1] == 429
