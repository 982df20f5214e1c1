"""From markup to plain text: whole pages by trafilatura, pieces of markup and Markdown tag by tag."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from geo.news.model import Format, ParsedDocument, ReadFailure
from geo.news.read.records import fields_of

# a page is parsed for its article only when its markup, entities resolved, names an island at all
_BLOCKS = {
    *("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "article"),
    *("section", "header", "footer", "main", "figure", "figcaption", "pre", "hr", "td", "th", "dt", "dd"),
}
_SILENT = {
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "head", "title", "nav"),
    *("form", "button", "select", "textarea", "canvas"),
}
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_LANGUAGE = re.compile(r"""<html\b[^>]{0,500}?\blang\s*=\s*["']?([A-Za-z]{2})""", re.IGNORECASE)
_DEEPEST = 200
# markdown-it takes time beyond linear for some long texts; a longer one is taken as plain text
_MARKDOWN_CHARACTERS = 1_000_000
_HEAD = 20_000


def plain_text(document: ParsedDocument) -> tuple[str, Mapping[str, str]]:
    """Return the text of a parsed document, and the fields that its markup knows.

    Raises
    ------
    Unreadable
        When there is no text in the markup.
    """
    match document.format:
        case Format.HTML:
            text, fields = _article(document)
        case Format.HTML_FRAGMENT:
            text, fields = fragment_text(document.body), {}
        case Format.MARKDOWN if len(document.body) <= _MARKDOWN_CHARACTERS:
            text, fields = fragment_text(_rendered(document.body)), {}
        case _:
            text, fields = document.body, {}
    if not text.strip():
        raise ReadFailure(document.path, "has no article text", document.place)
    return text, fields


def fragment_text(markup: str) -> str:
    """Return the text of a piece of markup, a blank line between its blocks; scripts, forms and menus left out."""
    from lxml import etree, html  # noqa: PLC0415 - 20 ms, for markup only

    try:
        root = html.fromstring(_XML_DECLARATION.sub("", markup).replace("\0", ""))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    parts: list[str] = []
    silent = None
    # walked, not recursed into: markup can be nested more deeply than Python calls
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        known = isinstance(element.tag, str)
        if event == "start" and known:
            silent = element if silent is None and element.tag in _SILENT else silent
            parts.append("\n\n" if element.tag in _BLOCKS else "")
            parts.append((element.text or "") if silent is None else "")
        elif event == "end" or not known:
            silent = None if silent is element else silent
            parts.append("\n\n" if element.tag in _BLOCKS else "")
            parts.append((element.tail or "") if silent is None and element is not root else "")
    # line ends in markup are blanks
    blocks = " ".join("".join(parts).replace("\n\n", "\x1e").split("\n")).split("\x1e")
    return "\n\n".join(block.strip() for block in blocks if block.strip())


def _article(document: ParsedDocument) -> tuple[str, Mapping[str, str]]:
    # half a second to load, for pages only
    from trafilatura import bare_extraction  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    markup = _XML_DECLARATION.sub("", document.body)
    found = bare_extraction(
        markup,
        url=fields_of(document.fields).get("url"),
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
    )
    language = _LANGUAGE.search(markup[:_HEAD])
    fields = {"language": language[1] if language else ""}
    if found is None or isinstance(found, dict) or not found.text:
        return fragment_text(markup), fields
    fields |= {"title": found.title or "", "publisher": found.sitename or "", "date": found.date or ""}
    # each of its lines is a paragraph
    return found.text.replace("\n", "\n\n"), {**fields, "url": found.url or ""}


def _rendered(text: str) -> str:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - for Markdown only

    return str(MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).render(text))
