"""A store in PostgreSQL, for several machines: one connection for a writer, a pool of them for readers."""

from __future__ import annotations

import contextlib
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from geo.errors import GeoError
from geo.news.store.address import ServerAddress
from geo.news.store.database import AwayError, BusyError
from geo.news.store.migrations import MIGRATIONS
from geo.news.store.tsearch import TsearchWords

try:
    import psycopg
    from psycopg.pq import TransactionStatus
    from psycopg_pool import ConnectionPool
except ImportError as error:
    raise GeoError(
        f"A store in PostgreSQL needs what requirements-server.txt lists: pip install -r it ({error})."
    ) from None

SCHEMA = "four_islands"
_CONNECT_SECONDS = 3
# a reader's statement, and a writer's wait for a lock; a writer's statement may take its time
_STATEMENT_SECONDS, _LOCK_SECONDS = 15, 5
# a writer that was killed is noticed by the server when it has done what it was at
_HOLD_SECONDS, _LOOK_SECONDS = 5.0, 0.05
_POOL_SECONDS, _POOL_SIZE = 3.0, 8
_OPTIONS: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": _CONNECT_SECONDS,
    "application_name": "four-islands",
    # a machine that vanished is noticed within half a minute
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
Connection = psycopg.Connection[tuple[Any, ...]]


