"""One article as the readers hand it on, whatever the format it came in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """Plain text and what is known of its origin; an empty string stands for what is not known.

    Parameters
    ----------
    article_id
        A stable id of a-z, 0-9, ``-`` and ``_``.
    text
        The body as plain text, a blank line between paragraphs; date lines and slugs left out.
    publisher_country
        A two-letter country code.
    date
        ISO 8601: a year, a month or a day.
    language
        ``en``, ``ja`` or ``ru``; empty: to be told from the text.
    path
        Where it was read, as the reader of a summary wants to see it.
    """

    article_id: str
    text: str
    title: str = ""
    publisher: str = ""
    publisher_country: str = ""
    date: str = ""
    language: str = ""
    url: str = ""
    path: str = ""
