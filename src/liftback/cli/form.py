"""`liftback form`: the questionnaires, an empty file of answers, and what filled-in ones come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from liftback.cli.shell import Refusal, one_line, read_bytes
from liftback.cli.streams import write_json
from liftback.cli.verbs import WIDEST, coloured, columns, examples, verbs

_CHANGED = {
    "better": "better",
    "worse": "worse",
    "within_noise": "within the noise",
    "unknown": "it cannot be said whether that is more than the noise",
}
_LONGEST_SENTENCE = 600


@click.command(
    epilog=examples(
        "liftback form",
        "liftback form phq4 --blank > answers.yaml",
        "liftback form phq4 answers.yaml --earlier january.yaml",
    )
)
@click.argument("name", required=False, metavar="[FORM]")
@click.argument("answers", required=False, type=click.Path(path_type=Path))
@click.option("--earlier", type=click.Path(path_type=Path), help="Answers of an earlier day, to see what changed.")
@click.option("--blank", is_flag=True, help="Print an empty file of answers, with the questions beside them.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
def form(name: str | None, answers: Path | None, earlier: Path | None, blank: bool, output: str) -> None:
    """List the questionnaires, or score your ANSWERS to one.

    ANSWERS is a YAML or JSON file with a line for each question, as --blank prints it. What you leave empty counts as
    not known, never as a no.
    """
    listed = _forms(name)
    if name is None:
        _refuse_idle(blank, earlier, "names a questionnaire first, such as phq4; `liftback form` lists them.")
        _show_list(listed, output)
        return
    (asked,) = listed
    if blank:
        _refuse_idle(answers is not None, earlier, "cannot be printed empty and scored at once; leave --blank out.")
        click.echo("\n".join(_blank(asked)))
        return
    if answers is None:
        raise Refusal(
            f"form {asked['id']} needs your answers, such as: liftback form {asked['id']} answers.yaml; "
            f"`liftback form {asked['id']} --blank` prints a file to fill in."
        )
    _show_score(asked, answers, earlier, output)


def _forms(name: str | None) -> Any:
    try:
        return verbs().forms(form=name)
    except verbs().FormError as error:
        raise Refusal(_sentence(error)) from None


def _refuse_idle(given: bool, earlier: Path | None, why: str) -> None:
    if given or earlier is not None:
        raise Refusal(f"form {why}")


def _sentence(error: Exception) -> str:
    return one_line(error, _LONGEST_SENTENCE)


# --- the list, and an empty file -------------------------------------------------------------------------------------


def _show_list(listed: Any, output: str) -> None:
    if output == "json":
        write_json(listed)
        return
    for one in listed:
        click.echo(coloured(f"{one['id']}: {one['name']}, {len(one['items'])} questions", "heading"))
        for part in ("introduction", "citation", "licence"):
            click.echo(click.wrap_text(one[part], columns(), initial_indent="  ", subsequent_indent="  "))
        click.echo()
    click.echo("`liftback form phq4 --blank` prints a file to fill in; `liftback form phq4 answers.yaml` scores it.")


def _blank(asked: Any) -> Iterator[str]:
    """A file of answers with nothing in it: what is asked stands in comments above each line."""
    what_to_do = "Write an answer behind each colon. What you leave empty counts as not known, never as a no."
    if all(set(item["choices"]) == {"yes", "no"} for item in asked["items"]):
        what_to_do = f"{what_to_do} A tick is yes; where you would leave a space blank, write no."
    for text in (asked["name"], asked["introduction"], what_to_do, asked["citation"]):
        yield _comment(text)
    for item in asked["items"]:
        yield ""
        yield _comment(item["text"])
        yield _comment(f"({_allowed(item)})")
        yield f"{item['id']}:"


def _comment(text: str) -> str:
    return click.wrap_text(text, WIDEST, initial_indent="# ", subsequent_indent="# ")


def _allowed(item: Any) -> str:
    if item["choices"]:
        return ", ".join(item["choices"])
    return f"a number from {item['minimum']:g} to {item['maximum']:g}"


# --- the score -------------------------------------------------------------------------------------------------------


def _show_score(asked: Any, answers: Path, earlier: Path | None, output: str) -> None:
    now = _read(asked["id"], answers)
    before = None if earlier is None else _read(asked["id"], earlier)
    found, changed = verbs().score_form(form=asked["id"], answers=now, earlier=before)
    if output == "json":
        difference = None if changed is None else asdict(changed)
        write_json({**asdict(found), "points": dict(found.points), "change": difference})
        return
    texts = {item["id"]: item["text"] for item in asked["items"]}
    for role, line in _score_lines(asked, found, texts):
        click.echo(coloured(click.wrap_text(line, columns()), role))
    if changed is not None:
        for line in _change_lines(changed, texts):
            click.echo(click.wrap_text(line, columns(), subsequent_indent="  "))


def _read(name: str, path: Path) -> Any:
    content = read_bytes(path, "file of answers")
    try:
        return verbs().read_form(form=name, content=content)
    except verbs().FormError as error:
        raise Refusal(f"{one_line(path)}: {_sentence(error)}") from None


def headline(asked: Any, found: Any) -> str:
    """The score in one sentence, or that there is none yet."""
    if found.value is not None:
        better = f"{asked['better']} is better"
        return f"{asked['name']}: {_number(found.value)}, from {asked['lowest']:g} to {asked['highest']:g}; {better}."
    if not found.points:
        return f"{asked['name']}: no answers yet."
    missing = len(found.missing)
    has = "has" if missing == 1 else "have"
    return f"{asked['name']}: no score, because {missing} of {len(asked['items'])} questions {has} no answer."


def _score_lines(asked: Any, found: Any, texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each line with its role. Where to turn comes right behind the score, before what is missing."""
    yield "headline", headline(asked, found)
    for said in found.said:
        yield "", said
    for route in found.help:
        yield "level:routine", route
    if found.points:
        for item in found.missing:
            yield "", f"Without an answer: {texts[item]} ({item})"


def _change_lines(changed: Any, texts: dict[str, str]) -> Iterator[str]:
    since = "Since the earlier answers:"
    if changed.difference is None:
        yield f"{since} not known; {changed.why}."
    elif not changed.difference:
        yield f"{since} no change{f'; {changed.why}' if changed.no_room else ''}."
    else:
        yield f"{since} {_signed(changed.difference)}, {_CHANGED[changed.value]}; {changed.why}."
    for one in changed.items:
        if one.difference:
            yield f"{texts[one.item]} {_signed(one.difference)}, {_CHANGED[one.value]}."


def _number(value: float) -> str:
    return f"{round(value, 2):g}"


def _signed(difference: float) -> str:
    return f"{round(difference, 2):+g}"
