# ruff: noqa: RUF001 - Russian and Japanese sentences
"""Where the quick first look says no, the finder finds nothing, however a text is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.news.find.gazetteer import read_gazetteer
from geo.news.find.mentions import Finder
from geo.news.normalization import normalize_text
from geo.paths import DATA


class _Unhurried(Finder):
    """A finder that looks closely at every text."""

    def may_mention(self, text: str) -> bool:
        """Return true: nothing is passed over."""
        return isinstance(text, str)


FINDER = Finder.from_data()
UNHURRIED = _Unhurried.from_data()
FORMS = sorted(e.form for e in read_gazetteer(DATA).values() if e.requires != "not")
BLANKS = (" ", "  ", "\t", "\n", "\r\n", "\n        ", " \n\t ", "\u00a0", "\u2002", "\u202f", "\u3000\u3000", "_")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
UNSEEN = ("", "\u00ad", "\u200b", "\u200d", "\u202a", "\u2060", "\u2066", "\ufeff", "\u0301")
CONTEXTS = ("Russia and Japan: ", "Россия и Япония: ", "ロシアと日本は", "")
WRITINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "title": str.title,
    "swapped": lambda text: text.title().swapcase(),
    "wide": lambda text: text.translate(WIDE),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "old kanji": lambda text: text.replace("国", "國").replace("択", "擇").replace("島", "嶋"),
    "dashes": lambda text: text.replace("-", "‑").replace("'", "’"),
    "divided": lambda text: f"{text[:4]}-\n{text[4:]}",
    "divided by a soft hyphen": lambda text: f"{text[:3]}\u00ad \n{text[3:]}",
    "divided in old encodings": lambda text: f"{text[:5]}¬\r\n{text[5:]}",
    "accents": lambda text: text.replace("o", "ō").replace("i", "í").replace("е", "ё"),
}


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return a text of some forms of the gazetteer, in one of the ways in which they are written."""
    blank, write = draw(st.sampled_from(BLANKS)), WRITINGS[draw(st.sampled_from(sorted(WRITINGS)))]
    forms = draw(st.lists(st.sampled_from(FORMS), min_size=1, max_size=3))
    written = blank.join(write(form).replace(" ", blank) for form in forms)
    at, unseen = draw(st.integers(1, 12)), draw(st.sampled_from(UNSEEN))
    return f"{draw(st.sampled_from(CONTEXTS))}{written[:at]}{unseen}{written[at:]}."


@settings(max_examples=1500, deadline=None)
@given(texts())
def test_what_the_quick_look_passes_over_has_no_mention(text: str) -> None:
    assert FINDER.may_mention(text) or not UNHURRIED.mentions(text), text


@pytest.mark.parametrize(
    "text",
    [
        "the Northern\n        Territories issue, Japan says.",
        "the Northern\tTerritories issue, Japan says.",
        "the Northern\u2002Territories issue, Japan says.",
        "国\u3000\n\t後島の港",
        "kUNASHIR",
        "Itúrup",
    ],
)
def test_no_break_and_no_case_hides_a_name_from_the_quick_look(text: str) -> None:
    assert FINDER.may_mention(text)


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=st.sampled_from("Aaéё国島ｶﾞﾎﾟＡ４ \t\r\n\u00a0\u3000\u0301\u00ad\u200bİßﬁ-–"), max_size=40))
def test_offsets_of_a_normalized_text_lead_back_in_order(text: str) -> None:
    normalized = normalize_text(text)
    spans = [normalized.span(at, at + 1) for at in range(len(normalized.text))]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] or one == other for one, other in pairwise(spans))
