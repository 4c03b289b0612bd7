"""What others wrote and we ship: each file is the one that was taken, with its licence beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

FOLDER = Path(str(finders.find("liftback/vendor/vendored.json"))).parent
TAKEN: list[dict[str, Any]] = json.loads((FOLDER / "vendored.json").read_text(encoding="utf-8"))
PERMISSIVE = {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "OFL-1.1"}
MADE_HERE = {"vendored.json", "pico/pico.layer.css"}


@pytest.mark.parametrize("taken", TAKEN, ids=lambda taken: taken["name"])
def test_every_file_is_the_one_that_was_taken(taken: dict[str, Any]) -> None:
    found = {
        name: hashlib.sha256((FOLDER / taken["folder"] / name).read_bytes()).hexdigest() for name in taken["files"]
    }
    assert found == taken["files"]


@pytest.mark.parametrize("taken", TAKEN, ids=lambda taken: taken["name"])
def test_every_package_has_a_version_and_a_permissive_licence_beside_it(taken: dict[str, Any]) -> None:
    assert taken["licence"] in PERMISSIVE
    assert taken["version"][0].isdigit()
    assert any(name.startswith("LICENSE") for name in taken["files"])


def test_nothing_lies_there_that_is_not_listed() -> None:
    listed = {f"{taken['folder']}/{name}" for taken in TAKEN for name in taken["files"]}
    there = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()}
    assert there - MADE_HERE == listed


def test_the_layered_pico_is_pico_in_a_layer_and_nothing_else() -> None:
    plain = (FOLDER / "pico/pico.min.css").read_text(encoding="utf-8").removeprefix('@charset "UTF-8";').rstrip("\n")
    assert (FOLDER / "pico/pico.layer.css").read_text(encoding="utf-8") == f'@charset "UTF-8";@layer pico{{{plain}}}\n'
