"""Keep a document of every public value, its digest, and the schemas, as this version writes them.

Later versions must read them. What is kept stays as it is; documents of what is new are added. `--anew` begins again:
fine until the version is out.
"""

import json
import shutil
import sys
import tomllib
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from reconnect.edges._name import tag_of
from reconnect.edges.convert import dumps, loads
from reconnect.edges.schema.bundle import FILE
from reconnect.edges.testing.public import strategies
from reconnect.record.digest import digest

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
SHIPPED = ROOT / "src" / "reconnect" / "edges" / "schema" / FILE
DOCUMENTS = "documents.txt"
DIGESTS = "digests.txt"
DRAWN = 12
LONGEST = 4_000  # characters; a longer one tells nothing more


def telling(cls: type) -> str:
    """Return the document, among some drawn alike each time, that uses the most names."""
    drawn: list[str] = []

    @settings(
        max_examples=DRAWN,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies()[cls])
    def draw(value: object) -> None:
        drawn.append(dumps(value).decode())

    draw()
    short = [each for each in drawn if len(each) <= LONGEST] or [min(drawn, key=len)]
    return max(short, key=lambda each: (_names(json.loads(each)), -len(each), each))


def _names(tree: object) -> int:
    found: set[str] = set()
    left = [tree]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            found.update(part)
            left += part.values()
        elif isinstance(part, list):
            left += part
    return len(found)


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").split("\n")[:-1] if file.exists() else []


def main(arguments: list[str]) -> None:
    """Add what is new to the documents of the version in pyproject.toml, and keep its schemas beside them."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    place = GOLDEN / version
    if "--anew" in arguments:
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    file = place / DOCUMENTS
    known = {line.partition(" ")[0]: line for line in _lines(file)}
    words = {tag_of(cls)[1]: cls for cls in strategies()}
    new = {word: f"{word} {telling(cls)}" for word, cls in words.items() if word not in known}
    kept = sorted({**known, **new}.items())
    file.write_text("".join(f"{line}\n" for _, line in kept), encoding="utf-8")
    named = dict(line.split(" ") for line in _lines(place / DIGESTS))
    named |= {word: digest(loads(line.partition(" ")[2], words[word])) for word, line in new.items()}
    (place / DIGESTS).write_text("".join(f"{word} {name}\n" for word, name in sorted(named.items())), encoding="utf-8")
    if not (place / FILE).exists():
        shutil.copyfile(SHIPPED, place / FILE)
    print(f"{version}: {len(new)} documents added to {len(known)}")  # noqa: T201 - a tool says what it did


if __name__ == "__main__":
    main(sys.argv[1:])
