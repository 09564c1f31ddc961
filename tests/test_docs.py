"""The docs keep their word: every example runs, and the reference shows how to build each value."""

import doctest
import inspect
import re
from pathlib import Path
from typing import Any, Final

import griffe
import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
PAGES: Final = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ON_A_SERVER: Final = "keep-it-in-postgresql.md"  # its reader has a server
_FENCE: Final = re.compile(
    r"^(?P<indent>[ \t]*)(?P<ticks>`{3,}|~{3,})[ \t]*(?:python|pycon|py)\b[^\n]*\n"
    r"(?P<code>.*?)^(?P=indent)(?P=ticks)[ \t]*$",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_OPENING: Final = re.compile(r"^\s*(?:```|~~~)+`*\s*\{?\.?\s*(?:py|python\w*|pycon)\b", re.MULTILINE | re.IGNORECASE)


def examples(page: Path) -> list[tuple[int, str]]:
    """Every Python fence of a page: the line it starts on, and its code without the fence's indent."""
    text = page.read_text(encoding="utf-8")
    return [
        (
            text.count("\n", 0, fence.start("code")),
            re.sub(rf"^{fence['indent']}", "", fence["code"], flags=re.MULTILINE),
        )
        for fence in _FENCE.finditer(text)
    ]


def run(page: Path, blocks: list[tuple[int, str]]) -> None:
    """Run a page from top to bottom, as a reader who types along would: one namespace, blocks in order."""
    told: list[str] = []
    names: dict[str, object] = {"__name__": "__main__"}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for line, code in blocks:
        if ">>>" in code:
            test = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), line)
            test.globs = names
            runner.run(test, out=told.append, clear_globs=False)
        else:
            exec(compile("\n" * line + code, str(page), "exec"), names)  # noqa: S102 - our own pages, as a reader runs them
    assert not runner.summarize(verbose=False).failed, "".join(told)


@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=lambda page: page.name)
def test_the_examples_of_a_page_run(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """A reader who types a page's examples from top to bottom gets what the page says."""
    if page.name == ON_A_SERVER:
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("schemas")())
    monkeypatch.chdir(tmp_path)
    run(page, examples(page))


def test_every_example_is_collected() -> None:
    """An example that is not collected is not a test: as many run as a plain search finds."""
    found = {page.name: len(_OPENING.findall(page.read_text(encoding="utf-8"))) for page in PAGES}
    assert {page.name: len(examples(page)) for page in PAGES} == found


def test_a_page_shares_its_names_from_block_to_block(tmp_path: Path) -> None:
    """What one block defines the next one may use, indented or not, in either style."""
    page = tmp_path / "page.md"
    page.write_text(
        "```python\na = 1\n```\n\n!!! note\n    ```python\n    >>> a + 1\n    2\n    ```\n", encoding="utf-8"
    )
    run(page, examples(page))
    assert [line for line, _ in examples(page)] == [1, 6]


