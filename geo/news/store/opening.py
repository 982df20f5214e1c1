"""A store opened by its address, whatever keeps it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from geo.news.store import sqlite
from geo.news.store.address import ServerAddress, StoreAddress
from geo.news.store.database import Database


@contextlib.contextmanager
def writing(store: StoreAddress) -> Iterator[Database]:
    """Return a store to its one writer, made when it is not there; what was not committed at the end is thrown away.

    Raises
    ------
    GeoError
        When it cannot be opened, or another process is writing it.
    """
    if isinstance(store, ServerAddress):
        # a library of its own, for those who keep their store on a server
        from geo.news.store.postgresql import connect  # noqa: PLC0415

        with contextlib.closing(connect(store)) as database, database.told():
            database.hold("writer", f"Another process is writing the store {store}; nothing was done.")
            yield database
    else:
        with sqlite.writing(store) as embedded:
            yield embedded
