"""What passes between reading a file and having an article: raw pieces, parsed documents, and what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from geo.errors import GeoError
from geo.model.press import Excerpt
from geo.news.limits import FAULTS_LISTED, FAULTS_OF_A_FILE


class Format(StrEnum):
    """The format of a file, of a document in it, and of a document's body: decided once, never guessed again."""

    PLAIN = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    # a piece of markup, such as the body of a feed's entry
    HTML_FRAGMENT = "HTML fragment"
    PDF = "PDF"
    JSON_LINES = "JSON Lines"
    JSON = "JSON"
    CSV = "CSV"
    FEED = "RSS or Atom"
    WARC = "WARC"


class ReadFailure(GeoError):  # noqa: N818 - a reason that is collected more often than raised
    """Why a file, or one record of it, gives no article.

    Parameters
    ----------
    path
        The file, as it was given.
    reason
        A few words, without a full stop.
    place
        Where in the file (``line 3``, ``record 7``), or nothing for the file as a whole.
    """

    def __init__(self, path: str, reason: str, place: str = "") -> None:
        super().__init__(path, reason, place)
        self.path = path
        self.reason = reason
        self.place = place

    def __str__(self) -> str:
        """Return one line; a path with control characters or direction overrides is made visible."""
        path = self.path if self.path.isprintable() else ascii(self.path)
        return f"{path}{', ' if self.place else ''}{self.place}: {self.reason}"


class ReadNote(ReadFailure):
    """What was left out of an article that could be read."""


@dataclass(slots=True)
class FailureLog:
    """Failures of many files and records: the first few of each file and of all, and how many there are.

    Its size is bounded, however many files fail.

    Parameters
    ----------
    listed
        The failures that are named one by one.
    count
        How many there are, the listed ones included.
    """

    listed: list[ReadFailure] = field(default_factory=list)
    count: int = 0
    # of the files that are listed
    _by_file: Counter[str] = field(default_factory=Counter)

    def add(self, failure: ReadFailure) -> None:
        """Note one failure."""
        self.count += 1
        is_known = failure.path in self._by_file
        if is_known or len(self.listed) < FAULTS_LISTED:
            self._by_file[failure.path] += 1
            if self._by_file[failure.path] <= FAULTS_OF_A_FILE and len(self.listed) < FAULTS_LISTED:
                self.listed.append(failure)

    def add_all(self, other: FailureLog) -> None:
        """Note what was noted elsewhere."""
        count = self.count + other.count
        for failure in other.listed:
            self.add(failure)
        # what was only counted there is only counted here
        for path, unlisted in other.unlisted().items():
            if path in self._by_file:
                self._by_file[path] += unlisted
        self.count = count

    def renamed(self, name: Callable[[str], str]) -> FailureLog:
        """Return the same failures, each file under another name."""
        listed = [ReadFailure(name(failure.path), failure.reason, failure.place) for failure in self.listed]
        by_file: Counter[str] = Counter()
        for path, count in self._by_file.items():
            by_file[name(path)] += count
        return FailureLog(listed, self.count, by_file)

    def unlisted(self) -> dict[str, int]:
        """Return how many more there are of each file that has some listed."""
        listed = Counter(failure.path for failure in self.listed)
        return {path: count - listed[path] for path, count in self._by_file.items() if count > listed[path]}

    def elsewhere(self) -> int:
        """Return how many there are of files that have none listed."""
        return self.count - self._by_file.total()


@dataclass(frozen=True, slots=True)
class RawDocument:
    """Undecoded bytes of one document, or of a piece of a collection, with their format and their place in the file.

    Parameters
    ----------
    place
        Where in the file it begins; for JSON Lines the number of its first line.
    encoding
        What the file or its carrier says of its encoding; often wrong.
    fields
        What the carrier of a record knows already (address, date).
    """

    path: str
    format: Format
    data: bytes
    place: str = ""
    encoding: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One article as its file has it: nothing is tidied before it is known to name an island.

    Parameters
    ----------
    format
        What ``body`` is in: plain text, Markdown, HTML or an HTML fragment.
    fields
        What the file says of the article, under the names and in the forms it uses.
    """

    path: str
    place: str
    body: str
    format: Format = Format.PLAIN
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """Plain text and what is known of its origin; an empty string stands for what is not known.

    Parameters
    ----------
    article_id
        A stable id of a-z, 0-9, ``-`` and ``_``, which the article has wherever and however often it is read.
    text
        The body as plain text, a blank line between paragraphs; date lines and slugs left out.
    text_as_read
        The same before blanks and line breaks were tidied: what is not in it word for word was repaired.
    publisher_country
        A two-letter country code.
    agency, agency_country
        The news agency whose text the publisher reprints, and its country; empty for the publisher's own text.
    date
        ISO 8601: a year, a month or a day.
    language
        ``en``, ``ja`` or ``ru``; empty: to be told from the text.
    path
        Where it was read, as the reader of a summary wants to see it.
    document_id
        An id as readable as its source allows: what a record calls itself, or the name of the file and the place.
    """

    article_id: str
    text: str
    title: str = ""
    publisher: str = ""
    publisher_country: str = ""
    agency: str = ""
    agency_country: str = ""
    date: str = ""
    language: str = ""
    url: str = ""
    path: str = ""
    document_id: str = ""
    text_as_read: str = ""


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """An article that speaks of an island, its excerpts, and what its text is recognised by; the text is not kept."""

    article: Article
    excerpts: tuple[Excerpt, ...]
    signature: str


@dataclass(slots=True)
class BatchResult:
    """Excerpts, counts, failures and notes of one batch, or of a part of it.

    Parameters
    ----------
    read
        Number of articles.
    nothing
        How many of them give no excerpt.
    stored_bytes
        How far reading came, in bytes as they are stored.
    unpacked_bytes
        How much that was once unpacked.
    """

    stored_bytes: int = 0
    unpacked_bytes: int = 0
    read: int = 0
    nothing: int = 0
    quoted: list[ExtractedArticle] = field(default_factory=list)
    faults: FailureLog = field(default_factory=FailureLog)
    remarks: FailureLog = field(default_factory=FailureLog)

    def add(self, other: BatchResult) -> None:
        """Take in what came of another part."""
        self.stored_bytes += other.stored_bytes
        self.unpacked_bytes += other.unpacked_bytes
        self.read += other.read
        self.nothing += other.nothing
        self.quoted += other.quoted
        self.faults.add_all(other.faults)
        self.remarks.add_all(other.remarks)
