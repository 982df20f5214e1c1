"""What a watch remembers of each source between two runs: one small file, or one row, of the store, replaced whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from filelock import FileLock, Timeout
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from geo.errors import GeoError
from geo.news.store.address import ServerAddress, StoreAddress
from geo.news.store.database import meta, set_meta

if TYPE_CHECKING:
    from geo.news.store.postgresql import PostgresDatabase

FILE, LOCK = "watch.json", ".watch.lock"
_READABLE = 0o644


class SourceState(BaseModel):
    """What is remembered of one feed or folder; times are in UTC.

    Parameters
    ----------
    read_at
        When it was last read without a fault.
    next_try
        Before this it is not asked.
    failures
        How often in a row it gave no answer.
    answered_by, etag, modified
        What the next request is made conditional with, and the address that told it.
    pages_read
        Digests of the addresses of pages that were read and are still linked to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: str = ""
    read_at: AwareDatetime | None = None
    next_try: AwareDatetime | None = None
    failures: int = Field(0, ge=0)
    answered_by: str = ""
    etag: str = ""
    modified: str = ""
    pages_read: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    sources: dict[str, SourceState] = {}


def load(store: StoreAddress) -> tuple[dict[str, SourceState], str]:
    """Return what is remembered of each source, and a remark when it was damaged and all is begun anew.

    Raises
    ------
    GeoError
        When it cannot be read.
    """
    try:
        return _File.model_validate_json(_read(store)).sources, ""
    except FileNotFoundError:
        return {}, ""
    except ValidationError:
        return {}, f"{FILE} is damaged or from a newer version; every source is asked as if for the first time"


def save(store: StoreAddress, sources: dict[str, SourceState]) -> None:
    """Replace what is remembered; after a crash it is the old or the new.

    Raises
    ------
    GeoError
        When it cannot be written.
    """
    text = _File(sources=sources).model_dump_json(indent=1, exclude_defaults=False)
    if isinstance(store, ServerAddress):
        with _connected(store) as database:
            set_meta(database, FILE, text)
    else:
        _replace(store, text.encode())


@contextlib.contextmanager
def alone(store: StoreAddress) -> Iterator[None]:
    """Hold a store against a second watch; what one that was killed has left is swept away.

    Raises
    ------
    GeoError
        When another watch holds it, or it cannot be opened or made.
    """
    if isinstance(store, ServerAddress):
        with _connected(store) as database:
            database.hold("watch", f"Another watch is running on {store}.")
            yield
    else:
        with _alone_in(store):
            yield


def _read(store: StoreAddress) -> str | bytes:
    if isinstance(store, ServerAddress):
        with _connected(store) as database:
            return meta(database, FILE) or "{}"
    try:
        return (store / FILE).read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise GeoError(f"{store / FILE} cannot be read ({error.strerror}).") from None


@contextlib.contextmanager
def _connected(store: ServerAddress) -> Iterator[PostgresDatabase]:
    # a library of its own, for those who keep their store on a server
    from geo.news.store.postgresql import connect  # noqa: PLC0415

    with contextlib.closing(connect(store)) as database, database.told():
        yield database


def _replace(folder: Path, data: bytes) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{FILE}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(_READABLE)
            Path(name).replace(folder / FILE)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise GeoError(f"{folder / FILE} cannot be written ({error.strerror}).") from None


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise GeoError(f"Another watch is running on {folder}.") from None
    except OSError as error:
        raise GeoError(f"{folder} cannot be used ({error.strerror}).") from None
    try:
        for left in folder.glob(f".{FILE}-*"):
            left.unlink(missing_ok=True)
        yield
    finally:
        lock.release()
