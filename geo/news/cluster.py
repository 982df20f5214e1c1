"""Runs the extraction over a stream of batches on a Dask cluster; results come in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from geo.errors import GeoError
from geo.news.extract import ExtractionContext, extract, extraction_context
from geo.news.model import BatchResult
from geo.news.read.batches import Batch

# batches of a worker that are under way or waiting for those before them
_AHEAD = 3
_CONNECT_SECONDS = 20


class _Pending(Protocol):
    def result(self) -> list[BatchResult]:
        """Wait for what came of it."""
        ...


def _extract_whole(batch: Batch, context: ExtractionContext) -> list[BatchResult]:
    return list(extract(batch, context))


def run_on_dask(batches: Iterable[Batch], context: ExtractionContext | Path, address: str) -> Iterator[BatchResult]:
    """Extract every batch on the cluster of a scheduler, whose workers see the same files.

    Raises
    ------
    GeoError
        When the data cannot be read, or no scheduler with workers answers.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - optional
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
        known = extraction_context(context) if isinstance(context, Path) else context
        [sent] = client.scatter([known], broadcast=True)
        ahead = sum(workers.values()) * _AHEAD
        for results in _in_order(batches, lambda b: client.submit(_extract_whole, b, sent, pure=False), ahead):
            yield from results


def _in_order(batches: Iterable[Batch], submit: Callable[[Batch], _Pending], ahead: int) -> Iterator[list[BatchResult]]:
    pending: deque[_Pending] = deque()
    for batch in batches:
        pending.append(submit(batch))
        if len(pending) >= ahead:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()
