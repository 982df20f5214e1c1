"""Asks every source that is due, keeps quotations of what it finds, and decides when to ask again."""

from __future__ import annotations

import datetime as dt
import http
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geo.errors import GeoError
from geo.news.extract import ExtractionContext
from geo.news.ingest import IngestReport, ingest, ingest_documents
from geo.news.limits import FEED_BYTES
from geo.news.model import Format, RawDocument, ReadFailure
from geo.news.read.files import SourceFile, files
from geo.news.store.address import StoreAddress
from geo.news.store.database import AwayError
from geo.news.watch.addresses import endpoint_of
from geo.news.watch.feeds import Feed, Folder, Sources
from geo.news.watch.fetch import Clock, Fetched, Validators, Visitor
from geo.news.watch.pages import NewPages, new_pages
from geo.news.watch.request import AnswerLimits, FetchError
from geo.news.watch.state import SourceState, save

_FEED_TYPES = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
_NO_FEEDS = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
_DAY = dt.timedelta(days=1)
_GONE = dt.timedelta(days=30)
# file systems round the times of files, and clocks of file servers differ
_CLOCKS_DIFFER = dt.timedelta(minutes=1)
_LONGEST_SLEEP_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one source once.

    Parameters
    ----------
    name
        The source, as a reader of the log knows it.
    said
        One line without a full stop.
    report
        What was read and kept, when there was anything to read.
    """

    name: str
    said: str
    next_try: dt.datetime
    failed: bool = False
    report: IngestReport | None = None


# what is remembered of a source from now on, and what is told
Step = tuple[SourceState, Outcome]


@dataclass(slots=True)
class Watch:
    """All sources of one store, and what is remembered of them."""

    sources: Sources
    store: StoreAddress
    context: ExtractionContext
    visitor: Visitor
    clock: Clock
    states: dict[str, SourceState] = field(default_factory=dict)

    def round(self) -> Iterator[Outcome]:
        """Ask each source that is due, once, and return what came of it.

        Raises
        ------
        GeoError
            When the state of the sources cannot be written.
        """
        for source in self.sources.each:
            if self._due_at(source) <= self._now():
                state, outcome = self._feed(source) if isinstance(source, Feed) else self._folder(source)
                self.states[_key(source)] = state
                try:
                    save(self.store, self.states)
                except AwayError as error:
                    # what came is kept or is asked for anew; what is remembered is kept with the next source
                    yield Outcome(_key(source), f"{_key(source)}: {error}".rstrip("."), outcome.next_try, failed=True)
                else:
                    yield outcome

    def forever(self) -> Iterator[Outcome]:
        """Ask each source whenever it is due, and return what came of it; ends only from outside."""
        while True:
            yield from self.round()
            wait = (self.next_due() - self._now()).total_seconds()
            self.clock.sleep(min(max(wait, 0.0), _LONGEST_SLEEP_SECONDS))

    def next_due(self) -> dt.datetime:
        """Return when the next source is to be asked; a moment that has come when one is due."""
        return min(self._due_at(source) for source in self.sources.each)

    def _now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.clock.now(), dt.UTC)

    def _after(self, source: Feed | Folder) -> dt.datetime:
        return self._now() + dt.timedelta(minutes=source.every)

    def _due_at(self, source: Feed | Folder) -> dt.datetime:
        known = self.states.get(_key(source))
        due = known.next_try if known and known.next_try else self._now()
        # what lies further ahead was written by a clock that was wrong
        return due if due <= self._now() + _GONE else self._now()

    def _feed(self, feed: Feed) -> Step:
        known = self.states.get(feed.address, SourceState())
        try:
            fetched = self._fetched(feed, known)
        except FetchError as error:
            return self._failed(feed, known, error)
        if fetched.unchanged:
            state = known.model_copy(update={"status": "nothing new", "next_try": self._after(feed), "failures": 0})
            return state, Outcome(_name(feed), state.status, self._after(feed))
        documents, pages = self._documents(feed, fetched, known)
        try:
            report = ingest_documents(documents, self.store, self.context)
        except GeoError as error:
            return self._not_kept(feed, known, error)
        # what could not be read, or not all of it, is not to be called unchanged the next time
        last = fetched.validators if _is_feed(report) and pages.all_read else Validators()
        next_try = max(self._after(feed), self._now() + dt.timedelta(seconds=pages.retry_after))
        state = SourceState(
            status=_said(fetched, report),
            read_at=self._now(),
            next_try=next_try,
            answered_by=last.address,
            etag=last.etag,
            modified=last.modified,
            pages_read=pages.read,
        )
        return state, Outcome(_name(feed), state.status, next_try, report.failed > 0, report)

    def _fetched(self, feed: Feed, known: SourceState) -> Fetched:
        fetched = self.visitor.get(
            feed.address,
            AnswerLimits(FEED_BYTES),
            accept=_FEED_TYPES,
            language=feed.language,
            validators=Validators(known.answered_by, known.etag, known.modified),
        )
        if fetched.answer.media_type.startswith(_NO_FEEDS):
            raise FetchError(f"is of the type {fetched.answer.media_type[:60]!a} and no feed")
        return fetched

    def _documents(
        self, feed: Feed, fetched: Fetched, known: SourceState
    ) -> tuple[list[RawDocument | ReadFailure], NewPages]:
        answer = fetched.answer
        if not answer.body.strip():
            return [ReadFailure(feed.address, "is empty")], NewPages(read=known.pages_read)
        about = {"publisher": feed.publisher, "publisher_country": feed.country, "language": feed.language}
        document = RawDocument(feed.address, Format.FEED, answer.body, encoding=answer.charset, fields=about)
        if not feed.pages:
            return [document], NewPages()
        pages = new_pages(document, frozenset(known.pages_read), self.visitor, feed.language)
        return pages.documents, pages

    def _failed(self, feed: Feed, known: SourceState, error: FetchError) -> Step:
        failures = known.failures + 1
        # doubled with every failure, up to a day
        pause = min(dt.timedelta(minutes=feed.every) * 2 ** min(failures, 12), _DAY)
        if error.status == http.HTTPStatus.GONE:
            pause = _GONE
        if error.retry_after is not None:
            pause = max(dt.timedelta(seconds=error.retry_after), dt.timedelta(minutes=feed.every))
            self._spare(feed, self._now() + pause, error)
        next_try = self._now() + pause
        state = known.model_copy(update={"status": error.reason, "next_try": next_try, "failures": failures})
        return state, Outcome(_name(feed), f"{feed.address} {error.reason}", next_try, failed=True)

    def _spare(self, feed: Feed, until: dt.datetime, error: FetchError) -> None:
        """Ask nothing of a host that wants to be left alone, under whatever address."""
        if not error.status:
            return
        host, _ = endpoint_of(feed.address)
        for other in self.sources.feeds:
            if endpoint_of(other.address)[0] == host:
                known = self.states.get(other.address, SourceState())
                later = max(known.next_try or until, until)
                self.states[other.address] = known.model_copy(update={"next_try": later})

    def _folder(self, folder: Folder) -> Step:
        known = self.states.get(_key(folder), SourceState())
        asked_at = self._now()
        try:
            report = ingest(_changed(folder.path, known.read_at), self.store, self.context)
        except GeoError as error:
            return self._not_kept(folder, known, error)
        state = SourceState(status="read", read_at=asked_at, next_try=self._after(folder))
        return state, Outcome(str(folder.path), state.status, self._after(folder), report.failed > 0, report)

    def _not_kept(self, source: Feed | Folder, known: SourceState, error: GeoError) -> Step:
        """Remember nothing of an answer that the store did not take: it is asked for anew."""
        state = known.model_copy(update={"status": str(error), "next_try": self._after(source)})
        return state, Outcome(_key(source), f"{_key(source)}: {error}".rstrip("."), self._after(source), failed=True)


def _key(source: Feed | Folder) -> str:
    return source.address if isinstance(source, Feed) else str(source.path)


def _name(feed: Feed) -> str:
    return f"{feed.publisher} ({feed.address})"


def _said(fetched: Fetched, report: IngestReport) -> str:
    moved = f"; has moved to {fetched.moved_to[:200]!a} for good" if fetched.moved_to else ""
    return ("read" if _is_feed(report) else "holds no article") + moved


def _is_feed(report: IngestReport) -> bool:
    # nothing to read and nothing wrong: every page of it was read before
    return report.read > 0 or not report.failed


def _changed(folder: Path, since: dt.datetime | None) -> list[Path]:
    """Return what has come into a folder, or was written anew in it, since it was last read."""
    oldest = (since - _CLOCKS_DIFFER).timestamp() if since else -math.inf
    found = (f.path if isinstance(f, SourceFile) else Path(f.path) for f in files([folder]))
    return [path for path in found if _changed_at(path) >= oldest]


def _changed_at(path: Path) -> float:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return math.inf
    # a file that is moved into a folder keeps its time of writing
    return max(status.st_mtime, status.st_ctime)
