"""A PostgreSQL server of one's own, in a folder that is thrown away: for tests and measurements only.

Programs are looked for on the path and where Debian keeps them. As root the server runs as the user `postgres`, because
it refuses to run as root. It listens on a socket in its own folder, and on nothing else.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Final, Self

USER: Final = "postgres"
ROOM: Final = 100  # connections, so that many processes may come at once
PATIENCE: Final = 60.0  # seconds; a start takes less than one
_STEP: Final = 0.02


class NoPostgres(Exception):
    """There is no PostgreSQL here that could be started; the words say why."""


def program(name: str) -> Path:
    """Return where a program of PostgreSQL is: on the path, or the newest that Debian has installed.

    Raises:
        NoPostgres: it is nowhere.
    """
    if found := shutil.which(name):
        return Path(found)
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    if not kept:
        raise NoPostgres(f"PostgreSQL is not installed: no `{name}` on the path or below /usr/lib/postgresql")
    return kept[-1]


class Server:
    """A server that can be stopped, killed and started again; its folder goes with it at the end.

    Args:
        settings: of the server, such as `fsync=off` where only processes die and the machine does not.
    """

    def __init__(self, *settings: str) -> None:
        """Make the folder and start."""
        self._settings = settings
        self._initdb, self._postgres = program("initdb"), program("postgres")
        self._as: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []} if _is_root() else {}
        self.folder = Path(tempfile.mkdtemp(prefix="reconnect-pg-"))
        if self._as:
            shutil.chown(self.folder, USER, USER)
        self._process: subprocess.Popen[Any] | None = None
        try:
            self._make()
            self.start()
        except BaseException:
            self.close()
            raise

    @property
    def data(self) -> Path:
        """Where its files are."""
        return self.folder / "data"

    @property
    def log(self) -> str:
        """What it has said so far."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def url(self) -> str:
        """Where it listens, in the form that PostgreSQL's own programs read."""
        return f"postgresql://{USER}@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start, and come back once it answers; whatever a killed one has left behind is waited for."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                self._launch()
            if self._answers():
                return
            time.sleep(_STEP)
        raise NoPostgres(f"PostgreSQL did not start: {self.log[-2000:]}")

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it: at once (`SIGKILL`), without a tidy end (`SIGQUIT`), or tidily (`SIGINT`)."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=PATIENCE)
            self._process = None

    def close(self) -> None:
        """Stop, and take the folder away."""
        self.kill(signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        """Use it in a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take it away at the end of the block."""
        self.close()

    def _make(self) -> None:
        command: list[str | Path] = [
            self._initdb,
            "-D",
            self.data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ]
        done = subprocess.run(command, **self._as, cwd=self.folder, capture_output=True, text=True, check=False)  # noqa: S603 - PostgreSQL's own program
        if done.returncode:
            raise NoPostgres(f"PostgreSQL could not make a database: {done.stderr}")

    def _launch(self) -> None:
        settings = ("listen_addresses=", f"max_connections={ROOM}", f"unix_socket_directories={self.folder}")
        words = [word for setting in (*settings, *self._settings) for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            command: list[str | Path] = [self._postgres, "-D", self.data, *words]
            self._process = subprocess.Popen(command, **self._as, cwd=self.folder, stdout=log, stderr=log)  # noqa: S603 - PostgreSQL's own program

    def _answers(self) -> bool:
        command: list[str | Path] = [program("pg_isready"), "-q", "-h", self.folder, "-U", USER]
        return subprocess.run(command, cwd=self.folder, check=False).returncode == 0  # noqa: S603 - as above


def _is_root() -> bool:
    """Tell whether the server has to run as another user."""
    if os.getuid():
        return False
    try:
        pwd.getpwnam(USER)
    except KeyError:
        raise NoPostgres(f"PostgreSQL does not run as root, and there is no user `{USER}`") from None
    return True
