"""The repository keeps its own promises: nothing of this machine in it, a reason beside every exception."""

import ast
import importlib.util
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCES: Final = ROOT / "src" / "reconnect"
METADATA: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
_MADE: Final = {"site", "dist", "build", "__pycache__"}


def read(name: str) -> str:
    """The text of one file, named as seen from the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def kept_files() -> list[Path]:
    """What git tracks; in an unpacked archive without git, everything that nobody's tools made."""
    try:
        said = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607 - git is wherever the reader has it
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        listed = [ROOT / name for name in said.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        listed = [path for path in ROOT.rglob("*") if not _is_made(path.relative_to(ROOT))]
    return [path for path in listed if path.is_file()]


def _is_made(path: Path) -> bool:
    hidden = any(part.startswith(".") and part not in {".ci", ".gitignore"} for part in path.parts)
    return hidden or bool(_MADE & set(path.parts)) or path.suffix == ".pyc"


def texts() -> list[tuple[str, str]]:
    """Every kept file that is text, with its name as seen from the root."""
    found = []
    for path in kept_files():
        try:
            found.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def lines(folder: str = "") -> list[tuple[str, str]]:
    """Every line of the kept text files below a folder, after `name:number`."""
    return [
        (f"{name}:{number}", line)
        for name, text in texts()
        if name.startswith(folder)
        for number, line in enumerate(text.splitlines(), start=1)
    ]


# Each word is put together here, so that this file does not contain it.
_WORDS: Final = (
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js.org",
    "npm" + "js.com",
    "anaconda" + ".org",
    "index" + "-url",
    "find" + "-links",
    "/sim" + "ple/",
)
_NAMES: Final = "|".join(map(re.escape, _WORDS))
_FOLDERS: Final = "root|home|tmp|opt|work|Users|private/var"
FORBIDDEN: Final = re.compile(rf"{_NAMES}|(?<![\w.~*])/(?:{_FOLDERS})/[\w.]")


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    """What we publish says nothing about where it was built or where packages came from."""
    assert [f"{place}: {line.strip()}" for place, line in lines() if FORBIDDEN.search(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "https://" + "pypi" + ".org/project/attrs",
        "pip install --" + "index" + "-url=x",
        "see /" + "home/someone/code",
        'open("/' + 'tmp/x.db")',
    ],
)
def test_the_search_for_such_names_bites(line: str) -> None:
    """A line that names one is found."""
    assert FORBIDDEN.search(line)


def test_every_ignored_lint_rule_has_a_reason_beside_it() -> None:
    """Whoever meets an exception in the configuration reads in the same line why it is there."""
    ignored = [
        line for line in read("pyproject.toml").splitlines() if re.match(r'\s*"(?:[A-Z]{1,4}\d*)",?\s*(?:#|$)', line)
    ]
    lint = METADATA["tool"]["ruff"]["lint"]
    assert len(ignored) == len(lint["ignore"]) + sum(map(len, lint["per-file-ignores"].values()))
    assert [line for line in ignored if not re.search(r"#\s+\S+\s+\S+", line)] == []
    assert lint["select"] == ["ALL"]


_EXCEPTION: Final = re.compile(r"#\s*(?:noqa|type:\s*ignore|pyright:\s*ignore|pragma:|mypy:|ruff:|fmt:)")
_NAMED: Final = (
    r"noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*",
    r"(?:type|pyright):\s*ignore\[[\w, -]+\]",
    r"pragma:\s*no\s+\w+",
    r"(?:mypy|ruff|fmt):\s*[\w-]+",
)
_REASONED: Final = re.compile(rf"#\s*(?:{'|'.join(_NAMED)})\s*(?:#|-|:)\s*\S+\s+\S+")


def unreasoned(line: str) -> bool:
    """Whether a line makes an exception and leaves the reader to guess why.

    Two exceptions on one line may share a reason, after the last of them.
    """
    exceptions = [at.start() for at in _EXCEPTION.finditer(line)]
    return bool(exceptions) and not _REASONED.match(line, exceptions[-1])


@pytest.mark.parametrize("folder", ["src/", "tests/", "tools/", "examples/"])
def test_every_exception_in_the_code_has_a_reason_on_its_line(folder: str) -> None:
    """A silenced tool is a question to the next reader; the answer stands on the same line."""
    here = "tests/test_desk.py"
    assert [place for place, line in lines(folder) if not place.startswith(here) and unreasoned(line)] == []


@pytest.mark.parametrize(
    ("line", "guess"),
    [
        ("x = 1  # noqa: S101", True),
        ("x = 1  # noqa", True),
        ("x = 1  # noqa: S101 - a test says so", False),
        ("x = 1  # type: ignore[arg-type]", True),
        ("x = 1  # type: ignore[arg-type]  # wrong on purpose", False),
        ("x = 1  # type: ignore[arg-type]  # noqa: S101 - wrong on purpose", False),
        ("x = 1  # pragma: no cover", True),
        ("x = 1  # pragma: no cover - only on Windows machines", False),
        ("x = 1  # an ordinary remark", False),
    ],
)
def test_the_search_for_missing_reasons_bites(line: str, *, guess: bool) -> None:
    """A bare exception is found, one with a reason is not."""
    assert unreasoned(line) is guess


def test_the_library_stands_on_three_others() -> None:
    """Core dependencies are exactly attrs, cattrs and pendulum; everything else is asked for by name."""
    assert [re.split(r"[<>=~! ]", each)[0] for each in METADATA["project"]["dependencies"]] == [
        "attrs",
        "cattrs",
        "pendulum",
    ]


def test_one_version_everywhere() -> None:
    """Metadata, citation and changelog speak of the same version."""
    version = METADATA["project"]["version"]
    assert metadata.version("reconnect") == version
    assert f"\nversion: {version}\n" in read("CITATION.cff")
    first = re.search(r"^## \[(?!Unreleased)([^\]]+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert first is None or first[1] == version


def modules() -> list[Path]:
    """The library's modules, in order."""
    return sorted(SOURCES.rglob("*.py"))


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.relative_to(SOURCES).as_posix())
def test_a_module_is_one_idea_with_one_sentence(module: Path) -> None:
    """It opens with a sentence, stays within 300 lines, and is not called utils or the like."""
    text = module.read_text(encoding="utf-8")
    parsed = ast.parse(text)
    assert ast.get_docstring(parsed)
    if module == SOURCES / "__init__.py":  # the front door is a list of names and nothing else, as long as it takes
        assert {type(node) for node in parsed.body} == {ast.Expr, ast.ImportFrom, ast.Assign}
    else:
        assert len(text.splitlines()) <= 300
    assert module.stem not in {"utils", "helpers", "base", "manager", "common", "misc"}


def below_the_edges() -> list[Path]:
    """The modules that may not look outside."""
    return [path for path in modules() if "edges" not in path.parts and path.name != "__main__.py"]


_CLOCKS: Final = {"now", "today", "utcnow", "localtime", "monotonic", "perf_counter"}


def looks_outside(text: str) -> list[str]:
    """Calls that read a clock, a file, the environment or shared chance, by name."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            clock = isinstance(node.func, ast.Attribute) and node.func.attr in _CLOCKS
            chance = name.startswith("random.") and name != "random.Random"
            if clock or chance or name in {"open", "input", "print"}:
                found.append(name)
    return found


@pytest.mark.parametrize("module", below_the_edges(), ids=lambda path: path.relative_to(SOURCES).as_posix())
def test_time_place_and_chance_come_in_by_the_door(module: Path) -> None:
    """Below the edges nothing reads a clock, opens a file or draws lots."""
    assert looks_outside(module.read_text(encoding="utf-8")) == []


def test_the_search_for_open_doors_bites() -> None:
    """A clock, a file and a die are found; an argument called `now` is not."""
    assert looks_outside("def f(now):\n    return pendulum.now('UTC'), open('x'), random.random(), now") == [
        "pendulum.now",
        "open",
        "random.random",
    ]


def test_the_floors_are_written_down_once() -> None:
    """Every floor that exists stands in the import contract, so none escapes it."""
    floors = METADATA["tool"]["importlinter"]["contracts"][0]["layers"]
    listed = {floor.strip("()") for floor in floors}
    present = {path.stem for path in SOURCES.iterdir() if path.suffix == ".py" or any(path.glob("*.py"))}
    assert present - {"__init__", "__pycache__"} <= listed


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel and an sdist, made from this tree without any network."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return out


def test_the_wheel_holds_the_library_and_nothing_else(built: Path) -> None:
    """Who installs it gets the package, its types, its data and its licence."""
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    info = f"reconnect-{METADATA['project']['version']}.dist-info"
    assert {name.split("/")[0] for name in names} == {"reconnect", "_reconnect_pytest.py", info}
    assert {"reconnect/py.typed", "reconnect/language/packs/en.toml", f"{info}/licenses/LICENSE"} <= names
    kept = {path.relative_to(ROOT / "src").as_posix() for path in kept_files() if ROOT / "src" in path.parents}
    assert {name for name in names if not name.startswith(info)} == kept


def test_the_sdist_is_enough_to_work_with(built: Path) -> None:
    """Who unpacks the archive can run every command, as in a clone."""
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as unpacked:
        names = {name.split("/", 1)[1] for name in unpacked.getnames()}
    kept = {path.relative_to(ROOT).as_posix() for path in kept_files()}
    assert kept - {".gitignore"} <= names


def test_only_what_an_extra_brings_along_may_be_missing() -> None:
    """Tests of an edge are left out without its extra; a misspelt import is a mistake, and stays one."""
    tool = loaded("without")
    assert tool.missing("E   reconnect.errors.outside.MissingExtra: expected polars, which") == "expected polars, which"
    assert tool.missing("E   ModuleNotFoundError: No module named 'sqlalchemy'") == "expected sqlalchemy"
    hyphened = "E   ModuleNotFoundError: No module named 'recurring_ical_events'"
    assert tool.missing(hyphened) == "expected recurring_ical_events"
    assert tool.missing("E   ModuleNotFoundError: No module named 'sqlalchemi'") is None
    assert tool.missing("E   ImportError: cannot import name 'x' from 'reconnect'") is None


def loaded(name: str) -> Any:  # noqa: ANN401 - a module that is run by its path
    """One of the tools, to look at."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def test_every_extra_has_tests_of_its_own() -> None:
    """`make extras` finds them by the extra's name, and `all` brings every extra along."""
    tool = loaded("extras")
    assert all(tool.tests_of(name) for name in (tool.CORE, *tool.extras()))
    assert all(Path(place).exists() for place in tool.tests_of(tool.CORE))
    (everything,) = METADATA["project"]["optional-dependencies"]["all"]
    assert set(everything[len("reconnect[") : -1].split(",")) == set(tool.extras())
    with pytest.raises(LookupError, match="expected tests/edges/test_nothing"):
        tool.tests_of("nothing")


def quietly(*command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command as the Makefile does."""
    said = ["sh", "tools/quietly", "a step", *command]
    return subprocess.run(said, cwd=ROOT, capture_output=True, check=False, text=True)


def test_a_step_that_went_well_says_one_line() -> None:
    """What a tool has to say about itself is not repeated."""
    done = quietly("echo", "Using something 1.2.3")
    assert (done.returncode, done.stdout, done.stderr) == (0, "a step: fine\n", "")


def test_a_step_that_failed_says_why_without_addresses_or_paths() -> None:
    """The log of a failure can be shown to anybody."""
    address = "https" + "://user:secret@packages.example/one"
    words = f"echo 'Looking in indexes: {address}'; echo 'no {address} in {ROOT}/src/x.py' >&2; exit 3"
    done = quietly("sh", "-c", words)
    assert done.returncode == 3
    assert done.stdout == "a step: not yet\nno (an address) in src/x.py\n"


def test_make_offers_what_the_readme_promises() -> None:
    """The two commands of the README are targets of the Makefile, and so is each step of CI."""
    targets = set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))
    promised = set(re.findall(r"\bmake ([a-z][a-z-]*)", read("README.md")))
    asked = set(re.findall(r"^make (?:--[a-z-]+ )*([a-z-]+)", read(".ci/run"), re.MULTILINE))
    assert {"demo", "test"} <= promised <= targets
    assert asked == {"check", "demo", "test"}
