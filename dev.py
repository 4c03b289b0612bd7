"""Set Liftback up and run its tools, on a fresh machine with nothing but Python: `python3 dev.py help`.

Everything goes into `.venv` beside this file, from the hashed locks in `requirements/`. A stamp in `.venv` keeps the
lock's hash, so that a second run costs next to nothing. This file also has to be readable by the Pythons that are too
old for Liftback, so that they can say so: no newer grammar here.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

if sys.version_info[:2] < (3, 11):  # noqa: UP036 - a Python that is too old must be able to say so
    found = "Liftback needs Python 3.11 or newer; this is {}.{} ({}).".format(*sys.version_info[:2], sys.executable)
    newer = [name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)]
    todo = f"Try: make PYTHON={newer[0]} setup" if newer else "Install a newer one (python.org) and run this again"
    sys.exit(f"liftback: {found} {todo}.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "liftback-setup.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = ROOT / "requirements"
PIP = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
# Each kind of set-up holds the ones before it.
HOLDS = {"run": ("run",), "dev": ("run", "dev"), "peers": ("run", "dev", "peers")}


class SetUpError(Exception):
    """A sentence for the person at the keyboard: what is wrong and what to do."""


def say(text: str) -> None:
    """Print one progress line at once."""
    print("liftback: " + text, flush=True)


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository, its output kept for the error message."""
    return subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


# --- set-up ----------------------------------------------------------------------------------------------------------


def wanted_stamp(kind: str) -> dict[str, str]:
    """What the stamp says when everything of this kind of set-up is in place."""
    parts = [LOCKS / "bootstrap.lock", LOCKS / (kind + ".lock"), ROOT / "pyproject.toml"]
    digest = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()
    return {"root": str(ROOT), "python": sys.version.split()[0], "lock": digest}


def read_stamp() -> dict[str, dict[str, str]]:
    """The stamps by kind, or nothing when they cannot be read."""
    try:
        stamps = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def set_up(kind: str) -> None:
    """Make `.venv` hold what the lock says; do nothing when the stamp says that it does."""
    stamps = read_stamp()
    wanted = wanted_stamp(kind)
    if PYTHON.exists() and stamps.get(kind) == wanted:
        return
    start = time.monotonic()
    kept = {
        other: stamp for other, stamp in stamps.items() if (stamp["root"], stamp["python"]) == (str(ROOT), _version())
    }
    if not kept or not PYTHON.exists():
        make_venv()
    STAMP.write_text("{}", encoding="utf-8")
    install(LOCKS / (kind + ".lock"))
    stamps = {held: wanted_stamp(held) for held in HOLDS[kind]}
    STAMP.write_text(json.dumps(stamps, indent=1), encoding="utf-8")
    say(f"ready in {time.monotonic() - start:.1f} s")


def _version() -> str:
    return sys.version.split()[0]


def make_venv() -> None:
    """Make a fresh `.venv` with this Python."""
    say(f"making .venv with Python {_version()}")
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(str(VENV))
    except subprocess.CalledProcessError as error:
        raise SetUpError(
            "Python could not make a virtual environment, most often because its ensurepip part is missing. "
            "On Debian or Ubuntu: apt install python3-venv; then run this again."
        ) from error
    except OSError as error:
        raise SetUpError(f"Cannot write {VENV}: {error}. Check the rights and the free space.") from error


