"""docs/simulated_trial: a stored run of the simulated trial, and the page that follows from it.

`python -m docs.simulated_trial` writes the page from the stored run; with `run` the trial is run again first, which
takes some minutes.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from liftback.exchange.trial_report import trial_json, trial_markdown, trial_of_json
from liftback.operations import simulating
from liftback.plans.trial.trial import Trial

HERE = Path(__file__).resolve().parent / "simulated_trial"
STORED = HERE / "results.json"
LIFTERS, WEEKS, SEED = 200, 26, 20261127
NOTE = "<!-- Written by docs/simulated_trial.py from results.json; run `make docs`. -->\n"
MORE = """\
## How it is made

`liftback simulate` runs it; `python -m docs.simulated_trial run` makes the stored run of this page again. The equations
of the worlds and every number in them stand in `src/liftback/plans/trial/worlds.py`, the rivals in `policies.py`, and
the lifter who follows the plan in `follows.py`, all beside it. The numbers of the worlds belong to the simulation; none
is a claim about people. They were set before any result was summed up, so that a back built up slowly takes the usual
week again. The plan's rules, on the other hand, were changed after looking at results of this trial, so how it does in
these worlds is how it was fitted to do. Keep in mind:

- The plan is followed to the letter and told of honestly. People do neither.
- What is written down is noisy: half of a score's noise is the day's and the same for its morning, lift and evening,
  the other half is a slip of each. That split is ours; a score is known to be off by about a point, the split is not.
- A simulated flare is a rise in scores. Most of them come from noise and from life, whatever is trained: where the
  old programme has no more flares than the plan, this count cannot tell ways back apart, and mean pain can.
- The room of half a flare was chosen after a first run of 60 lifters had shown how wide the intervals are.
- Full load of any work counts lighter stand-ins with many sets. Full load of the own lifts alone is what most lifters
  would mean; both are shown, and what the plan must do is judged by the first.
"""


def stored() -> Trial:
    """The stored run."""
    return trial_of_json(json.loads(STORED.read_text(encoding="utf-8")))


def pages() -> dict[str, str]:
    """Every page of docs/simulated_trial by name."""
    return {"README.md": NOTE + "\n" + trial_markdown(stored()) + "\n" + MORE}


def write() -> None:
    """Write the page from the stored run."""
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")


def stale() -> list[str]:
    """The pages that do not follow from the stored run. The run itself is not made again here."""
    return [
        f"docs/simulated_trial/{name}"
        for name, text in pages().items()
        if not (HERE / name).exists() or (HERE / name).read_text(encoding="utf-8") != text
    ]


def run(lifters: int = LIFTERS) -> None:
    """Run the trial and store it."""
    with ProcessPoolExecutor() as pool:
        found = simulating.simulate(
            lifters=lifters, seed=SEED, weeks=WEEKS, each=partial(pool.map, chunksize=4), progress=_told
        )
    HERE.mkdir(parents=True, exist_ok=True)
    STORED.write_text(json.dumps(trial_json(found), indent=1) + "\n", encoding="utf-8")


def _told(done: int, of: int) -> None:
    if done == of or done % (LIFTERS // 2) == 0:
        print(f"{done} of {of} lifters", file=sys.stderr)


if __name__ == "__main__":
    if sys.argv[1:] == ["run"]:
        run()
    write()
