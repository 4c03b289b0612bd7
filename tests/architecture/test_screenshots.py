"""The README shows the main pages, and every picture is there."""

from docs import screenshots


def test_the_readme_shows_every_picture_and_all_are_there() -> None:
    assert screenshots.README.read_text(encoding="utf-8") == screenshots.readme(), "run `make screenshots`"
    assert screenshots.missing() == []
