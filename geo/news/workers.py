"""Runs the extraction over a stream of batches, in processes that can be ended; results come in order."""

from __future__ import annotations

import mmap
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geo.errors import GeoError
from geo.news.limits import DOCUMENT_SECONDS, MIB, TRIES, WORKER_BYTES
from geo.news.model import BatchResult
from geo.news.read.batches import Batch
from geo.news.steps import NO_STEP, OUT_OF_MEMORY, STEP

if TYPE_CHECKING:
    # what finds and quotes is for the workers to load
    from geo.news.extract import ExtractionContext

# batches of a worker that may be under way or waiting for those before them
_AHEAD = 3
# results of a batch that wait for those before it; its worker then waits as well
_RESULTS_AHEAD = 16
_LOOK_SECONDS = 0.25
# by a person or by a kernel that had no memory left
_FROM_OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM)
_STOPPED_SECONDS = 5.0
_ROOT = Path(__file__).resolve().parents[2]


class Budget(NamedTuple):
    """What reading may take: one document of time, one worker of memory, and all of it together of time.

    ``in_idle_time``: workers use the processor only while nobody else wants it, as where readers of a page wait.
    """

    document_seconds: float = DOCUMENT_SECONDS
    worker_bytes: int = WORKER_BYTES
    all_seconds: float = float("inf")
    in_idle_time: bool = False


class OutOfTimeError(GeoError):
    """All of it together took longer than it may."""


def run(
    batches: Iterable[Batch],
    context: ExtractionContext | Path,
    *,
    workers: int = 1,
    dask: str = "",
    budget: Budget | None = None,
) -> Iterator[BatchResult]:
    """Extract every batch; the results come in the order of the batches, whatever does the work.

    A document that takes more than its budget is a failure in the result, and so is one that ends its worker.

    Parameters
    ----------
    context
        What to find and who publishes, or the data folder that says so.
    workers
        Processes on this machine.
    dask
        Address of the scheduler of a Dask cluster, which then does the work. Its workers must see the same files;
        the budget is theirs to keep.

    Raises
    ------
    GeoError
        When the data cannot be read or the workers cannot be started.
    OutOfTimeError
        When all of it took longer than the budget allows.
    """
    if dask:
        from geo.news.cluster import run_on_dask  # noqa: PLC0415 - a second to load

        return run_on_dask(batches, context, dask)
    return _in_processes(batches, context, workers, budget or Budget())


@dataclass(slots=True)
class _Task:
    """A batch that a worker is at: what came of it so far, and the steps that are not to be taken again."""

    batch: Batch
    results: deque[BatchResult] = field(default_factory=deque)
    is_done: bool = False
    done: int = -1
    left_out: dict[int, str] = field(default_factory=dict)
    tries: Counter[int] = field(default_factory=Counter)


