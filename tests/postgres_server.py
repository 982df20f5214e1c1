"""A PostgreSQL server of its own for tests and measurements: in a folder that is thrown away, on a socket only."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_UNHURRIED = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum_naptime=5"
_SECONDS = 60


@dataclass(slots=True)
class PostgresServer:
    """A running server; ``url`` is the address of its database."""

    folder: Path
    programs: Path
    settings: str

    @property
    def url(self) -> str:
        """Return the address of the database that it begins with."""
        return self.url_of("postgres")

    def url_of(self, name: str) -> str:
        """Return the address of a database of this server."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def made(self, name: str) -> str:
        """Make a database, and return its address."""
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", name)
        return self.url_of(name)

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} {self.settings}"
        log = str(self.folder / "log")
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-l", log, "-w", "-t", str(_SECONDS), "-o", options, "start"
        )

    def stop(self, how: str = "fast") -> None:
        """Stop the server: ``fast`` ends its sessions, ``immediate`` is as a crash."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", how, "stop")

    def init(self) -> None:
        """Make the files of the server."""
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL does not run as root
        user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
        command = [*user, str(self.programs / program), *arguments]
        # a server keeps open what it inherits: its complaints go to a file and not to a pipe
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(command, cwd="/", stdout=said, stderr=said, check=False)
            said.seek(0)
            if done.returncode:
                raise OSError(f"{program}: {said.read().decode()[-500:]}")


@contextlib.contextmanager
def serving(settings: str = _UNHURRIED) -> Iterator[PostgresServer]:
    """Serve until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="four-islands-pg-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        server = PostgresServer(folder, _programs(), settings)
        server.init()
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(OSError):
                server.stop("immediate")


def _programs() -> Path:
    """Return the folder of the newest PostgreSQL on this machine; ``make postgres`` installs one."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    if found is None:
        raise OSError("PostgreSQL is needed for the tests of its store: make postgres")
    return Path(found).parent
