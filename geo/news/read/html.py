"""From markup to plain text: whole pages by trafilatura, pieces of markup and Markdown tag by tag."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from geo.news.model import Format, ParsedDocument, ReadFailure
from geo.news.read.malformed import MALFORMED, brief
from geo.news.read.records import fields_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# a page is parsed for its article only when its markup, entities resolved, names an island at all
_BLOCKS = {
    *("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "article"),
    *("section", "header", "footer", "main", "figure", "figcaption", "pre", "hr", "td", "th", "dt", "dd"),
}
_SILENT = {
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "head", "title", "nav"),
    *("form", "button", "select", "textarea", "canvas"),
}
# what stands on a page beside its article, by element, role, and by parts of class names and ids
_BESIDE = ("nav", "footer", "dialog", "figcaption")
_BESIDE_ROLES = ("navigation", "banner", "contentinfo", "complementary", "dialog", "alertdialog", "search")
_BESIDE_NAMES = ("cookie", "consent", "gdpr", "breadcrumb", "newsletter", "navbox", "reflist")
# what may as well be around an article: a form around all of a page, a column called after the one beside it
_PERHAPS_BESIDE = ("form", "aside")
_PERHAPS_BESIDE_NAMES = ("caption", "references", "footnote", "related", "subscri", "social", "sidebar", "menu")
_NAMES = "translate(concat(@class, ' ', @id), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"


def _any_of(tags: tuple[str, ...], names: tuple[str, ...]) -> str:
    return " or ".join([*(f"self::{tag}" for tag in tags), *(f"contains({_NAMES}, '{name}')" for name in names)])


# whatever its name says, an element that holds the article is not beside it
_BOILERPLATE = (
    f".//*[{_any_of(_BESIDE, _BESIDE_NAMES)} or {' or '.join(f'@role={role!r}' for role in _BESIDE_ROLES)}"
    f" or (({_any_of(_PERHAPS_BESIDE, _PERHAPS_BESIDE_NAMES)}) and not(.//p[string-length() > 100]))]"
    "[not(self::html or self::body or self::main or self::article)][not(.//article or .//main or .//h1)]"
)
_ARTICLE = "//article | //main | //*[@role='main']"
# trafilatura counts on more than this; of a shorter text it may have found a part
_SHORT_TEXT = 250
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
# where a word may be divided, which is no blank
_WORD_BREAK = re.compile("<wbr */?>", re.IGNORECASE)
# what XML cannot hold, and parsers of pages let through
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"""<html\b[^>]{0,500}?\blang\s*=\s*["']?([A-Za-z]{2})""", re.IGNORECASE)
_DEEPEST = 200
# markdown-it takes time beyond linear for some long texts; a longer one is taken as plain text
_MARKDOWN_CHARACTERS = 1_000_000
_HEAD = 20_000


def plain_text(document: ParsedDocument) -> tuple[str, Mapping[str, str]]:
    """Return the text of a parsed document, and the fields that its markup knows.

    Raises
    ------
    ReadFailure
        When there is no text in the markup.
    """
    match document.format:
        case Format.HTML:
            text, fields = _page(document)
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
    root = _parsed(_XML_DECLARATION.sub("", markup))
    return "" if root is None else _text_of(root)


def _parsed(markup: str) -> HtmlElement | None:
    from lxml import etree, html  # noqa: PLC0415 - 20 ms, for markup only

    try:
        return html.fromstring(_UNWRITABLE.sub("", markup))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _text_of(root: HtmlElement) -> str:
    from lxml import etree  # noqa: PLC0415

    parts: list[str] = []
    silent = None
    # walked, not recursed into: markup can be nested more deeply than Python calls
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        known = isinstance(element.tag, str)
        if event == "start" and known:
            silent = element if silent is None and _is_silent(element) else silent
            parts.append("\n\n" if element.tag in _BLOCKS else "")
            parts.append((element.text or "") if silent is None else "")
        elif event == "end" or not known:
            silent = None if silent is element else silent
            parts.append("\n\n" if element.tag in _BLOCKS else "")
            parts.append((element.tail or "") if silent is None and element is not root else "")
    # line ends in markup are blanks
    blocks = " ".join("".join(parts).replace("\n\n", "\x1e").split("\n")).split("\x1e")
    return "\n\n".join(block.strip() for block in blocks if block.strip())


def _is_silent(element: HtmlElement) -> bool:
    # a block of code is no text; a letter set in fixed width is
    parent = element.getparent() if element.tag == "code" else None
    return element.tag in _SILENT or (parent is not None and parent.tag == "pre")


def _page(document: ParsedDocument) -> tuple[str, Mapping[str, str]]:
    # half a second to load, for pages only
    from trafilatura import bare_extraction  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    markup = _UNWRITABLE.sub("", _WORD_BREAK.sub("", _XML_DECLARATION.sub("", document.body)))
    try:
        found = bare_extraction(
            markup,
            url=fields_of(document.fields).get("url"),
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
            prune_xpath=_BOILERPLATE,
        )
    except MALFORMED as error:
        reason = f"is a page that cannot be read ({brief(error)})"
        raise ReadFailure(document.path, reason, document.place) from None
    language = _LANGUAGE.search(markup[:_HEAD])
    fields = {"language": language[1] if language else ""}
    if found is None or isinstance(found, dict):
        return _marked_article(markup), fields
    fields |= {"title": found.title or "", "publisher": found.sitename or "", "date": found.date or ""}
    # each of its lines is a paragraph
    text = (found.text or "").replace("\n", "\n\n")
    if len(text) < _SHORT_TEXT:
        text = max(text, _marked_article(markup), key=len)
    return text, {**fields, "url": found.url or ""}


def _marked_article(markup: str) -> str:
    """Return the text of what a page marks as its article, or of all that is not marked as something else."""
    root = _parsed(markup)
    if root is None:
        return ""
    for element in root.xpath(_BOILERPLATE):
        element.drop_tree()
    marked = [_text_of(element) for element in root.xpath(_ARTICLE)]
    return max(marked, key=len, default="") or _text_of(root)


def _rendered(text: str) -> str:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - for Markdown only

    return str(MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).render(text))
