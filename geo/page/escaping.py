"""Escapes text for what Streamlit and folium take it for: Markdown, and values inside scripts."""

from __future__ import annotations

import json
import re


def for_markdown(words: str) -> str:
    """Escape words that Streamlit shows as Markdown, so that they can make no link, picture, formula or markup."""
    return re.sub(r"([\\`*\[\]!<>$~])", r"\\\1", words)


def script_json(value: object) -> str:
    r"""Write a value as JSON that is safe inside a script, a template literal and a Jinja template.

    Beyond JSON's own escapes, every character that could end a script or start an expression in HTML, in a
    JavaScript template literal or in a template of folium is written as ``\uXXXX``.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for unsafe in _UNSAFE_IN_SCRIPTS:
        text = text.replace(unsafe, "".join(f"\\u{ord(c):04x}" for c in unsafe))
    return text


# none of these occurs outside of a string in JSON without blanks; U+2028 and U+2029 end a line in older scripts
_UNSAFE_IN_SCRIPTS = ("<", ">", "&", "`", "$", "'", "{{", "{%", "{#", "\u2028", "\u2029")
