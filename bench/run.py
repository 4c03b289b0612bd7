"""Run every measurement, each in a process of its own, and print one table: `make bench`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bench.rows import line

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LAST = 12  # lines of what a measurement printed beside its rows; a traceback says it in its last ones
NO_MEASUREMENT = {"__init__", "run", "rows"}


def main() -> int:
    """Run them all; 1 when one of them broke a promise or did not run."""
    print(line("what", "measured", "promised", ""))
    print(line("-" * 58, "-" * 14, "-" * 14, "-" * 6))
    failed, rest = [], []
    for path in sorted(HERE.glob("*.py")):
        if path.stem in NO_MEASUREMENT:
            continue
        code, rows, other = measure(path.stem)
        print("\n".join(rows) or line(f"{path.stem} (see below)", "", "", "FAILED" if code else "ok"), flush=True)
        rest += [f"--- {path.stem}", *other[-LAST:]] if other else []
        failed += [path.stem] if code else []
    print("\n".join(rest))
    print(f"\nbroken or not run: {', '.join(failed)}" if failed else "\nevery promise holds")
    return 1 if failed else 0


def measure(name: str) -> tuple[int, list[str], list[str]]:
    """Run one measurement: its exit code, its table lines, and what else it printed."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = [text for text in done.stdout.splitlines() if text.strip()]
    rows = [text for text in lines if text.startswith("| ")]
    return done.returncode, rows, [text for text in lines if text not in rows]


if __name__ == "__main__":
    sys.exit(main())
