"""Reads batches for the process that started it, under a limit of memory: ``python -m geo.news.worker``, not by hand.

It ends with the process that started it, whatever that one ends of.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from geo.errors import GeoError
from geo.news.extract import ExtractionContext, extract, extraction_context
from geo.news.steps import NO_STEP, OUT_OF_MEMORY, STEP, Steps

_PR_SET_PDEATHSIG = 1


def main(connection_fd: int, step_fd: int, parent: int, memory_bytes: int, in_idle_time: int) -> None:
    """Read batches until there are no more.

    Parameters
    ----------
    connection_fd
        What batches come through, and results go.
    step_fd
        A file of ``STEP.size`` bytes that holds the present step.
    parent
        Id of the process that started this one.
    memory_bytes
        How much data this process may hold.
    in_idle_time
        Not 0: use the processor only while nobody else wants it, as far as the system has a way to say so.
    """
    _end_with(parent)
    if in_idle_time and sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    # whoever interrupts a command at the terminal interrupts its whole group; the command ends its workers itself
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    step = mmap.mmap(step_fd, STEP.size)
    with Connection(connection_fd) as connection:
        try:
            _serve(connection, step, memory_bytes)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
        except MemoryError:
            # what is left of this process is not to be relied on
            os._exit(OUT_OF_MEMORY)


def _serve(connection: Connection, step: mmap.mmap, memory_bytes: int) -> None:
    sent: ExtractionContext | Path = connection.recv()
    try:
        context = extraction_context(sent) if isinstance(sent, Path) else sent
    except GeoError as error:
        connection.send(str(error))
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    while True:
        batch, left_out, done = connection.recv()
        steps = Steps(
            left_out,
            done=done,
            begin=lambda number: STEP.pack_into(step, 0, number),
        )
        for result in extract(batch, context, steps):
            # waiting until the result is taken is not part of any step
            STEP.pack_into(step, 0, NO_STEP)
            if steps.number > done:
                connection.send((steps.number, result))
        STEP.pack_into(step, 0, NO_STEP)
        connection.send(None)
        del batch
        # what a parser of another language holds is freed with the objects that stand for it
        gc.collect(0)


def _end_with(parent: int) -> None:
    """Let the kernel end this process with its parent; elsewhere than on Linux the closed connection ends it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
