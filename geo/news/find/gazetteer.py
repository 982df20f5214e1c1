"""Every form in which the islands, their parts and their groups are written, from names.csv and gazetteer.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geo.errors import DataError, FaultyDataError
from geo.loading.rows import read_table
from geo.model.fields import ISLANDS, IslandId
from geo.model.places import Islet, Name, Place
from geo.model.press import GazetteerEntry
from geo.news.find import inflection
from geo.news.languages import Language
from geo.news.normalization import normalize_form

Kind = Literal["named", "group"]
# what must stand near a form before it is a mention; "not" forms are something else and hide what they contain
Requirement = Literal["", "near", "island", "islet", "pair", "dispute", "qualified", "territories", "habomai", "not"]
# forms with these requirements are mentions only beside others that are
CONTEXT_DEPENDENT: frozenset[Requirement] = frozenset({"near", "island", "islet"})
# islets whose name in Russian is an ordinary word: "Green Island" is anywhere
_ORDINARY = ("ый", "ой", "ки")


@dataclass(frozen=True, slots=True)
class SurfaceForm:
    """A normalized form and what it stands for."""

    form: str
    language: Language
    islands: tuple[IslandId, ...]
    kind: Kind
    requires: Requirement


def read_gazetteer(data: Path) -> dict[str, SurfaceForm]:
    """Read the forms of a data folder.

    Returns
    -------
    dict
        Surface forms by normalized form.

    Raises
    ------
    FaultyDataError
        With every fault of names.csv, places.csv, islets.csv and gazetteer.csv.
    """
    faults: list[DataError] = []
    names = read_table(data, Name, faults)
    places = read_table(data, Place, faults)
    islets = read_table(data, Islet, faults)
    listed = read_table(data, GazetteerEntry, faults)
    if faults:
        raise FaultyDataError(faults)
    entries: dict[str, SurfaceForm] = {}
    # what gazetteer.csv says of a form goes before what follows from a name
    for entry in (*_of_rows(listed.rows), *_of_names(names.rows, places.rows, islets.rows)):
        entries.setdefault(entry.form, entry)
    return entries


def _of_rows(rows: Iterable[GazetteerEntry]) -> Iterator[SurfaceForm]:
    written: list[SurfaceForm] = []
    varied: list[SurfaceForm] = []
    for row in rows:
        kind: Kind = row.kind or "named"
        stated = list(inflection.alternatives(row.surface_form))
        for one in stated:
            # a description is no hashtag and is not cut short
            for form in (
                inflection.forms(one, row.language) if len(stated) == 1 else inflection.inflected(one, row.language)
            ):
                entry = SurfaceForm(normalize_form(form), row.language, row.island_ids, kind, row.requires)
                (written if form == one else varied).append(entry)
    # a form written out in the table goes before one that was only made from another row
    yield from (*written, *varied)


def _of_names(names: Iterable[Name], places: Iterable[Place], islets: Iterable[Islet]) -> Iterator[SurfaceForm]:
    names = list(names)
    lands: dict[str, tuple[IslandId, ...]] = {i.islet_id: (i.island_id,) for i in islets}
    lands |= {island: (island,) for island in ISLANDS}
    straits = {p.place_id for p in places if p.kind == "strait"}
    others = {p.place_id: (p.island_id,) for p in places if p.island_id}
    for name in names:
        if name.subject_id in lands:
            yield from _of_a_land(name, lands[name.subject_id])
        elif name.subject_id in others or name.subject_id in straits:
            # a strait lies between two lands and is on neither, though it bears the name of one
            requires: Requirement = "not" if name.subject_id in straits else "near"
            for language, form in inflection.of_name(name):
                # a single kanji is a word before it is a name
                if len(form) > 1:
                    yield SurfaceForm(
                        normalize_form(form), language, others.get(name.subject_id, ()), "named", requires
                    )


def _of_a_land(name: Name, islands: tuple[IslandId, ...]) -> Iterator[SurfaceForm]:
    is_islet = name.subject_id not in ISLANDS
    ordinary = is_islet and name.convention == "ru" and name.name.endswith(_ORDINARY)
    for language, form in inflection.of_name(name):
        yield SurfaceForm(normalize_form(form), language, islands, "named", "")
    for language, form in inflection.of_island(name):
        yield SurfaceForm(normalize_form(form), language, islands, "named", "near" if ordinary else "")
    # 歯舞 is a district of Nemuro too: the table says what it requires
    for language, form in inflection.bare(name):
        yield SurfaceForm(normalize_form(form), language, islands, "named", "islet" if is_islet else "")
