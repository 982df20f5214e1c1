"""What the quick first look at markup passes over, nobody would have found in its text either."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.news.extract import ExtractionContext, extract, extraction_context
from geo.news.model import Format, RawDocument
from geo.news.normalize.article import normalize_article
from geo.news.quote.excerpts import excerpts_of
from geo.news.read.formats import parse
from geo.paths import DATA

NAMES = ("Shikotan", "Kunashir Island", "the Northern Territories", "Кунашир", "Южные Курилы", "北方領土", "色丹島")
# what may stand within a name, or between its words, without anybody seeing it
WITHIN = ("", "<wbr>", "<b>", "</b>", "<!-- x -->", "<span class='a'>", "</span>")
BETWEEN = (" ", "\n        ", "\t", "&nbsp;", "&#32;", " <i>", "</i> ", "<br>", "<!-- -->\n")
FILLING = "<p>The council met on Monday and spoke of the roads and the schools of the region for two hours.</p>"


@cache
def context() -> ExtractionContext:
    return extraction_context(DATA)


@st.composite
def pages(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(NAMES))
    parts = []
    for letter in name:
        parts.append(draw(st.sampled_from(BETWEEN)) if letter == " " else letter)
        if draw(st.integers(0, 9)) == 0:
            parts.append(draw(st.sampled_from(WITHIN)))
        if letter != " " and draw(st.integers(0, 9)) == 0:
            parts[-1] = f"&#{ord(letter)};" if parts[-1] == letter else parts[-1]
    return f"<html><body><main>{FILLING}<p>News of {''.join(parts)} today.</p>{FILLING}</main></body></html>"


@settings(max_examples=60)
@given(page=pages())
def test_what_is_passed_over_has_no_mention(page: str) -> None:
    document = next(parse(RawDocument("a", Format.HTML, page.encode())))
    [result] = extract((RawDocument("a", Format.HTML, page.encode()),), context())
    assert not isinstance(document, Exception)
    article, _ = normalize_article(document, context().publishers)
    whole = excerpts_of(article, context().finder)
    assert [(e.island, e.quote) for q in result.quoted for e in q.excerpts] == [(e.island, e.quote) for e in whole]
