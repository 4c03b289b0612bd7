"""`make bench-clinic`: the promises of the clinic's side, measured; `--write` writes docs/speed_clinic.md.

With PostgreSQL installed the measurements run on a throw-away server that keeps what it was told on the disk, as the
real one does, and then once more on SQLite.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from liftback.web.serving import UNUSED
from tests.postgres import DURABLE, server_commands

if TYPE_CHECKING:
    from bench.clinic.forms import Came, Killer
    from liftback.records.models import Clinic  # needs Django set up

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "speed_clinic.md"
OPEN, RATE, SECONDS, THERAPISTS = 5_000, 100, 60, 20
HEAD = """\
# How fast the clinic's side is

Written by `make bench-clinic`: {cores} cores, Python {python}, {open:,} open requests, {therapists} therapists with a
month of calls. Server time is taken in one process, from the request to the finished answer. The forms of the last
lines are sent by the same machine that answers them, each from an address of its own; whoever gets no answer sends the
same form again. Killed: the worker, and in the lines that say so one of the two server processes as well. How fast a
rented machine is changes from minute to minute; the sum of squares says by how much, and compares it with another.

| on | what | measured | promised |
|---|---|---|---|"""


def main() -> int:
    """Measure on each database, print, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=OPEN)
    parser.add_argument("--rate", type=int, default=RATE, help="forms a second")
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--part", choices=("pages", "forms"))
    parser.add_argument("--only", choices=("postgresql", "sqlite"))
    parser.add_argument("--write", action="store_true", help="write docs/speed_clinic.md")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        for line in _measured(given):
            print(line, flush=True)
            print(line, file=sys.stderr)  # so that one sees it come
        return 0
    lines = [_head()]
    for name in ("postgresql", "sqlite"):
        if given.only in (None, name):
            lines += _on(name, given)
    print("\n" + "\n".join(lines))
    if given.write:
        REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _head() -> str:
    return HEAD.format(cores=os.cpu_count(), python=platform.python_version(), open=OPEN, therapists=THERAPISTS)


def _on(name: str, given: argparse.Namespace) -> list[str]:
    """The lines measured on one kind of database, in a process of its own."""
    sizes = ["--requests", str(given.requests), "--rate", str(given.rate), "--seconds", str(given.seconds)]
    part = ["--part", given.part] if given.part else []
    command = [sys.executable, "-m", "bench.clinic.run", "--here", *sizes, *part]
    if name == "postgresql":
        if server_commands() is None:
            return ["", "PostgreSQL is not installed here, so nothing was measured on it."]
        command = [sys.executable, "-m", "tests.postgres", *command]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, DURABLE: "1"}, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"bench: the measurement on {name} ended with {done.returncode}\n{done.stdout}")
    return [line for line in done.stdout.splitlines() if line.startswith("| ")]


def _measured(given: argparse.Namespace) -> Iterator[str]:
    """The lines of this database."""
    folder = Path(tempfile.mkdtemp(prefix="liftback-bench-"))
    try:
        _prepare(folder)
        clinic = _clinic(given.requests)
        yield from _pages(clinic, given.requests) if given.part != "forms" else ()
        yield from _forms(given) if given.part != "pages" else ()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path) -> None:
    os.environ.update(
        LIFTBACK_DATA=str(folder), LIFTBACK_SECRET_KEY="a key of the bench alone " * 3, LIFTBACK_HTTPS="no",
        LIFTBACK_ZONE="UTC", LIFTBACK_EMAIL="dummy", LIFTBACK_HOSTS="127.0.0.1,localhost,testserver",
        LIFTBACK_PROXIED="yes", LIFTBACK_LOG="critical", DJANGO_SETTINGS_MODULE="liftback.web.settings",
    )  # fmt: skip
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)
    import django  # noqa: PLC0415 - reads the environment set above
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED)


