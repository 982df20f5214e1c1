"""``python -m geo watch``: asks feeds and folders for new articles, and says what came of it."""

from __future__ import annotations

import contextlib
import datetime as dt
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from geo.cli.ingest import tell
from geo.cli.tables import Output
from geo.news.extract import extraction_context
from geo.news.ingest import IngestReport
from geo.news.search.index import open_index
from geo.news.store.address import StoreAddress
from geo.news.watch import state
from geo.news.watch.addresses import endpoint_of
from geo.news.watch.feeds import Sources, read_sources
from geo.news.watch.fetch import Clock, Visitor
from geo.news.watch.watch import Outcome, Watch


def run(  # noqa: PLR0913 - all by name
    *, data: Path, store: StoreAddress, feeds: Path, once: bool, dry_run: bool, allow_local: bool
) -> Output:
    """Ask what a file lists, once or until somebody ends it; a round that is over tells by the exit code."""
    sources, failed = read_sources(feeds), list[Outcome]()
    if dry_run:
        return Output(_dry(sources, data, allow_local=allow_local, failed=failed), failed)
    if once:
        return Output(_lines(sources, data, store, allow_local=allow_local, failed=failed), failed)
    return Output(_lines(sources, data, store, allow_local=allow_local))


def _dry(sources: Sources, data: Path, *, allow_local: bool, failed: list[Outcome]) -> Iterator[str]:
    """Ask everything into a store that is thrown away."""
    with tempfile.TemporaryDirectory() as store:
        yield from _lines(sources, data, Path(store), allow_local=allow_local, failed=failed)


def _lines(
    sources: Sources, data: Path, store: StoreAddress, *, allow_local: bool, failed: list[Outcome] | None = None
) -> Iterator[str]:
    """Return a line for each source that was asked; faults go to stderr.

    Parameters
    ----------
    failed
        Takes what failed in the one round there is; None: there are rounds until somebody ends them.
    """
    permitted = {endpoint_of(feed.address) for feed in sources.feeds} if allow_local else frozenset()
    clock = Clock(time.time, time.sleep)
    with _Ending() as ending, state.alone(store):
        states, remark = state.load(store)
        if remark:
            print(f"note: {remark}", file=sys.stderr)
        watch = Watch(
            sources, store, extraction_context(data), Visitor(sources.contact, clock, permitted), clock, states
        )
        if failed is not None and watch.next_due() > dt.datetime.now(dt.UTC):
            yield f"nothing is due before {watch.next_due():%Y-%m-%d %H:%M} UTC"
        try:
            for outcome in watch.forever() if failed is None else watch.round():
                if outcome.failed and failed is not None:
                    failed.append(outcome)
                if outcome.report is not None and outcome.report.new:
                    # made here, so that no search and no reader of the page waits for it
                    open_index(data, store).close()
                with ending.held_back():
                    yield from _told(outcome)
                    # whoever follows a log wants to see it grow
                    sys.stdout.flush()
        except KeyboardInterrupt:
            yield "stopped"


class _Ending:
    """Ctrl-C, and what a service manager sends in its place, as an interrupt that comes where it is waited for."""

    def __init__(self) -> None:
        self._wanted = False
        self._held_back = False

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._asked) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextlib.contextmanager
    def held_back(self) -> Iterator[None]:
        """Let whoever takes a line finish with it; the second request is not held back."""
        self._held_back = True
        yield
        self._held_back = False
        if self._wanted:
            raise KeyboardInterrupt

    def _asked(self, *_: object) -> None:
        if self._wanted or not self._held_back:
            raise KeyboardInterrupt
        self._wanted = True


def _told(outcome: Outcome) -> Iterator[str]:
    again = f"next at {outcome.next_try:%Y-%m-%d %H:%M} UTC"
    if outcome.report is None and outcome.failed:
        print(f"failed: {outcome.said}; {again}", file=sys.stderr)
        return
    said = outcome.said
    if outcome.report is not None:
        tell(outcome.report)
        said = f"{outcome.said}: {_counts(outcome.report)}"
    yield f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} {outcome.name}: {said}; {again}"


def _counts(report: IngestReport) -> str:
    return (
        f"articles {report.read:,}, new {report.new:,}, quotations {report.excerpts:,}, "
        f"further outlets {report.outlets:,}, kept already {report.duplicates:,}"
    )
