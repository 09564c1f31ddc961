"""The command `python -m reconnect schema`: prints the JSON Schema of one sort of document, or the names of all."""

import argparse
import json
import sys
from typing import Final

from reconnect.edges.schema.bundle import shipped, shipped_of

__all__ = ["SUMMARY", "configure"]

SUMMARY: Final = "print the JSON Schema of what this library writes"
REFUSED: Final = 2  # the exit code of a name that is not there, as in argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Give a parser the options of this command, and the command itself as `run`."""
    parser.description = (
        "Print the JSON Schema (draft 2020-12) of one sort of document, for those who read or write it in another "
        "language. Without a name, say which there are."
    )
    parser.epilog = "The names are those that documents say: a kind such as note, or a type such as entry."
    parser.add_argument("name", metavar="NAME", nargs="?", help="a kind or a type; `body` is a body of any kind")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.name is None:
        print("\n".join(_lines()))  # noqa: T201 - a command talks
        return 0
    schema = shipped_of(options.name)
    if schema is None:
        print("python -m reconnect schema: expected one of the names listed without any", file=sys.stderr)  # noqa: T201 - a command says why
        return REFUSED
    print(json.dumps(schema, ensure_ascii=False, indent=2))  # noqa: T201 - a command talks
    return 0


def _lines() -> list[str]:
    found = shipped()["$defs"]
    widest = max(map(len, found))
    return [f"{name:{widest}}  {said.get('title', '')}" for name, said in found.items()]
