"""A PostgreSQL cluster that lives as long as it is needed: its own folder, its own port.

`python -m tools.pg_cluster COMMAND…` runs a command with DATABASE_URL pointing at it.
As root it runs as the user postgres, because PostgreSQL refuses to run as root.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

USER = "hudun"
FORGETFUL = ("fsync=off", "full_page_writes=off")  # quick; durable=True for honest figures
PATIENCE = 30.0  # seconds


@dataclass
class Cluster:
    folder: Path
    port: int
    settings: tuple[str, ...]
    server: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{USER}"

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    @property
    def here(self) -> tuple[str, ...]:
        return ("-h", "127.0.0.1", "-p", str(self.port), "-U", USER)

    def create(self) -> None:
        finish("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale")
        self.start()
        finish("createdb", *self.here, USER)

    def start(self) -> None:
        """Returns when it answers; after kill() the last server's children may need a moment."""
        options = [word for setting in self.settings for word in ("-c", setting)]
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > deadline:
                raise TimeoutError(f"no PostgreSQL on port {self.port}: {self.last_words()}")
            if self.server is None or self.server.poll() is not None:
                with (self.folder / "log").open("ab") as log:
                    self.server = begin("postgres", "-D", self.data, *options, output=log.fileno())
            time.sleep(0.1)

    def stop(self) -> None:
        """At once (SIGQUIT): sessions are cut, what was committed is kept."""
        self.end(signal.SIGQUIT)

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def end(self, how: signal.Signals) -> None:
        if self.server is not None:
            self.server.send_signal(how)
            self.server.wait(PATIENCE)
            self.server = None

    def answers(self) -> bool:
        return begin("pg_isready", "-q", *self.here, "-d", "postgres").wait() == 0

    def last_words(self) -> str:
        return " / ".join((self.folder / "log").read_text().splitlines()[-3:])


def find(program: str) -> str | None:
    """Debian keeps the server's programs off the PATH, one folder a version; newest wins."""
    installed = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    newest = max(installed, key=lambda path: float(path.parts[4]), default=None)
    return str(newest) if newest else shutil.which(program)


def begin(program: str, *words: str, output: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    path = find(program)
    if path is None:
        raise FileNotFoundError(f"{program}: PostgreSQL is not installed (apt: postgresql)")
    user = "postgres" if os.geteuid() == 0 else None
    return subprocess.Popen(
        [path, *words],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        start_new_session=True,  # Ctrl-C is ours to answer
    )


def finish(program: str, *words: str) -> None:
    with tempfile.TemporaryFile() as output:
        if begin(program, *words, output=output.fileno()).wait():
            output.seek(0)
            raise RuntimeError(f"{program} failed: {output.read().decode().strip()}")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@contextmanager
def cluster(port: int = 0, *, durable: bool = False) -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="hudun-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    port = port or free_port()
    listen = (f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}")
    made = Cluster(folder, port, (*listen, "max_connections=200", *(() if durable else FORGETFUL)))
    try:
        made.create()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main(argv: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as made:
        env = os.environ | {"DATABASE_URL": made.url}
        return subprocess.run(argv, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
