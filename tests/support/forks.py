"""The command in forks of one process that has imported it.

Most of what a run on a few seeds costs is the start of Python and the imports, and the tests run
the command thousands of times. A fork has the start behind it; all else is its own, as that of any
process: arguments, environment, working directory, streams, limits, and its end.

All modules are imported before the first fork, not in the order in which a run imports them: if
each fork imported what it needs, it would take 80 to 150 ms instead of 3 to 30, which is as long as
a process that is started. So a module that works only if another was imported before it does not
fail here. A slow test in test_layers.py imports each one first.

This file is both sides: what tests import, and what runs in the process that is forked.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXECUTABLE = Path(sys.executable).with_name("seedlint")
# Names of variables that are read when Python starts, or a library is loaded.
_READ_AT_THE_START = ("COVERAGE_", "LANG", "LC_", "LD_", "MALLOC_", "PYTHON")


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code, negative for a signal; its streams; its CPU seconds."""

    code: int
    out: bytes
    err: bytes
    cpu: float


def can_fork(env: Mapping[str, str]) -> bool:
    """Whether a fork behaves like a process that is started with this environment.

    `SEEDLINT_FRESH` asks for processes that are started.
    """
    wanted = hasattr(os, "fork") and not os.environ.get("SEEDLINT_FRESH")
    return wanted and not any(name.startswith(_READ_AT_THE_START) for name in env)


class Server:
    """The process that is forked, as tests see it: started when it is needed first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def run(
        self,
        arguments: Sequence[str | os.PathLike[str]],
        *,
        cwd: Path,
        env: Mapping[str, str],
        stdin: bytes = b"",
        limits: Mapping[str, int] | None = None,
        timeout: float,
    ) -> Ended:
        """Run the command. `limits` are by their name in `resource`, without `RLIMIT_`.

        Raises TimeoutError after `timeout` seconds without output.
        """
        request = {
            "arguments": [os.fsdecode(each) for each in arguments],
            "cwd": str(cwd),
            "env": dict(env),
            "limits": dict(limits or {}),
        }
        given, stdin_end = os.pipe()
        out_end, out = os.pipe()
        err_end, err = os.pipe()
        with self._lock:
            try:
                if self._process is None:
                    self._start()
                # The byte carries the descriptors.
                socket.send_fds(self._socket, [b"\n"], [given, out, err])
                self._socket.sendall(json.dumps(request).encode() + b"\n")
            finally:
                for descriptor in (given, out, err):
                    os.close(descriptor)
            try:
                streams = _exchange(stdin, stdin_end, out_end, err_end, timeout)
            except TimeoutError:
                self._kill()
                raise
            code, cpu = json.loads(self._replies.readline())
        return Ended(code, *streams, cpu)

    def _start(self) -> None:
        self._socket, other = socket.socketpair()
        with other:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(other.fileno())],
                env={"PATH": os.environ["PATH"]},
                # Like those of the forks: Python asks what they are when it starts.
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[other.fileno()],
                # A group of its own, to be killed with what it has forked.
                start_new_session=True,
            )
        # It has forked, so that no test finds a child that is not its own.
        self._process.wait()
        self._replies = self._socket.makefile("rb")
        atexit.register(self._kill)

    def _kill(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate()
            self._process = None
            self._replies.close()
            self._socket.close()


def _exchange(
    stdin: bytes, stdin_end: int, out_end: int, err_end: int, timeout: float
) -> tuple[bytes, bytes]:
    """Write to one pipe and read the others to their ends; closes them."""
    received = {out_end: bytearray(), err_end: bytearray()}
    left = memoryview(stdin)
    with selectors.DefaultSelector() as selector:
        for descriptor in received:
            selector.register(descriptor, selectors.EVENT_READ)
        os.set_blocking(stdin_end, False)
        selector.register(stdin_end, selectors.EVENT_WRITE)
        try:
            while selector.get_map():
                ready = selector.select(timeout)
                if not ready:
                    raise TimeoutError(f"nothing came for {timeout} s")
                for key, _ in ready:
                    if key.fd == stdin_end:
                        left = _write(stdin_end, left)
                        is_over = not left
                    else:
                        data = os.read(key.fd, 1 << 16)
                        received[key.fd] += data
                        is_over = not data
                    if is_over:
                        selector.unregister(key.fd)
                        os.close(key.fd)
        finally:
            for descriptor in [key.fd for key in selector.get_map().values()]:
                os.close(descriptor)
    return bytes(received[out_end]), bytes(received[err_end])


def _write(descriptor: int, left: memoryview) -> memoryview:
    """Write what fits into a pipe; what is left, nothing if nobody reads it."""
    try:
        return left[os.write(descriptor, left) :]
    except BrokenPipeError:
        return left[:0]


SERVER = Server()


def _serve(connection: socket.socket) -> None:
    """Fork for each request and answer how it ended, until the other side is gone."""
    if os.fork():
        os._exit(0)
    import seedlint

    for module in pkgutil.walk_packages(seedlint.__path__, "seedlint."):
        if module.name != "seedlint.__main__":
            importlib.import_module(module.name)
    requests = connection.makefile("rb")
    while True:
        _, descriptors, _, _ = socket.recv_fds(connection, 1, 3)
        if not descriptors:
            return
        request = json.loads(requests.readline())
        child = os.fork()
        if child == 0:
            requests.close()
            connection.close()
            _become(request, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        _, status, usage = os.wait4(child, 0)
        ended = [os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime]
        connection.sendall(json.dumps(ended).encode() + b"\n")


def _become(request: dict[str, Any], descriptors: list[int]) -> None:
    """Be the run that is asked for; does not return."""
    import resource
    import time
    import traceback

    from seedlint.cli.main import main

    try:
        for standard, descriptor in enumerate(descriptors):
            os.dup2(descriptor, standard)
            os.close(descriptor)
        os.environ.clear()
        os.environ.update(request["env"])
        time.tzset()
        os.chdir(request["cwd"])
        for name, limit in request["limits"].items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
        sys.argv = [str(EXECUTABLE), *request["arguments"]]
        main()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


if __name__ == "__main__":
    # What a script that pip has installed has there.
    sys.path[0] = str(EXECUTABLE.parent)
    _serve(socket.socket(fileno=int(sys.argv[1])))
