"""Tidies text: no control characters or direction overrides, paragraphs with a blank line between."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# control characters but tab and line ends, lone surrogates, private use, invisible format characters with direction
# overrides and soft hyphens, the replacement of what could not be read
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# a soft hyphen that a line was divided at, also as old encodings write it: the word goes on
_DIVIDED = re.compile("[\xad\xac][ \t]*+\n[ \t]*+")
_BLANKS = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_GAP = re.compile(r"\n\s*\n")
_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "」", "』", "”", '"', "»", ":", "：", ";")
# what stands above a list of other texts
_REFERENCE_HEADINGS = {
    *("references", "notes", "footnotes", "sources", "bibliography", "further reading", "external links", "see also"),
    *("脚注", "注釈", "出典", "情報源", "参考文献", "外部リンク", "関連項目", "関連記事", "関連ニュース"),
    *("примечания", "источники", "литература", "ссылки", "см. также", "читайте также", "related articles"),
}
_HEADING_MARKS = " =#*:：.…■◆●◇□▼▽【】[]"
_HEADING_CHARACTERS = 40
# lines cut by a machine are at most so wide
_WRAPPED_WIDTH = 100
_HYPHENS = ("-", "\u2010", "\u2011")
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def strip_controls(text: str) -> str:
    """Take out what has no business in a text: control characters, direction overrides, lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    if "\xad" in text or "\xac" in text:
        text = _DIVIDED.sub("", text)
    if _UNWANTED.search(text):
        text = _UNWANTED.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def unwrap_paragraphs(text: str) -> str:
    """Return a text with one blank between words and one blank line between paragraphs.

    Lines that were cut at a width are joined again; other line ends end a paragraph.
    """
    blocks = (_paragraphs(block) for block in _GAP.split(text))
    return "\n\n".join(paragraph for block in blocks for paragraph in block)


def strip_references(text: str) -> str:
    """Return a text without the list of other texts at its end, which has a heading of its own."""
    paragraphs = text.split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        is_short = len(paragraph) <= _HEADING_CHARACTERS
        if number and is_short and paragraph.strip(_HEADING_MARKS).casefold() in _REFERENCE_HEADINGS:
            return "\n\n".join(paragraphs[:number])
    return text


def one_line(text: str, longest: int) -> str:
    """Return a short text, such as a title, on one line and not longer than asked."""
    # a text of megabytes in the place of a title is not tidied in full before it is cut
    words = " ".join(strip_controls(text[: longest * 4]).split())
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _paragraphs(block: str) -> list[str]:
    lines = [line for line in (_BLANKS.sub(" ", raw).strip() for raw in block.split("\n")) if line]
    return [_joined(lines)] if _wrapped(lines) else lines


def _wrapped(lines: list[str]) -> bool:
    if len(lines) < 2:  # noqa: PLR2004
        return False
    widest = max(map(len, lines))
    return (
        widest <= _WRAPPED_WIDTH
        and all(len(line) * 2 > widest for line in lines[:-1])
        and not all(line.endswith(_SENTENCE_END) for line in lines[:-1])
    )


def _joined(lines: list[str]) -> str:
    parts = [lines[0]]
    for before, line in pairwise(lines):
        # a word divided at the end of a line keeps its hyphen: whether it is its own, only a dictionary knows
        divided = before.endswith(_HYPHENS) and before[-2:-1].isalpha() and line[0].isalpha()
        unspaced = divided or (_CJK.match(before[-1]) and _CJK.match(line[0]))
        parts += [line] if unspaced else [" ", line]
    return "".join(parts)