class _Worker:
    """A process that extracts, the batch that it is at, and how long it has been at the present step."""

    def __init__(self, context: ExtractionContext | Path, budget: Budget) -> None:
        self._context, self._budget = context, budget
        self.task: _Task | None = None
        self._start()

    def _start(self) -> None:
        ours, theirs = Pipe()
        self.connection: Connection = ours
        # unlinked already: they are gone with the last process that has them open
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this
        with theirs, tempfile.TemporaryFile() as shared:
            shared.write(STEP.pack(NO_STEP))
            shared.flush()
            self._step = mmap.mmap(shared.fileno(), STEP.size)
            handed = (theirs.fileno(), shared.fileno())
            self._process = subprocess.Popen(  # noqa: S603 - this project itself
                # -P: no module is taken from the folder that the command was called in
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "geo.news.worker",
                    *map(str, (*handed, os.getpid(), self._budget.worker_bytes, int(self._budget.in_idle_time))),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=handed,
                # on many cores the linear algebra of numpy would reserve more memory than there is
                env={**os.environ, "PYTHONPATH": _python_path(), "OPENBLAS_NUM_THREADS": "1"},
            )
        self._seen, self._since = NO_STEP, time.monotonic()
        self._looked = self._since
        try:
            self.connection.send(self._context)
        except OSError:
            # it has ended already, which is told when an answer is waited for
            return

    def begin(self, task: _Task) -> None:
        """Hand a batch over, or what is left of it."""
        self.task = task
        # steps of every batch are numbered from one
        self._seen, self._since = NO_STEP, time.monotonic()
        try:
            self.connection.send((task.batch, task.left_out, task.done))
        except OSError:
            return

    def receive(self) -> None:
        """Take one answer; a worker that has ended is followed by another."""
        try:
            answer = self.connection.recv()
        except (EOFError, OSError):
            reason = self._ended()
            self._follow(reason, ended_from_outside=self._process.returncode in _FROM_OUTSIDE)
            return
        if isinstance(answer, str):
            raise GeoError(answer)
        if self.task is None:
            return
        if answer is None:
            self.task.is_done, self.task = True, None
        else:
            self.task.done, result = answer
            self.task.results.append(result)

    def look(self) -> None:
        """End the worker when its present step has taken too long."""
        [step] = STEP.unpack_from(self._step, 0)
        now = time.monotonic()
        # a command that was stopped, and its worker with it, did not look for as long
        was_stopped = now - self._looked > _STOPPED_SECONDS
        self._looked = now
        if step != self._seen or step == NO_STEP or was_stopped:
            self._seen, self._since = step, now
        elif now - self._since > self._budget.document_seconds:
            self.end()
            self._follow(f"took longer than {self._budget.document_seconds:g} s", ended_from_outside=False)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self.connection.close()

    def close(self) -> None:
        """End the process and let go of all that it needed."""
        self.end()
        self._step.close()
        self._errors.close()

    def _follow(self, reason: str, *, ended_from_outside: bool) -> None:
        """Start another process for the task; it leaves out the step that ended this one, if a step did."""
        [step] = STEP.unpack_from(self._step, 0)
        task = self.task
        if task is not None:
            task.tries[step] += 1
            is_last_try = task.tries[step] >= TRIES
            if step == NO_STEP and is_last_try:
                raise GeoError(f"The worker processes end before they read anything: {reason}.")
            if step != NO_STEP and (is_last_try or not ended_from_outside):
                task.left_out[step] = reason
        self.close()
        self._start()
        if task is not None:
            self.begin(task)

    def _ended(self) -> str:
        code = self._process.wait()
        if code == OUT_OF_MEMORY:
            return f"needed more than {self._budget.worker_bytes // MIB} MiB of memory"
        self._errors.seek(0)
        last = self._errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
        cause = signal.Signals(-code).name if code < 0 else last or f"exit code {code}"
        return f"ended the process that read it ({cause})"


def _python_path() -> str:
    return os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))


def _in_processes(
    batches: Iterable[Batch], context: ExtractionContext | Path, workers: int, budget: Budget
) -> Iterator[BatchResult]:
    waiting = iter(batches)
    pool: list[_Worker] = []
    # in the order of the batches, whoever is at them
    tasks: deque[_Task] = deque()
    until = time.monotonic() + budget.all_seconds
    try:
        while True:
            _hand_out(waiting, tasks, pool, lambda: _Worker(context, budget), workers)
            if not tasks:
                return
            head = tasks[0]
            while head.results:
                yield head.results.popleft()
            if head.is_done:
                tasks.popleft()
                continue
            if time.monotonic() > until:
                raise OutOfTimeError(f"took longer than {budget.all_seconds:g} s")
            _wait(pool, head)
    finally:
        for worker in pool:
            worker.close()


def _hand_out(
    waiting: Iterator[Batch], tasks: deque[_Task], pool: list[_Worker], start: Callable[[], _Worker], most: int
) -> None:
    """Give each idle worker a batch, as long as there are any and not too many are under way."""
    while len(tasks) < most * _AHEAD:
        idle = next((worker for worker in pool if worker.task is None), None)
        if idle is None and len(pool) >= most:
            return
        batch = next(waiting, None)
        if batch is None:
            return
        if idle is None:
            idle = start()
            pool.append(idle)
        tasks.append(_Task(batch))
        idle.begin(tasks[-1])


def _wait(pool: list[_Worker], head: _Task) -> None:
    """Wait for an answer of any worker that may answer, and look after all that are at work."""
    busy = [worker for worker in pool if worker.task is not None]
    heard = [w for w in busy if w.task is head or (w.task and len(w.task.results) < _RESULTS_AHEAD)]
    ready = wait([worker.connection for worker in heard], _LOOK_SECONDS)
    for worker in heard:
        if worker.connection in ready:
            worker.receive()
    for worker in busy:
        worker.look()