class PostgresDatabase:
    """One connection, for one thread; a writer has it to itself."""

    def __init__(self, connection: Connection, address: ServerAddress) -> None:
        self._connection = connection
        self._address = address
        self.words = TsearchWords(connection)

    @property
    def in_transaction(self) -> bool:
        """Whether something is done that is not kept yet."""
        return self._connection.info.transaction_status != TransactionStatus.IDLE

    def execute(self, statement: str, values: Sequence[object] = ()) -> psycopg.Cursor[tuple[Any, ...]]:
        """Run one statement."""
        return self._connection.execute(_placeholders(statement), values)

    def executemany(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of values, without waiting for one after the other."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_placeholders(statement), rows)

    def begin(self) -> None:
        """Begin to write, alone, unless that was begun.

        Raises
        ------
        BusyError
            When another process is writing.
        """
        if self.in_transaction:
            return
        self._connection.execute("BEGIN")
        if not self._is_held("pg_try_advisory_xact_lock", "writer"):
            self._connection.rollback()
            raise BusyError(f"The store {self._address} is being written by another process; nothing was done.")

    def commit(self) -> None:
        """Keep what was done, and let readers know."""
        if self.in_transaction:
            self._connection.execute("UPDATE meta SET value = (value::bigint + 1)::text WHERE name = 'changes'")
            self._connection.execute("COMMIT")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all of what is done, or nothing."""
        self.begin()
        try:
            yield
        except BaseException:
            with contextlib.suppress(psycopg.OperationalError):
                self._connection.rollback()
            raise
        self.commit()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[PostgresDatabase]:
        """Return one state of the store to read in several queries, whatever is written meanwhile."""
        if self.in_transaction:
            yield self
            return
        self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            # what is counted in one state of the store is not counted twice
            yield PostgresDatabase(self._connection, self._address)
        finally:
            with contextlib.suppress(psycopg.OperationalError):
                self._connection.rollback()

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the server says into one line for a person."""
        with told(self._address):
            yield

    def version(self) -> str:
        """Return what is another one after anybody has written the store."""
        return _version(self._connection)

    def hold(self, name: str, refusal: str) -> None:
        """Hold a name against all other connections until this one ends; wait a little for one that is ending.

        Raises
        ------
        BusyError
            When another holds it; ``refusal`` says so.
        """
        until = time.monotonic() + _HOLD_SECONDS
        while not self._is_held("pg_try_advisory_lock", name):
            if time.monotonic() > until:
                raise BusyError(refusal)
            time.sleep(_LOOK_SECONDS)

    def close(self) -> None:
        """End the connection; what was not kept is as if it had not been."""
        # the server would let go of what is held some time after the connection is gone
        with contextlib.suppress(psycopg.Error):
            self._connection.rollback()
            self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._connection.close()

    def _is_held(self, how: str, what: str) -> bool:
        # the first key tells our locks from those of other programs in the same database
        row = self._connection.execute(f"SELECT {how}(%s, %s)", (_key(SCHEMA), _key(what))).fetchone()
        return row is not None and bool(row[0])


class PostgresReaders:
    """A pool of connections for the readers of a page: each asks on one of its own, and a broken one is replaced."""

    def __init__(self, address: ServerAddress) -> None:
        self._address = address
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            address.url,
            kwargs=_OPTIONS,
            min_size=1,
            max_size=_POOL_SIZE,
            timeout=_POOL_SECONDS,
            configure=_configure_reader,
            check=ConnectionPool.check_connection,
            # a server that is away is asked again by the next reader
            reconnect_timeout=_POOL_SECONDS,
            open=True,
        )

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[PostgresDatabase]:
        """Return one state of the store to read in several queries, whatever is written meanwhile."""
        with (
            told(self._address),
            self._pool.connection() as connection,
            PostgresDatabase(connection, self._address).snapshot() as kept,
        ):
            yield kept

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the server says into one line for a person."""
        with told(self._address):
            yield

    def version(self) -> str:
        """Return what is another one after anybody has written the store."""
        with told(self._address), self._pool.connection() as connection:
            return _version(connection)

    def close(self) -> None:
        """End all connections."""
        self._pool.close()


def connect(address: ServerAddress) -> PostgresDatabase:
    """Connect to a store as its writer does, its tables made or brought up to date.

    Raises
    ------
    AwayError
        When the server does not answer.
    GeoError
        When the database cannot be used, or its tables are of a newer version.
    """
    with told(address):
        connection: Connection = psycopg.connect(address.url, **_OPTIONS)
        try:
            connection.execute(f"SET search_path TO {SCHEMA}")
            connection.execute(f"SET lock_timeout TO '{_LOCK_SECONDS}s'")
            _migrate(connection, address)
        except BaseException:
            connection.close()
            raise
        return PostgresDatabase(connection, address)


@contextlib.contextmanager
def told(address: ServerAddress) -> Iterator[None]:
    """Turn what the server says into one line for a person."""
    try:
        yield
    except psycopg.errors.QueryCanceled:
        raise GeoError(f"The store {address} took longer than {_STATEMENT_SECONDS} s to answer.") from None
    except psycopg.errors.LockNotAvailable:
        raise BusyError(f"The store {address} is being written by another process; nothing was done.") from None
    except psycopg.errors.DiskFull as error:
        raise GeoError(f"The store {address} could not be written ({_line(error)}); what was kept stands.") from None
    except psycopg.OperationalError as error:
        raise AwayError(f"The store {address} cannot be reached ({_line(error)}); what was kept stands.") from None
    except psycopg.Error as error:
        raise GeoError(f"The store {address} could not be used ({_line(error)}); what was kept stands.") from None


def _configure_reader(connection: Connection) -> None:
    connection.execute(f"SET search_path TO {SCHEMA}")
    connection.execute(f"SET statement_timeout TO '{_STATEMENT_SECONDS}s'")
    # the planner thinks that comparing terms is cheap, and that these short statements are worth compiling: it is to
    # ask the index of terms, whatever it thinks
    connection.execute("SET enable_seqscan TO off")
    connection.execute("SET enable_indexscan TO off")
    connection.execute("SET jit TO off")


def _migrate(connection: Connection, address: ServerAddress) -> None:
    """Bring the tables up to date, one process at a time."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (_key(SCHEMA), _key("migrating")))
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migrations (version integer PRIMARY KEY, made_at timestamptz DEFAULT now())"
        )
        row = connection.execute("SELECT coalesce(max(version), 0) FROM migrations").fetchone()
        made = int(row[0]) if row else 0
        if made > len(MIGRATIONS):
            raise GeoError(
                f"The store {address} is of version {made}, newer than this program, which knows {len(MIGRATIONS)}."
            )
        for version, script in enumerate(MIGRATIONS[made:], start=made + 1):
            connection.execute(script)
            connection.execute("INSERT INTO migrations (version) VALUES (%s)", (version,))


def _version(connection: Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = 'changes'").fetchone()
    return str(row[0]) if row else ""


def _key(name: str) -> int:
    # advisory locks have two keys of 32 bits with a sign
    return zlib.crc32(name.encode()) - (1 << 31)


@lru_cache(maxsize=256)
def _placeholders(statement: str) -> str:
    return statement.replace("%", "%%").replace("?", "%s")


def _line(error: psycopg.Error) -> str:
    return " ".join(str(error).split()) or type(error).__name__
