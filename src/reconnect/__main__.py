"""The command line, `python -m reconnect`: what can be tried without writing code."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from reconnect.edges.diary import command as diary
from reconnect.edges.schema import command as schema

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0, or 2 if the call or its input cannot be used."""
    parser = argparse.ArgumentParser(
        prog="python -m reconnect",
        description="Gentle tools for two or more people who want to find each other again.",
        epilog="Add --help after a command to read what it can do.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, command in (("diary", diary), ("schema", schema)):
        command.configure(commands.add_parser(name, help=command.SUMMARY))
    options = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] | None = getattr(options, "run", None)
    if run is None:
        parser.print_help()
        return 0
    out: object = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace")  # a terminal that lacks a letter shows a mark in its place
    try:
        code = run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has read enough, as `head` does; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