def test_a_wrong_example_is_noticed(tmp_path: Path) -> None:
    """A page whose example no longer says the truth fails, in either style."""
    page = tmp_path / "page.md"
    page.write_text("```pycon\n>>> 1 + 1\n3\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="Expected"):
        run(page, examples(page))
    page.write_text("```python\nassert 1 + 1 == 3\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        run(page, examples(page))


ATTRS_CLASSES: Final = """
from typing import ClassVar
import attrs
from attrs import Factory, define, field, frozen

def tidy(text: object) -> str:
    return str(text)

@frozen(kw_only=True)
class Parent:
    id: str
    circle: str = "c1"

@define
class Child(Parent):
    kind: ClassVar[str] = "child"
    start: int
    text: str = field(converter=tidy)
    _quiet: int = field(default=3, repr=False)
    name: str = field(alias="called", default="x")
    cache: dict[str, int] = field(init=False, factory=dict)
    tags: list[str] = field(factory=list, kw_only=True)
    late: int = field(kw_only=True)
    given: int = attrs.field(default=Factory(int))
    worked_out: int = attrs.field()
    plain: int = 7

    @worked_out.default
    def _work_out(self) -> int:
        return self.start + 1

    @property
    def length(self) -> int:
        return self.start

@attrs.define()
class Again(Parent):
    circle: str = field(kw_only=False)

@frozen
class OwnWords:
    x: int

    def __init__(self, y: int) -> None:
        self.__attrs_init__(y)

@define(init=False)
class Closed:
    x: int = 1

class Bare:
    x: int = 1
"""


@pytest.fixture
def seen() -> griffe.Module:
    """The classes above as the reference sees them: read, never run."""
    extensions = griffe.load_extensions(str(ROOT / "tools" / "griffe_attrs.py"))
    with griffe.temporary_visited_package("pages", {"__init__.py": ATTRS_CLASSES}, extensions=extensions) as package:
        return package


@pytest.fixture
def real() -> dict[str, Any]:
    """The same classes as Python sees them."""
    names: dict[str, Any] = {"__name__": "pages"}
    exec(ATTRS_CLASSES, names)  # noqa: S102 - the text stands above
    return names


@pytest.mark.parametrize("name", ["Parent", "Child", "Again", "OwnWords"])
def test_the_reference_shows_the_constructor_that_attrs_makes(
    name: str, seen: griffe.Module, real: dict[str, Any]
) -> None:
    """Names, order, keyword-only and having a default are the same on the page as in Python."""
    shown = [each for each in seen[name].parameters if each.name != "self"]
    true = inspect.signature(real[name]).parameters.values()
    assert [(each.name, each.kind.value if each.kind else "") for each in shown] == [
        (each.name, each.kind.description) for each in true
    ]
    assert [each.default is not None for each in shown] == [each.default is not each.empty for each in true]


def test_the_reference_shows_annotations_and_plain_defaults(seen: griffe.Module) -> None:
    """A default that is written out is shown as written, a computed one as three dots."""
    shown = {each.name: (str(each.annotation), each.default and str(each.default)) for each in seen["Child"].parameters}
    assert shown["quiet"] == ("int", "3")
    assert shown["tags"] == ("list[str]", "...")
    assert shown["worked_out"] == ("int", "...")
    assert shown["start"] == ("int", None)


@pytest.mark.parametrize("name", ["Closed", "Bare"])
def test_the_reference_invents_no_constructor(name: str, seen: griffe.Module) -> None:
    """A class for which attrs makes no constructor shows no parameters."""
    assert [each.name for each in seen[name].parameters if each.name != "self"] == []


def on_the_page(docstring: str) -> str:
    """A docstring as the reference shows it."""
    extensions = griffe.load_extensions(str(ROOT / "tools" / "griffe_doctests.py"))
    written = {"__init__.py": f"def f():\n    {docstring!r}\n"}
    with griffe.temporary_visited_package("pages", written, extensions=extensions) as package:
        shown = package["f"].docstring
    assert shown is not None
    return str(shown.value)


def test_the_reference_shows_examples_as_code() -> None:
    """An example with several lines, and each example of several, stands in a fence of its own."""
    assert on_the_page("Add.\n\n>>> a = [\n...     1]\n>>> a\n[1]\n\nMore:\n\n>>> 2\n2") == (
        "Add.\n\n```pycon\n>>> a = [\n...     1]\n>>> a\n[1]\n```\n\nMore:\n\n```pycon\n>>> 2\n2\n```"
    )


@pytest.mark.parametrize(
    "docstring",
    ["Add, with no example.", "Add.\n\n```pycon\n>>> 1\n1\n```", "Add.\n\nExamples:\n    >>> 1\n    1"],
)
def test_the_reference_leaves_other_text_alone(docstring: str) -> None:
    """What is no example, or stands in a fence or a section already, is shown as it was written."""
    assert on_the_page(docstring) == docstring
