"""A throw-away PostgreSQL server for one command: `python -m tests.postgres pytest tests/records`.

The server lives in a temporary folder and listens on a socket there only. It refuses to run as root, so then it runs as
the user that Debian's package makes for it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NEEDED = "LIFTBACK_NEEDS_POSTGRES"
"""Set to 1 where a missing server is a failure (CI); else the command is left out with a sentence."""
DURABLE = "LIFTBACK_POSTGRES_DURABLE"
"""Set to 1 for a server that writes to the disk before it says that something is kept, as a real one does."""
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=600")


def server_commands() -> Path | None:
    """The folder with `initdb` and `pg_ctl`; None where no server is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return debian[-1].parent if debian else None


def as_server(command: list[str]) -> list[str]:
    """A command as a user that the server accepts."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


def main(command: list[str]) -> int:
    """Run a command with LIFTBACK_DATABASE_URL naming a fresh server; its exit code."""
    commands = server_commands()
    if commands is None:
        needed = os.environ.get(NEEDED) == "1"
        print("PostgreSQL: no server is installed" + ("" if needed else "; left out (apt install postgresql)"))
        return 1 if needed else 0
    folder = Path(tempfile.mkdtemp(prefix="liftback-postgres-"))
    try:
        return _with_server(commands, folder, command)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _with_server(commands: Path, folder: Path, command: list[str]) -> int:
    if os.geteuid() == 0:
        shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
    data, log = str(folder / "data"), str(folder / "log")
    _run(as_server([str(commands / "initdb"), "-D", data, "-A", "trust", "-U", "liftback", "-E", "UTF8", "--no-sync"]))
    options = " ".join(f"-c {one}" for one in (*_chosen(), f"unix_socket_directories={folder}"))
    control = [str(commands / "pg_ctl"), "-D", data, "-w"]
    _run(as_server([*control, "-l", log, "-o", options, "start"]))
    try:
        url = f"postgres://liftback@/postgres?host={folder}"
        return subprocess.call(command, env={**os.environ, "LIFTBACK_DATABASE_URL": url})
    finally:
        _run(as_server([*control, "-m", "immediate", "stop"]))


def _chosen() -> tuple[str, ...]:
    if os.environ.get(DURABLE) != "1":
        return QUICK
    return tuple(one for one in QUICK if one.startswith(("listen", "max")))


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise SystemExit(f"PostgreSQL: {' '.join(command[-3:])} failed:\n{done.stdout}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
