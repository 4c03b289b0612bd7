"""Plans from real training logs, where the shared folder exists: made and shown, and never above their cap."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from liftback import operations
from tests.shared.test_real_logs import FILES, LOGS

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "story.yaml"
TODAY = date(2026, 11, 23)
GRADES: dict[str, dict[str, Any]] = {
    "low": {
        "pain_now": 1, "pain_worst": 2, "provoked_by": "heavy_training", "settles_after": "half_hour",
        "night_rest_pain": "none", "daily_limits": "little",
    },
    "moderate": {},
    "high": {"pain_worst": 8, "provoked_by": "everyday", "settles_after": "longer_than_day", "daily_limits": "most"},
}  # fmt: skip
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not LOGS.exists(), reason="the folder of real training logs is not on this machine"),
]


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_real_log_gives_a_week_that_can_be_shown(path: Path, grade: str) -> None:
    log = operations.import_log(content=path.read_bytes(), today=TODAY)
    last = max(one.day for one in log.sets)
    told = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    raw = {"about": told["about"], "answers": {**told["answers"], **GRADES[grade], "onset": last}}
    today = min(last + timedelta(days=10), TODAY)
    story = operations.read_story(content=yaml.safe_dump(raw).encode(), today=today)
    made = operations.make_plan(story=story, log=log, today=today)
    assert not made.held
    assert made.limits is not None
    assert made.limits.grade == grade
    assert {track.lift for track in made.tracks if track.kind == "lift"}
    assert all(item.why for day in made.days for item in day.items)
    if made.limits.cap is not None:
        assert max(day.dose_on_back for day in made.days) <= made.limits.cap
    for output in ("text", "html"):
        assert operations.render_plan(plan=made, output=output)
    assert operations.plan_json(plan=made)
    assert operations.plan_calendar(plan=made).startswith("BEGIN:VCALENDAR")
