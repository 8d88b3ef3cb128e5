"""Run one command and write what it took. Kept small on purpose.

    python -I -S launch.py DESCRIPTOR COMMAND ARGUMENT …

The kernel counts the memory of the process that starts a command as the command's own until the
command is loaded: started from here, that is ten MiB instead of fifty. Writes exit code, seconds by
the clock, CPU seconds and the kernel's measure of the largest process to the file descriptor.
"""

from __future__ import annotations

import os
import sys
import time

report, arguments = int(sys.argv[1]), sys.argv[2:]
os.set_inheritable(report, False)
nothing = os.open(os.devnull, os.O_RDWR)
streams = [(os.POSIX_SPAWN_DUP2, nothing, number) for number in range(3)]
started = time.perf_counter()
pid = os.posix_spawnp(arguments[0], arguments, os.environ, file_actions=streams)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - started
cpu = usage.ru_utime + usage.ru_stime
os.write(
    report, f"{os.waitstatus_to_exitcode(status)} {wall} {cpu} {usage.ru_maxrss}".encode("ascii")
)
