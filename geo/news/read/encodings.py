"""From bytes to text: byte order marks, UTF-8, what the file says of itself, and a guess among what the press uses."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

# supersets stand for their parts: Windows writes NEC and IBM characters into what it calls Shift_JIS
_SUPERSETS = {
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "iso-2022-jp": "iso2022_jp_2",
}
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = [
    *("ascii", "cp932", "euc_jp", "iso2022_jp", "cp1251", "koi8_r", "cp866", "iso8859_5", "cp1252"),
    *("utf_16_le", "utf_16_be"),
]
# by Python's own names
_SEVERAL_BYTES = {"cp932", "euc_jp", "iso2022_jp_2", "utf-16"}
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5")
# the commonest letters of Russian make up over half of any Russian text, and of no text that is read wrongly
_COMMON_RUSSIAN = frozenset("оеаинтсрв")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*+=\s*+["']?\s*+([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_DECLARATION_BYTES = 4096
_GUESS_BYTES = 256 * 1024
_ESCAPED = "iso2022_jp_2"
_ESCAPED_JAPANESE = re.compile(rb"\x1b\$[@B]")
# of the characters beyond ASCII in a text of UTF-8, so many may be spoilt
_SPOILT_SHARE = 0.05
_HALF_WIDTH, _HALF_WIDTH_SHARE = re.compile("[\uff61-\uff9f]"), 0.3
_OURS, _OUR_SHARE = re.compile("[\\s!-~\u0400-\u045f\u2010-\u201f\u3000-\u30ff\u4e00-\u9fff]"), 0.9
_CONTROL_SHARE = 0.25


def declared_encoding(data: bytes) -> str:
    """Return what a page or feed says of its own encoding, in its first lines; empty when it says nothing."""
    found = _DECLARED.search(data[:_DECLARATION_BYTES])
    return found[1].decode("ascii") if found else ""


def encoding_of(data: bytes, declared: str = "") -> str:
    """Return the encoding that bytes are in, whatever their file says of it.

    Parameters
    ----------
    data
        A text, whole or cut where a line ends.
    declared
        What its file or carrier says; used where the bytes allow it.

    Raises
    ------
    ValueError
        When no encoding fits; the message says so in a few words.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    if _ESCAPED_JAPANESE.search(data) and _strict(data, _ESCAPED) is not None:
        return _ESCAPED
    if (text := _strict(data, "utf-8")) is not None:
        # text in UTF-16 without a mark is valid UTF-8 with a control character beside each letter
        return _guessed(data) if _controls(text) > _CONTROL_SHARE * len(text) else "utf-8"
    declared = _normal(declared)
    if declared in _SEVERAL_BYTES and (text := _strict(data, declared)) and not _mostly_half_width(text):
        return declared
    lenient = data[:_GUESS_BYTES].decode("utf-8", "replace")
    if lenient.count("\ufffd") <= _SPOILT_SHARE * sum(not c.isascii() for c in lenient):
        return "utf-8"
    return _guessed(data, declared)


def decode(data: bytes, declared: str = "") -> str:
    """Turn bytes into text in the encoding they are in; single spoilt characters become U+FFFD.

    Raises
    ------
    ValueError
        When no encoding fits.
    """
    return data.decode(encoding_of(data, declared), "replace")


def _mostly_half_width(text: str) -> bool:
    """Return what EUC-JP looks like when it is read as Shift_JIS."""
    return len(_HALF_WIDTH.findall(text)) > _HALF_WIDTH_SHARE * sum(not c.isascii() for c in text)


def _controls(text: str) -> int:
    return sum(text.count(chr(code)) for code in range(9))


def _guessed(data: bytes, declared: str = "") -> str:
    # most files are UTF-8 and do without
    from charset_normalizer import from_bytes  # noqa: PLC0415

    head = data[:_GUESS_BYTES]
    found = from_bytes(head, cp_isolation=_CANDIDATES).best()
    encoding = _normal(found.encoding) if found else ""
    # capitals of Russian look like half-width Japanese
    if encoding in _CYRILLIC or (encoding == "cp932" and _mostly_half_width(head.decode("cp932", "replace"))):
        encoding = _most_russian(head, encoding if encoding in _CYRILLIC else _CYRILLIC[0])
    for candidate in (encoding, declared, _two_bytes(head)):
        if candidate and _strict(data, candidate) is not None:
            return candidate
    text = head.decode(encoding or "utf-8", "replace")
    if text.count("\ufffd") > _SPOILT_SHARE * len(text):
        raise ValueError("is in no encoding that is known here")
    return encoding or "utf-8"


def _two_bytes(data: bytes) -> str:
    """Return the order of bytes in which a short text without a mark is UTF-16; empty when in neither."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "ignore")
        if len(_OURS.findall(text)) > _OUR_SHARE * len(text):
            return encoding
    return ""


def _most_russian(data: bytes, first: str) -> str:
    """Return the likeliest Cyrillic encoding: a headline in capitals looks like small letters of another one."""
    encodings = (first, *(e for e in _CYRILLIC if e != first))
    return max(encodings, key=lambda encoding: _russian_share(data.decode(encoding, "replace")))


def _russian_share(text: str) -> float:
    letters = Counter(c for c in text.lower() if c.isalpha() and not c.isascii())
    # small letters inside of words and capitals at their start: the other way round it is read wrongly
    wrong_case = len(re.findall(r"[а-яё][А-ЯЁ]", text))  # noqa: RUF001
    total = letters.total() or 1
    return (sum(count for c, count in letters.items() if c in _COMMON_RUSSIAN) - wrong_case) / total


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _normal(encoding: str) -> str:
    """Return Python's name of an encoding, or of its superset; empty for an unknown one and for no text encoding."""
    name = encoding.strip().lower()
    name = _SUPERSETS.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # rot13, zip and their like are codecs too, but not of text
    return _SUPERSETS.get(info.name, info.name) if getattr(info, "_is_text_encoding", True) else ""


# so much of a text may be control characters before it is no text
_CONTROL_SHARE = 0.1


def is_binary(text: str) -> bool:
    """Return whether what was decoded as text is none: too many of its first characters are control characters."""
    head = text[:8192]
    # NULs are dropped from texts, not held against them, unless nearly nothing else is there
    controls = sum(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f\x1b\0" for c in head)
    return controls > _CONTROL_SHARE * len(head) or (bool(head) and not head.strip("\0"))
