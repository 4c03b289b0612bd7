"""What a lifter wrote is shown as written, and never becomes markup, in any report."""

from __future__ import annotations

from datetime import date

import pytest

from liftback import operations

TODAY = date(2026, 11, 23)
STORY = b"""about: {age: 30, sex: male}
words: "my groin <img src=x> is *numb* & [x]"
"""
SHOWN = {
    "html": "you wrote: &#34;groin &lt;img src=x&gt; is *numb&#34;",
    "markdown": 'you wrote: "groin \\<img src=x\\> is \\*numb"',
    "text": 'you wrote: "groin <img src=x> is *numb"',
}


@pytest.mark.parametrize("output", SHOWN)
def test_the_quote_of_a_reason_is_escaped_for_its_report(output: str) -> None:
    story = operations.read_story(content=STORY, today=TODAY)
    assessment = operations.assess(story=story, today=TODAY)
    report = operations.render(assessment=assessment, output=output, full=True)
    assert SHOWN[output] in " ".join(report.split())
    assert output == "text" or "<img src=x>" not in report


@pytest.mark.parametrize("output", SHOWN)
def test_what_was_read_is_not_shown_as_an_answer(output: str) -> None:
    story = operations.read_story(content=STORY, today=TODAY)
    assessment = operations.assess(story=story, today=TODAY)
    report = " ".join(operations.render(assessment=assessment, output=output, full=True).split())
    assert "Read in your own words: " in report.replace("**", "")
    assert "; is that right?" in report
