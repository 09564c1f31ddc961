"""The command of diaries, run in this process."""

import pytest

from reconnect import __main__

__all__ = ["call"]


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command in this process."""
    try:
        code = __main__.main(["diary", *arguments])
    except SystemExit as left:
        code = int(str(left.code))
    told = capsys.readouterr()
    return code, told.out, told.err
