"""What the rows of every table share: the table's file and key, and the references of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo


class Ref:
    """A foreign key, declared on a column: its cell, or each entry of a list, is an id of another table.

    Parameters
    ----------
    targets
        Columns in which the id may stand, as ``table.column``; a table is called by its file without the suffix.
    known
        Ids that need no row.
    expected
        What a fault says was expected; made from the target where nothing is given.
    optional
        Whether the cell may be empty.
    """

    def __init__(
        self, *targets: str, known: Iterable[str] = (), expected: str | None = None, optional: bool = False
    ) -> None:
        self.targets = tuple((table, column) for table, _, column in (t.partition(".") for t in targets))
        self.known = frozenset(known)
        table, column = self.targets[0]
        article = "an" if column[0] in "aeiou" else "a"
        self.expected = (expected or f"{article} {column} of {table}.csv") + (", or nothing" if optional else "")


class Row(BaseModel):
    """A row of a table: frozen, without a column that is not declared, blanks around cells removed.

    A model that names its ``FILE`` is a table of the data folder: with it come reading, counting, and the checks of
    its ``KEY``, of each ``Ref`` among its columns, and of the sources that it cites.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    FILE: ClassVar[str] = ""
    KEY: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def table_name(cls) -> str:
        """Return the name of the table: its file without the suffix."""
        return cls.FILE.partition(".")[0]

    @classmethod
    def columns(cls) -> Mapping[str, FieldInfo]:
        """Return the field of each column, by the name that stands in the header of the file."""
        return {field.alias or name: field for name, field in cls.model_fields.items()}

    @classmethod
    def references(cls) -> Mapping[str, Ref]:
        """Return the reference of each column that has one."""
        return {
            column: ref for column, field in cls.model_fields.items() for ref in field.metadata if isinstance(ref, Ref)
        }

    @classmethod
    def citations(cls) -> tuple[str, ...]:
        """Return the columns that cite a source; none in a table of sources or of words."""
        return tuple(c for c, ref in cls.references().items() if ref.targets == (("sources", "source_id"),))
