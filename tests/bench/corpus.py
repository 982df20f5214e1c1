"""Writes a corpus of articles in three languages, the same one for the same size: one in twenty names an island."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from pathlib import Path

SEED = 1855
BYTES_OF_AN_ARTICLE = 4_100
ONE_IN = 20
# of the articles that name an island, so many are another outlet's copy of the one before
COPY_ONE_IN = 10
_POOL = 6_000
# ranks of rare words
_RARE = 50_000

_VOCABULARY = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
_WORDS = {language: words.split() for language, words in _VOCABULARY["words"].items()}
# sentences with a gap for a name, names, and what looks like a name and is none
_NAMING, _NAMES, _DECOYS = _VOCABULARY["naming"], _VOCABULARY["names"], _VOCABULARY["decoys"]
# what words that exist nowhere else are made of
_SYLLABLES = {language: syllables.split() for language, syllables in _VOCABULARY["syllables"].items()}
_COUNTRY = {"en": "com", "ru": "ru", "ja": "jp"}


def write(path: Path, articles: int, *, seed: int = SEED) -> int:
    """Write a corpus as JSON Lines and give its bytes."""
    with path.open("w", encoding="utf-8") as file:
        for record in _records(articles, seed):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path.stat().st_size


def write_store(folder: Path, excerpts: int) -> None:
    """Write a store of so many excerpts, each of an article of its own, as an ingest would have left it."""
    dice = random.Random(SEED)  # noqa: S311 - the same corpus every time
    pools = {language: [_sentence(language, dice) for _ in range(_POOL)] for language in _WORDS}
    folder.mkdir(parents=True, exist_ok=True)
    islands = ("iturup", "kunashir", "shikotan", "habomai")
    with (
        (folder / "articles.jsonl").open("w", encoding="utf-8") as articles,
        (folder / "excerpts.jsonl").open("w", encoding="utf-8") as file,
    ):
        for number in range(excerpts):
            language = ("en", "ru", "ja")[number % 3]
            matched = dice.choice(_NAMES[language])
            before = dice.choice(_NAMING[language]).format(matched)
            blank = "" if language == "ja" else " "
            quote = f"{before}{blank}{dice.choice(pools[language])}{blank}{_rare_word(language, dice)}"
            start = quote.index(matched)
            record = {**_about(number, language, dice), "article_id": f"a-{number}", "publisher_country": "JP"}
            signature = base64.b64encode(dice.randbytes(512)).decode()
            record |= {"same_as": "", "signature": signature, "file": "corpus.jsonl", "language": language}
            articles.write(json.dumps(record, ensure_ascii=False) + "\n")
            excerpt = {
                "article": f"a-{number}",
                "island": dice.choice(islands),
                "kind": "named",
                "quote": quote,
                "start": start,
                "end": start + len(matched),
                "matched": matched,
                "language": language,
                "also": [],
            }
            file.write(json.dumps(excerpt, ensure_ascii=False) + "\n")


def _rare_word(language: str, dice: random.Random) -> str:
    """Return a word of our own: of 50,000 ranks the first is in one of 16 texts, others in proportion less."""
    number = int(_RARE ** dice.random())
    syllables = _SYLLABLES[language]
    return "".join(syllables[number // len(syllables) ** place % len(syllables)] for place in range(5))


def _records(articles: int, seed: int) -> Iterator[dict[str, str]]:
    dice = random.Random(seed)  # noqa: S311 - the same corpus every time
    pools = {language: [_sentence(language, dice) for _ in range(_POOL)] for language in _WORDS}
    named: dict[str, str] = {}
    dates: dict[str, str] = {}
    for number in range(articles):
        language = ("en", "ru", "ja")[number % 3]
        about = _about(number, language, dice)
        if number % ONE_IN == 0:
            if named.get(language) and dice.randrange(COPY_ONE_IN) == 0:
                sentences = named[language].split("\n\n")
                copied = {"text": "\n\n".join([*sentences, dice.choice(pools[language])]), "date": dates[language]}
                yield about | copied
                continue
            named[language] = _text(language, pools[language], dice, naming=True)
            dates[language] = about["date"]
            yield about | {"text": named[language]}
        else:
            yield about | {"text": _text(language, pools[language], dice, naming=False)}


def _about(number: int, language: str, dice: random.Random) -> dict[str, str]:
    outlet = f"paper-{dice.randrange(40)}"
    return {
        "url": f"https://{outlet}.example.{_COUNTRY[language]}/{number}",
        "title": f"{outlet} {number}",
        "publisher": outlet,
        "date": f"{2015 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}",
    }


def _text(language: str, pool: list[str], dice: random.Random, *, naming: bool) -> str:
    # Japanese takes three bytes a character, Russian two a letter
    sentences = dice.choices(pool, k=max(1, BYTES_OF_AN_ARTICLE // len(pool[0].encode())))
    if naming:
        for _ in range(dice.randint(1, 3)):
            sentence = dice.choice(_NAMING[language]).format(dice.choice(_NAMES[language]))
            sentences.insert(dice.randrange(len(sentences)), sentence)
    elif dice.randrange(ONE_IN * 2) == 0:
        sentences.insert(dice.randrange(len(sentences)), _DECOYS[language])
    blank = "" if language == "ja" else " "
    return "\n\n".join(blank.join(sentences[i : i + 5]) for i in range(0, len(sentences), 5))


def _sentence(language: str, dice: random.Random) -> str:
    words = dice.choices(_WORDS[language], k=14)
    return "".join(words) + "。" if language == "ja" else f"{' '.join(words).capitalize()}."
