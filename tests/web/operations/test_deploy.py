"""What is given for putting Liftback into service fits what is there: settings, commands, schema, units, the guide."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
GUIDE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
SET_BY_SERVE = {"LIFTBACK_STATIC", "LIFTBACK_DEMO_PASSWORD"}
"""What nobody has to set in a clinic."""


def settings_read() -> set[str]:
    """Every LIFTBACK_ variable that the product reads."""
    found = set()
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(re.findall(r"^LIFTBACK_[A-Z_]+$", node.value))
    return found


def test_the_example_names_every_setting_and_no_other() -> None:
    example = (DEPLOY / "liftback.env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^(LIFTBACK_[A-Z_]+)=", example, re.MULTILINE)) == settings_read() - SET_BY_SERVE


def test_the_example_is_read_alike_by_a_shell_and_by_systemd() -> None:
    for line in (DEPLOY / "liftback.env.example").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            assert shlex.split(value) in ([value.strip('"')], [] if not value else [value.strip('"')]), name
            assert '"' in value or not re.search(r"[\s<>&?;|$`]", value), f"{name} wants quotes"


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def schema() -> Any:
    text = (Path(__file__).parent / "compose" / "compose-spec.json").read_text(encoding="utf-8")
    return jsonschema.Draft7Validator(json.loads(text))


def test_the_compose_file_is_one() -> None:
    assert [error.message for error in schema().iter_errors(compose())] == []


def test_the_schema_finds_a_fault() -> None:
    broken = compose()
    broken["services"]["web"]["restarts"] = "always"
    assert list(schema().iter_errors(broken))


def commands() -> dict[str, list[str]]:
    """Every command line of ours that is given somewhere, by where."""
    units = {one.name: re.findall(r"^ExecStart=(.*liftback .*)$", one.read_text(), re.MULTILINE) for one in UNITS}
    found = {name: shlex.split(lines[0])[1:] for name, lines in units.items() if lines}
    for name, service in compose()["services"].items():
        if service.get("command", [""])[0] == "liftback":
            found[f"compose {name}"] = service["command"][1:]
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    found["Dockerfile"] = json.loads(image[image.index("CMD ") + 4 :])[1:]
    for line in re.findall(r"^as_liftback (.*)$", GUIDE, re.MULTILINE):
        found[f"guide {line}"] = shlex.split(line.replace('"$newest"', "x"))
    return found


@pytest.mark.parametrize("where", commands())
def test_every_command_that_is_given_is_one(where: str) -> None:
    from liftback.cli import main  # noqa: PLC0415 - click alone

    verb, *options = commands()[where]
    command = main.get_command(None, verb)  # type: ignore[arg-type]  # it looks names up only
    assert command is not None
    command.make_context(verb, options, resilient_parsing=False)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for one in UNITS:
        text = one.read_text(encoding="utf-8").replace("/opt/liftback/.venv/bin/liftback", sys.executable)
        (tmp_path / one.name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", *sorted(str(one) for one in tmp_path.glob("*.service"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "liftback" in line]
    assert ours == []


def test_the_logs_of_others_are_told_to_be_silent() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    formats = " ".join(re.findall(r"log_format [^;]*;", nginx))
    assert formats
    for name in ("$request ", "$request'", "$request_uri", "$uri", "$http_", "$remote_", "$args"):
        assert name not in formats
    assert "log_min_error_statement" in GUIDE
    assert "log_min_error_statement=panic" in json.dumps(compose())


def test_the_guide_names_files_that_are_there() -> None:
    for path in re.findall(r"/opt/liftback/src/((?:deploy|requirements|docs)/[\w./-]+\w)", GUIDE):
        assert list(ROOT.glob(f"{path}*")), path
