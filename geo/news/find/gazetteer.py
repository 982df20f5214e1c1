"""Every form in which the islands, their parts and their groups are written, from names.csv and terms.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geo.errors import DataError, FaultyDataError
from geo.loading.rows import read_csv
from geo.model.fields import ISLANDS, IslandId
from geo.model.places import Islet, Name, Place
from geo.model.press import Spelling
from geo.news.find import inflection as spelling
from geo.news.languages import Language
from geo.news.normalization import folded_form

Kind = Literal["named", "group"]
# what must stand near a form before it is a mention; "not" forms are something else and hide what they contain
Need = Literal["", "near", "island", "dispute", "qualified", "territories", "habomai", "not"]


@dataclass(frozen=True, slots=True)
class Term:
    """A folded form and what it stands for."""

    form: str
    language: Language
    islands: tuple[IslandId, ...]
    kind: Kind
    need: Need


def read_gazetteer(data: Path) -> dict[str, Term]:
    """Read the forms of a data folder.

    Returns
    -------
    dict
        Terms by folded form.

    Raises
    ------
    FaultyDataError
        With every fault of names.csv, places.csv, islets.csv and terms.csv.
    """
    faults: list[DataError] = []
    names = read_csv(data / "names.csv", Name, faults)
    places = read_csv(data / "places.csv", Place, faults)
    islets = read_csv(data / "islets.csv", Islet, faults)
    listed = read_csv(data / "terms.csv", Spelling, faults)
    if faults:
        raise FaultyDataError(faults)
    terms: dict[str, Term] = {}
    # what terms.csv says of a form goes before what follows from a name
    for term in (*_of_rows(listed.rows), *_of_names(names.rows, places.rows, islets.rows)):
        terms.setdefault(term.form, term)
    return terms


def _of_rows(rows: Iterable[Spelling]) -> Iterator[Term]:
    written: list[Term] = []
    varied: list[Term] = []
    for row in rows:
        kind: Kind = row.kind or "named"
        stated = list(spelling.alternatives(row.form))
        for one in stated:
            # a description is no hashtag and is not cut short
            for form in (
                spelling.forms(one, row.language) if len(stated) == 1 else spelling.inflected(one, row.language)
            ):
                term = Term(folded_form(form), row.language, row.island_ids, kind, row.need)
                (written if form == one else varied).append(term)
    # a form written out in the table goes before one that was only made from another row
    yield from (*written, *varied)


def _of_names(names: Iterable[Name], places: Iterable[Place], islets: Iterable[Islet]) -> Iterator[Term]:
    of: dict[str, tuple[IslandId, ...]] = {i.islet_id: (i.island_id,) for i in islets}
    straits = {p.place_id for p in places if p.kind == "strait"}
    of |= {p.place_id: (p.island_id,) for p in places if p.island_id}
    of |= {island: (island,) for island in ISLANDS}
    certain = {*ISLANDS, *(i.islet_id for i in islets)}
    for name in names:
        # a strait lies between two lands and is on neither, though it bears the name of one
        need: Need = "not" if name.subject_id in straits else "" if name.subject_id in certain else "near"
        if name.subject_id not in of and need != "not":
            continue
        for language, form in spelling.of_name(name):
            for varied in spelling.forms(form, language) if len(form) > 1 else ():
                # a single kanji is a word before it is a name
                yield Term(folded_form(varied), language, of.get(name.subject_id, ()), "named", need)
