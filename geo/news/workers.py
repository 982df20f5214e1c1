"""Runs the extraction over a stream of batches: here, in worker processes or on a Dask cluster; always in order."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

from geo.errors import GeoError
from geo.news.extract import ExtractionContext, extract
from geo.news.model import BatchResult, RawDocument, ReadFailure

Batch = tuple[RawDocument | ReadFailure, ...]
# enough to keep workers busy while the oldest batch is waited for, few enough for a flat memory
_AHEAD = 3
_CONNECT_SECONDS = 20


class _Pending(Protocol):
    def result(self) -> BatchResult:
        """Wait for what came of it."""
        ...


def run(
    batches: Iterable[Batch], tools: ExtractionContext, *, workers: int = 1, dask: str = ""
) -> Iterator[BatchResult]:
    """Extract every batch, in the order they come, whatever does the work.

    Parameters
    ----------
    workers
        Processes on this machine; with 1 everything is done in this one.
    dask
        Address of the scheduler of a Dask cluster, which then does the work.
    """
    if dask:
        return _on_dask(batches, tools, dask)
    if workers > 1:
        return _in_processes(batches, tools, workers)
    return (extract(batch, tools) for batch in batches)


_tools: list[ExtractionContext] = []


def _init_worker(tools: ExtractionContext) -> None:
    _tools[:] = [tools]


def _work(batch: Batch) -> BatchResult:
    return extract(batch, _tools[0])


def _in_processes(batches: Iterable[Batch], tools: ExtractionContext, workers: int) -> Iterator[BatchResult]:
    # a forked copy of a process with threads may hang; a fresh one never does
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_init_worker, initargs=(tools,))
    try:
        yield from _in_order(batches, lambda batch: pool.submit(_work, batch), workers * _AHEAD)
    except BrokenProcessPool:
        raise GeoError(
            "A worker process was ended from outside, perhaps for want of memory; nothing was kept."
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _on_dask(batches: Iterable[Batch], tools: ExtractionContext, address: str) -> Iterator[BatchResult]:
    try:
        from distributed import Client  # noqa: PLC0415 - optional, and a second to load
    except ImportError:
        raise GeoError("--dask needs the package distributed: pip install distributed") from None
    try:
        client: Any = Client(  # type: ignore[no-untyped-call]
            address, timeout=_CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, ValueError) as error:
        raise GeoError(f"No Dask scheduler answers at {address} ({error}).") from None
    with client:
        workers = client.nthreads()
        if not workers:
            raise GeoError(f"The Dask scheduler at {address} has no workers.")
        [sent] = client.scatter([tools], broadcast=True)
        ahead = sum(workers.values()) * _AHEAD
        yield from _in_order(batches, lambda batch: client.submit(extract, batch, sent, pure=False), ahead)


def _in_order(batches: Iterable[Batch], submit: Callable[[Batch], _Pending], ahead: int) -> Iterator[BatchResult]:
    pending: deque[_Pending] = deque()
    for batch in batches:
        pending.append(submit(batch))
        if len(pending) >= ahead:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()