def install(lock: Path) -> None:
    """Install a lock with its hashes checked, by uv where it can be had, else by pip; then this project itself."""
    count = len(re.findall(r"^[a-z0-9].*==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    uv = fetch_uv()
    say(f"installing {count} packages of {lock.relative_to(ROOT)}, hashes checked")
    if uv is None or not _installed(_uv(uv), lock):
        say("uv did not do it; taking pip, which is slower")
        if not _installed(PIP, lock):
            raise SetUpError(
                "The packages could not be installed (the lines above say which). Check that this machine reaches its "
                "Python package index, then run this again; what is already there is kept."
            )
    own = run([*(_uv(uv) if uv else PIP), "--no-deps", "--no-build-isolation", "-e", "."])
    if own.returncode:
        raise SetUpError("Liftback itself could not be installed into .venv:\n" + own.stdout)


def fetch_uv() -> Path | None:
    """The pinned uv, installed into `.venv`; None when it cannot be had."""
    uv = BIN / ("uv.exe" if os.name == "nt" else "uv")
    got = run([*PIP, "--require-hashes", "-r", str(LOCKS / "bootstrap.lock")])
    return uv if got.returncode == 0 and uv.exists() else None


def _uv(uv: Path) -> list[str]:
    return [str(uv), "pip", "install", "--quiet", "--python", str(PYTHON)]


def _installed(command: list[str], lock: Path) -> bool:
    done = run([*command, "--require-hashes", "-r", str(lock)])
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


# --- checks ----------------------------------------------------------------------------------------------------------


def tool(name: str, *arguments: str) -> list[str]:
    """A command of `.venv`."""
    return [str(BIN / name), *arguments]


def checks() -> dict[str, list[str]]:
    """Everything but the tests; the slowest first, because two run side by side."""
    return {
        "types (mypy)": tool("mypy"),
        "lint (ruff)": tool("ruff", "check", "--output-format=concise", "."),
        "format (ruff)": tool("ruff", "format", "--check", "--output-format=concise", "."),
        "layers (import-linter)": tool("lint-imports"),
        "generated docs": tool("python", "-m", "docs.generate", "--check"),
        "locks": tool("python", "dev.py", "locks"),
    }


def run_checks(wanted: dict[str, list[str]]) -> list[str]:
    """Run checks side by side, one line each, then what failing ones printed; the names of those."""
    say("checks")
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(_check, wanted.items()))
    failed = [(name, text) for name, code, text in results if code]
    for name, text in failed:
        print(f"\n--- {name} ---\n{text.strip()}")
    return [name for name, _ in failed]


def _check(item: tuple[str, list[str]]) -> tuple[str, int, str]:
    name, command = item
    start = time.monotonic()
    done = run(command)
    mark = "FAILED" if done.returncode else "ok"
    print(f"  {name:<24} {mark:<6} {time.monotonic() - start:4.1f} s", flush=True)
    return name, done.returncode, done.stdout


def check_locks() -> None:
    """Stop when a lock names an address, or when it is not what pyproject.toml asks for."""
    for lock in sorted(LOCKS.glob("*.lock")):
        text = lock.read_text(encoding="utf-8")
        if "://" in text or "--index" in text or "--find-links" in text:
            raise SetUpError(f"{lock.name} names an address; only names, versions and hashes belong there.")
        unhashed = re.findall(r"^([a-z0-9][^ \n]*==[^\n\\]*)$", text, re.MULTILINE)
        if unhashed:
            raise SetUpError("{} has no hash for {}; run `make lock`.".format(lock.name, ", ".join(unhashed)))
    asked = hashlib.sha256(_asked().encode()).hexdigest()
    noted = (LOCKS / "asked.sha256").read_text(encoding="utf-8").strip()
    if asked != noted:
        raise SetUpError("pyproject.toml asks for other packages than the locks were made for; run `make lock`.")


def _asked() -> str:
    import tomllib  # noqa: PLC0415 - a Python before 3.11 has none, and reads this file to say so

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    own = project["project"]
    asked = own["dependencies"], own["optional-dependencies"], project["dependency-groups"]
    return json.dumps(asked, sort_keys=True)


# --- the targets -----------------------------------------------------------------------------------------------------


def call(command: list[str]) -> None:
    """Run a command with its output on screen; end with its exit code when it fails."""
    code = subprocess.call(command, cwd=str(ROOT))
    if code:
        sys.exit(code)


def target_setup() -> None:
    """Set up for development (.venv, all tools)."""
    set_up("dev")
    say("set up; try: make run, make test")


def target_run() -> None:
    """The web side, with a demo lifter of twelve weeks, an empty account and a clinic; prints address and sign-ins."""
    set_up("run")
    call(tool("liftback", "serve", "--demo", "--open", "--data", str(ROOT / ".liftback"), *sys.argv[2:]))


def target_test() -> None:
    """Everything: all checks, the tests on PostgreSQL and in the browser where there are any, then all others."""
    set_up("dev")
    failed = run_checks(checks())
    for name, command in tests().items():
        say(name)
        if subprocess.call(command, cwd=str(ROOT)):
            failed.append(name)
    say("tests")
    code = subprocess.call(pytest("tests", "--ignore=tests/browser"), cwd=str(ROOT))
    if failed:
        raise SetUpError("what failed before the last tests (see above): {}.".format(", ".join(failed)))
    sys.exit(code)


def tests() -> dict[str, list[str]]:
    """The tests that need a server or a browser; each says so where there is none, and passes."""
    on_postgres = tool("python", "-m", "tests.postgres", *pytest("tests/records", "tests/web"))
    return {"tests of records and pages on PostgreSQL": on_postgres, "tests in the browser": pytest("tests/browser")}


def pytest(*places: str) -> list[str]:
    """The tests of some places, on all cores."""
    return tool("python", "-m", "pytest", "-n", "auto", "--dist", "loadgroup", *places)


def target_check() -> None:
    """Lint, format, types, layers, knowledge schema, generated docs, locks."""
    set_up("dev")
    schema = tool("python", "-m", "pytest", "tests/architecture/test_knowledge_schema.py")
    failed = run_checks({**checks(), "knowledge schema": schema})
    if failed:
        raise SetUpError("checks that failed: {}.".format(", ".join(failed)))
    say("all checks passed")


def target_bench() -> None:
    """Measure what the product promises about speed."""
    set_up("dev")
    call(tool("python", "-m", "bench.run"))


def target_bench_web() -> None:
    """Measure the pages with 10,000 lifters of a year each: time, pages a second, queries, sizes."""
    set_up("dev")
    call(tool("python", "-m", "bench.web.run", *sys.argv[2:]))


def target_bench_clinic() -> None:
    """Measure the clinic's side: worklist, free times, due times, and a minute of forms while processes are killed."""
    set_up("dev")
    call(tool("python", "-m", "bench.clinic.run", *sys.argv[2:]))


def target_screenshots() -> None:
    """Take the README's pictures again: the main pages, phone and desk, light and dark."""
    set_up("dev")
    call(tool("python", "-m", "docs.screenshots", *sys.argv[2:]))


def target_bench_trajectory() -> None:
    """Check the trajectory model on simulated lifters with fresh seeds, beside its peers."""
    set_up("peers")
    call(tool("python", "-m", "bench.trajectory.run"))


def target_bench_words() -> None:
    """Measure the reading of free words on sentences that nobody tuned on: sensitivity, specificity, speed."""
    set_up("dev")
    call(tool("python", "-m", "bench.words.run"))


def target_docs() -> None:
    """Write docs/generated again."""
    set_up("dev")
    call(tool("python", "-m", "docs.generate"))


def target_lock() -> None:
    """Resolve the locks again, newest versions (names, versions and hashes; no address)."""
    set_up("dev")
    (VENV / "bootstrap.in").write_text("uv\n", encoding="utf-8")
    wanted = {
        "bootstrap": [str(VENV / "bootstrap.in")],
        "run": ["pyproject.toml", "--extra", "web", "--group", "build"],
        "clinic": ["pyproject.toml", "--extra", "web", "--extra", "postgres", "--group", "build"],
        "dev": ["pyproject.toml", "--extra", "web", "--extra", "postgres", "--group", "build", "--group", "dev"],
        "peers": [
            "pyproject.toml",
            "--extra",
            "web",
            "--extra",
            "postgres",
            "--group",
            "build",
            "--group",
            "dev",
            "--group",
            "peers",
        ],
    }
    style = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version", "3.11"]
    for name, sources in wanted.items():
        say(f"resolving {name}.lock")
        to = ["--quiet", "--upgrade", "-o", str(LOCKS / f"{name}.lock")]
        call(tool("uv", "pip", "compile", *style, *to, *sources))
    (LOCKS / "asked.sha256").write_text(hashlib.sha256(_asked().encode()).hexdigest() + "\n", encoding="utf-8")
    check_locks()


def target_clean() -> None:
    """Remove .venv and every cache."""
    for name in (".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"):
        shutil.rmtree(str(ROOT / name), ignore_errors=True)
    for cache in [path for path in ROOT.rglob("__pycache__") if path.is_dir()]:
        shutil.rmtree(str(cache), ignore_errors=True)


def target_help() -> None:
    """List the targets."""
    print("Liftback. A fresh machine needs Python 3.11+ only; each line does its own set-up.\n")
    for name, target in TARGETS.items():
        print("  make {:<16} {}".format(name, (target.__doc__ or "").strip()))
    print("\nWithout make: python3 dev.py NAME")


TARGETS = {
    "setup": target_setup,
    "run": target_run,
    "test": target_test,
    "check": target_check,
    "bench": target_bench,
    "bench-web": target_bench_web,
    "bench-clinic": target_bench_clinic,
    "bench-trajectory": target_bench_trajectory,
    "bench-words": target_bench_words,
    "docs": target_docs,
    "screenshots": target_screenshots,
    "lock": target_lock,
    "clean": target_clean,
    "help": target_help,
}


def main(arguments: list[str]) -> int:
    """Run the named target; the sentence of a SetUpError goes to the person, never a traceback."""
    name = arguments[0] if arguments else "help"
    try:
        if name == "locks":
            check_locks()
        elif name in TARGETS:
            TARGETS[name]()
        else:
            raise SetUpError("there is no {!r}; there are {}.".format(name, ", ".join(TARGETS)))
    except SetUpError as error:
        print(f"liftback: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("liftback: stopped; run it again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
