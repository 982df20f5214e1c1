"""Reads files and folders of any form into articles, one at a time; the simplest way in for one process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geo.news.article import Article
from geo.news.containers import pieces
from geo.news.finishing import finish
from geo.news.folders import files
from geo.news.forms import drafts
from geo.news.items import Draft, Item, Unreadable
from geo.news.outlets import Outlets


def articles(
    paths: Iterable[Path], outlets: Outlets | None = None, *, fault: Callable[[Unreadable], None]
) -> Iterator[Article]:
    """Read every article of files and folders, in the order of their names.

    Parameters
    ----------
    fault
        Called with the reason for each file or record that gives no article.
    """
    outlets = outlets or Outlets()
    for draft in _drafts(paths, fault):
        try:
            article, _ = finish(draft, outlets)
        except Unreadable as error:
            fault(error)
        else:
            yield article


def _drafts(paths: Iterable[Path], fault: Callable[[Unreadable], None]) -> Iterator[Draft]:
    for found in files(paths):
        for piece in (found,) if isinstance(found, Unreadable) else pieces(found):
            for draft in drafts(piece) if isinstance(piece, Item) else (piece,):
                if isinstance(draft, Draft):
                    yield draft
                else:
                    fault(draft)
