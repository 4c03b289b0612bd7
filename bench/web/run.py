"""`make bench-web`: 10,000 lifters of a year each in a database, the pages measured; `--write` writes the report."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from liftback.web.serving import UNUSED

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "speed_web.md"
LIFTERS = 10_000


def main() -> None:
    """Measure, print, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifters", type=int, default=LIFTERS)
    parser.add_argument("--keep", type=Path, help="a folder for the database, kept and taken up again")
    parser.add_argument("--write", action="store_true", help="write docs/speed_web.md")
    asked = parser.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="liftback-bench-"))
    try:
        lines = list(_measured(folder, asked.lifters))
    finally:
        if asked.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    text = "\n".join(lines) + "\n"
    print("\n" + text)
    if asked.write:
        REPORT.write_text(text, encoding="utf-8")


def _prepare(folder: Path, lifters: int) -> str:
    os.environ.update(
        LIFTBACK_DATA=str(folder), LIFTBACK_SECRET_KEY="a key of the bench alone " * 3, LIFTBACK_HTTPS="no",
        LIFTBACK_ZONE="UTC", LIFTBACK_EMAIL="dummy", LIFTBACK_HOSTS="127.0.0.1,localhost,testserver",
        DJANGO_SETTINGS_MODULE="liftback.web.settings",
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    import django  # noqa: PLC0415 - reads the environment set above
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED)
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from bench.web.populate import populate  # noqa: PLC0415
    from liftback.records.models import Entry, Lifter  # noqa: PLC0415

    start = time.perf_counter()
    if Lifter.objects.count() < lifters:
        populate(lifters, today=timezone.now().date())
    took = time.perf_counter() - start
    rows = Entry.objects.count()
    print(f"bench: {Lifter.objects.count():,} lifters, {rows:,} entries, made in {took:.0f} s", file=sys.stderr)
    return f"{Lifter.objects.count():,} lifters, {rows:,} entries, {connection.vendor}"


def _measured(folder: Path, lifters: int) -> Iterator[str]:
    about = _prepare(folder, lifters)
    from bench.web import measure  # noqa: PLC0415 - needs Django set up
    from liftback.records.models import Person  # noqa: PLC0415

    share = min(1.0, lifters / LIFTERS * 20)
    reading, telling, loading = (int(one * share) for one in (measure.VISITORS, measure.TELLING, measure.LOADING))
    people = measure.visitors(0, reading)
    measure.settle()
    yield "# How fast the pages are"
    yield ""
    yield f"Written by `make bench-web`: {about}; {os.cpu_count()} cores, Python {platform.python_version()}."
    yield "Server time is taken in one process, from the request to the finished answer, each visitor another lifter."
    yield ""
    yield "| what | measured | promised |"
    yield "|---|---|---|"
    for page, times in measure.page_times(people).items():
        promised = "p95 50 ms" if page in measure.PROMISED_PAGES else ""
        yield f"| `{page}` | {_spread(times)} | {promised} |"
    kept = measure.check_in_times(measure.visitors(reading, telling))
    yield f"| a check-in kept | {_spread(kept)} | 30 ms |"
    long, short = measure.queries(people[0]), measure.queries(Person.objects.get(email="demo@liftback.example"))
    asked = ", ".join(f"`{page}` {count}" for page, count in long.items())
    same = "the same" if long == short else f"others: {short}"
    yield f"| questions to the database | {asked}; {same} with twelve weeks | 12, constant |"
    with measure.served() as base:
        rate, words = measure.pages_a_second(measure.visitors(reading + telling, loading), base)
        yield f"| pages a second, two workers, wrk beside them | {rate:.0f} | 150 |"
        sizes = measure.first_load(base)
        yield f"| first load of `/`, compressed | {sum(sizes.values()) / 1000:.1f} kB in {len(sizes)} files | 150 kB |"
        for page in ("/", "/today/"):
            took = measure.interactive(base, people[1], page)
            told = ", ".join(f"{name} {value:.0f} ms" for name, value in took.items())
            yield f"| `{page}` on a throttled phone, empty cache | {told} | interactive 1,000 ms |"
    yield ""
    yield f"wrk said: {words}"


def _spread(times: Sequence[float]) -> str:
    from bench.web.measure import share  # noqa: PLC0415 - needs Django set up

    return f"median {share(times, 0.5):.1f} ms, p95 {share(times, 0.95):.1f} ms"


if __name__ == "__main__":
    main()
