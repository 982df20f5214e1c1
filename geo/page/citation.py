"""How to cite what is in view, by the styles of English, Russian and Japanese writing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from babel.dates import format_date

from geo.i18n import date, speaking, tr
from geo.loading.dossier import Dossier
from geo.model.fields import Language
from geo.page import panels
from geo.page.labels import brief_name, perspective_names
from geo.page.selection import select
from geo.page.view import View, to_query

# the characters that TeX reads as commands, and how they are written in text
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """One way to cite: the name of its style, the language it is written in, and its text."""

    style: str
    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class _Cited:
    """What every style says of a view, in the language of the style."""

    title: str
    site: str
    version: str


def citations(
    dossiers: Mapping[Language, Dossier], view: View, *, page: str, version: str, accessed: dt.date
) -> tuple[Citation, ...]:
    """Return how to cite a view, in the order of the names of the styles.

    The data of a version stay as they are, but the page has no day of publication: the styles say so in their ways and
    give the day on which it was read.

    Parameters
    ----------
    dossiers
        The data in each language of the page; a style names islands as its language does.
    view
        What is cited; its address opens it again, in its language.
    page
        The address of the page, without a query; whether a slash ends it does not count.
    version
        The version of the data.
    accessed
        The day on which the reader saw it.

    Notes
    -----
    After the Publication Manual of the American Psychological Association (7th edition), The Chicago Manual of Style
    (17th edition, section 14.207), GOST R 7.0.5-2008 (section 10) and SIST 02-2007. BibTeX has no style of its own:
    ``@misc`` holds what any of its styles prints.
    """
    cited = {lang: _cited(dossier, view, version) for lang, dossier in dossiers.items()}
    address = _address(view, page)
    key = f"four-islands-{view.island or 'all'}-{version}"
    return (
        Citation("APA", "en", _apa(cited["en"], address, accessed)),
        Citation("BibTeX", "en", _bibtex(cited["en"], address, accessed, key)),
        Citation("Chicago", "en", _chicago(cited["en"], address, accessed)),
        Citation("ГОСТ Р 7.0.5-2008", "ru", _gost(cited["ru"], address, accessed)),
        Citation("SIST 02", "ja", _sist(cited["ja"], address, accessed)),
    )


def citation(dossier: Dossier, view: View, ways: tuple[Citation, ...]) -> str:
    """Return the ways to cite a view, as HTML."""
    with speaking(dossier.language):
        return panels.render("citation.html", select(dossier, view), ways=ways)


def _cited(dossier: Dossier, view: View, version: str) -> _Cited:
    with speaking(dossier.language):
        picked = (view.island,) if view.island else tuple(dossier.islands)
        islands = tr(", ").join(brief_name(dossier, island, view.naming) for island in picked)
        whose = date(view.date) if view.date else perspective_names()[view.perspective]
        return _Cited(
            title=tr("{islands}: {view}", islands=islands, view=whose),
            site=tr("Four Islands"),
            version=tr("Data version: {version}", version=version),
        )


def _address(view: View, page: str) -> str:
    # a link without a language opens in that of whoever follows it
    chosen = to_query(view) | {"lang": view.language}
    return f"{quote(page.rstrip('/'), safe=':/[]@%')}/?{urlencode(chosen)}"


def _apa(cited: _Cited, address: str, accessed: dt.date) -> str:
    return (
        f"{cited.site}. (n.d.). {cited.title} ({cited.version}) [Interactive map and data set]. "
        f"Retrieved {_american(accessed)}, from {address}"
    )


def _chicago(cited: _Cited, address: str, accessed: dt.date) -> str:
    return f"{cited.site}. “{cited.title}.” {cited.version}. Accessed {_american(accessed)}. {address}."


def _bibtex(cited: _Cited, address: str, accessed: dt.date, key: str) -> str:
    # double braces keep an organisation from being taken for a person, and the capitals of names
    return "\n".join(
        (
            f"@misc{{{key},",
            f"  author = {{{{{_tex(cited.site)}}}}},",
            f"  title = {{{{{_tex(cited.title)}}}}},",
            f"  howpublished = {{\\url{{{address}}}}},",
            f"  note = {{{_tex(cited.version)}. Accessed {accessed.isoformat()}}},",
            "}",
        )
    )


def _gost(cited: _Cited, address: str, accessed: dt.date) -> str:
    day = f"{accessed:%d.%m.%Y}"
    return f"{cited.title} // {cited.site} : [сайт]. {cited.version}. URL: {address} (дата обращения: {day})."


def _sist(cited: _Cited, address: str, accessed: dt.date) -> str:
    return f'"{cited.title}". {cited.site}. {cited.version}. {address}, (参照 {accessed.isoformat()}).'


def _american(day: dt.date) -> str:
    return str(format_date(day, "MMMM d, y", locale="en_US"))


def _tex(words: str) -> str:
    """Return words in which TeX finds no command."""
    return re.sub(r"[\\{}$&#%_^~]", lambda found: _TEX[found[0]], words)
