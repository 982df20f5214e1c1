"""What a watch remembers of each source between two runs: one small file beside the store, replaced whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from geo.errors import GeoError

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


def load(folder: Path) -> tuple[dict[str, SourceState], str]:
    """Return what is remembered of each source, and a remark when the file was damaged and all is begun anew.

    Raises
    ------
    GeoError
        When the file cannot be read.
    """
    try:
        return _File.model_validate_json((folder / FILE).read_bytes()).sources, ""
    except FileNotFoundError:
        return {}, ""
    except ValidationError:
        return {}, f"{FILE} is damaged or from a newer version; every source is asked as if for the first time"
    except OSError as error:
        raise GeoError(f"{folder / FILE} cannot be read ({error.strerror}).") from None


def save(folder: Path, sources: dict[str, SourceState]) -> None:
    """Replace what is remembered; after a crash the file is the old one or the new one.

    Raises
    ------
    GeoError
        When the file cannot be written.
    """
    data = _File(sources=sources).model_dump_json(indent=1, exclude_defaults=False).encode()
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
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder against a second watch; what one that was killed has left is swept away.

    Raises
    ------
    GeoError
        When another watch holds it, or the folder cannot be made.
    """
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