def _clinic(count: int) -> Clinic:
    """The clinic with so many open requests."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up, as all below
    from django.utils import timezone  # noqa: PLC0415

    from bench.clinic import populate  # noqa: PLC0415
    from liftback.records import consents  # noqa: PLC0415

    now = timezone.now()
    clinic = populate.clinic_of(now, THERAPISTS)
    consent = consents.current(clinic=clinic, kind=consents.CONSULT, now=now)
    populate.requests_of(clinic, count, now, consent.pk)
    # As on a server that has run for a while: what was written at once just now is brought into its place first.
    written = "CHECKPOINT" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)"
    with connection.cursor() as cursor:
        for settling in ("VACUUM", "ANALYZE", written):
            cursor.execute(settling)
    return clinic


def _pages(clinic: Clinic, count: int) -> Iterator[str]:
    """Worklist, free times and due times."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up, as all below
    from django.utils import timezone  # noqa: PLC0415

    from bench.clinic import measure  # noqa: PLC0415
    from liftback.records.models import Person  # noqa: PLC0415

    now, on = timezone.now(), connection.vendor
    speed = [measure.machine()]
    client = measure.client_of(Person.objects.get(email="therapist0@bench.example"))
    for path, times in measure.list_times(client).items():
        yield f"| {on} | `{path}`, {count:,} open | {_spread(times)} | {'p95 80 ms' if path == '/desk/' else ''} |"
        speed.append(measure.machine())
    yield f"| {on} | questions that `/desk/` asks the database | {measure.list_queries(client)} | constant |"
    found = measure.slot_times(clinic, now)
    slots, times = found["search"]
    yield f"| {on} | free times of {THERAPISTS} therapists on 30 days ({slots:,} slots) | {_spread(times)} | 30 ms |"
    yield f"| {on} | the same with its rows read from the database | {_spread(found['rows'][1])} |  |"
    yield f"| {on} | its page | {_spread(found['page'][1])} |  |"
    for kind in measure.KINDS:
        took = measure.due_seconds(kind)
        same = f"{measure.SAMPLE} of them as by the slow twin"
        yield f"| {on} | {measure.DUE:,} due times, {kind} ({same}) | {took:.2f} s | 2 s |"
        speed.append(measure.machine())
    yield _pace(on, speed)


def _pace(on: str, speed: Sequence[float]) -> str:
    told = ", ".join(f"{one:.0f}" for one in speed)
    return f"| {on} | a sum of five million squares, now and then meanwhile | {told} ms |  |"


def _forms(given: argparse.Namespace) -> Iterator[str]:
    """A minute of forms, twice: the worker killed, and then a process of the server too."""
    from django.db import connection, connections  # noqa: PLC0415 - needs Django set up

    from bench.clinic import forms, measure, populate  # noqa: PLC0415

    on, speed = connection.vendor, [measure.machine()]
    for server_too in (False, True):
        connections.close_all()
        with forms.served() as server:
            killer = forms.Killer(server, given.seconds, server_too=server_too)
            killer.start()
            try:
                came = forms.minute_of_forms(
                    "/at/bench/consult/", rate=given.rate, seconds=given.seconds, words=populate.WORDS
                )
            finally:
                killer.stop()
        yield f"| {on} | forms, {_killed(killer)} | {_came(came)} | {given.rate} a second, none lost |"
        speed.append(measure.machine())
    yield _pace(on, speed)


def _killed(killer: Killer) -> str:
    server = f" and a server process {killer.servers_killed} times" if killer.server_too else ""
    return f"worker killed {killer.killed} times{server}"


def _came(came: Came) -> str:
    """What came of the forms: those answered as taken in have to be in the table, each once."""
    from liftback.records.models import ConsultRequest  # noqa: PLC0415 - needs Django set up

    took = came.taken_in
    kept = sum(
        ConsultRequest.objects.filter(form_id__in=took[at : at + 500]).count() for at in range(0, len(took), 500)
    )
    odd = f", {len(came.refused)} not taken in ({', '.join(sorted(set(came.refused)))})" if came.refused else ""
    return (
        f"{came.sent:,} sent, {kept:,} kept, {len(took) - kept} lost{odd}, {came.retries} sent again; "
        f"{len(took) / came.seconds:.0f} a second over {came.seconds:.0f} s; "
        f"median {_ms(came.waits, 0.5)}, p95 {_ms(came.waits, 0.95)} after its time"
    )


def _ms(times: Sequence[float], part: float) -> str:
    from bench.clinic.measure import share  # noqa: PLC0415 - needs Django set up

    return f"{share(times, part) * 1e3:.0f} ms" if times else "none"


def _spread(times: Sequence[float]) -> str:
    from bench.clinic.measure import share  # noqa: PLC0415 - needs Django set up

    return f"median {share(times, 0.5):.1f} ms, p95 {share(times, 0.95):.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
