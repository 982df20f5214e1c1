"""What is and what is not a mention in Japanese, where no blank tells where a word begins."""

from __future__ import annotations

import re

from geo.news.find.context import ORDINARY, Candidate, alternation, any_of

_NEAR = any_of("択捉, 国後, 色丹, 歯舞, 北方領土, 四島, 4島, クリル, 千島, エトロフ, クナシリ, シコタン")
# what belongs to the chain's name when it makes a group of it
QUALIFIERS = re.compile(r"(?:南部?の?|係争中の)$")

_KANJI = re.compile(r"[\u3400-\u9fff々]")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_NUMERAL = re.compile(r"[0-9.,一二三四五六七八九十百千数]")
_PARTICLES_BEFORE = frozenset("はがをにでとのへもやらる")
_PARTICLES_AFTER = frozenset("はがをにでとのへもやかだまよ")

# 国 ends many words and 後 begins many: only what can stand before the island's name lets it begin here
_BEFORE_KUNASHIRI = re.compile(
    r"(?:^|[^\u3400-\u9fff々ヵヶカケか0-9]|択捉|色丹|歯舞|島|領土|元|旧|対|訪|沖|湾|島民|北海道|現|根室|海域|海峡|方面|側|市|町|村|後|年|月|日)$"
)
_AFTER_KUNASHIRI = re.compile(
    r"^(?:[押援退継進期半者ろ述払世輩見任遺戻追年悔部攻始難記手遅々]|方(?!面)|日(?!本|ロ|露)|発[展表足]|衛)"
)
_BEFORE_SHIKOTAN = re.compile(r"[景特異原着配緑青赤黒白茶金銀彩一二三四五六七八九十音顔物才好寒暖単]$")
_AFTER_SHIKOTAN = re.compile(r"^[念精羽頂誠]")
# every kind of ship ends in one of three characters; fishing boats are of the islands as well as called after them
_SHIPS = r"(?:[\u4e00-\u9fff]{1,3}(?<!漁)[船艦艇]|フェリー|タンカー)"
_SHIP_BEFORE = re.compile(rf"{_SHIPS}の?[「『\"]?$|[船艦艇号][「『\"]$")
_SHIP_IN_SENTENCE = re.compile(_SHIPS)
_HOUSES = re.compile(
    r"(?:店|屋|喫茶|酒場|食堂|旅館|ホテル|民宿|スナック|カフェ|バー|酒|銘柄|曲|小説|映画|絵本|雑誌|劇団|バンド|歌|誌|番組|作品|商品|焼酎"
    r"|ビール|菓|馬|猫|犬|会社|社|株式会社|ラーメン|そば|料理|品種|品種名|作|名は|名前は|名称は)(?:の|名)?[「『\"]$"
    # what bears a name in brackets after a foreign word is a thing of that name
    r"|[\u30a1-\u30fa\u30fc][「『]$"
)
_THINGS = alternation("""
    船, 漁船, 店, 曲, 猫, 犬, 居酒屋, 酒, 歌, 本, 会社, 企業, ラーメン, 花, 少年, 女性, 男性, 人, 姓
    """)
# the legal form of a firm stands before its name or after it
_FIRM_BEFORE = re.compile(r"(?:株式会社|有限会社|合同会社|\((?:株|有|同)\))$")
_FIRM_AFTER = re.compile(r"^[^\s、。のはがをにで]{0,8}(?:株式会社|有限会社|合同会社|\((?:株|有|同)\))")
_NAMED_AFTER = re.compile(
    rf"^[」』\"]?\({_SHIPS}"
    r"|^[」』\"]?(?:丸|号|型|級|さん|氏|くん|君|ちゃん|選手|通り|駅)"
    rf"|^[」』\"]?(?:と|って)いう(?:名前?の)?(?:小さな)?(?:{_THINGS})"
    rf"|^[」』\"]?(?:と|って)(?:名付け|名づけ|命名)"
)
_OTHER_TOMARI = any_of("原発, 北海道電力, 後志, 再稼働")
# names that are nothing else once a village, a coast or a volcano is spoken of
_PLACES = re.compile("紗那|別飛")
_PLACE_LIFE = any_of("""
    郵便局, 集落, 漁港, 缶詰, 水産, 上陸, 島民, ソ連, 村長, 墓地, 沖(?!縄), 飛行場, 空港, 占領, 引き揚げ, 戦前,
    終戦
    """)
_OF_AGE = re.compile(r"^(?:\(\d|\d+歳)")
_PEAKS = re.compile("散布山")
_MOUNTAIN = any_of("火山, 噴, 登山, 岳, 山頂")
_PEAK_AFTER = re.compile(r"^(?![林地間中])")
_PLACE_AFTER = re.compile(r"^(?:[^\u3400-\u9fff々]|[村町港湾島山川岬郡駅方市地沿付周沖出支集川湖温空飛](?!行)|$)")

_JAPAN_RUSSIA = any_of("""
    返還, 北方, ロシア, ソ連, 日露, 日ロ, 元島民, ビザなし, 帰属, 択捉, 国後, 色丹, 歯舞, 露大統領, プーチン,
    平和条約, 千島, クリル, 墓参, 領土交渉, 共同経済活動
    """)
_OTHER_DISPUTES = any_of("尖閣, 竹島, 独島, 南沙, 釣魚, 西沙, フォークランド, 南シナ海, 東シナ海")
_OTHER_LANDS = any_of("ウクライナ, ドニプロ, 中国, 韓国")
# "実効支配する島々" are somebody's, and not always of this dispute
_OF_SOMEBODY = re.compile("支配|占領|管理|統治|領有")
_A_SIDE = re.compile(r"(?:ロシア|ソ連|日本|日ロ|日露|両国|双方)(?:側|軍|政府)?(?:が|の|も|は|に)?[^。、]{0,12}$")
_HABOMAI_ISLANDS = any_of("""
    色丹, 択捉, 国後, 返還, 引き渡, 引渡, 北方領土, 四島, 4島, 2島, 二島, ソ連, ロシア, 元島民, 群島, 諸島, 占領,
    占拠, 千島, 無人, 墓参, 島々, 北方, 水晶島, 貝殻島, 志発, 露
    """)
_HABOMAI_MAINLAND = any_of("""
    漁協, 漁業協同, 昆布, コンブ, 水揚, 小学校, 中学校, 町内, ウニ, サンマ, 地区, 郵便局, 漁港, 納沙布
    """)
_BESIDE_BEFORE = re.compile(r"(?:色丹|国後|択捉)島?(?:[、・,と及び/／ ]|および|ならびに)*$")
_BESIDE_AFTER = re.compile(r"^(?:[、・,と及び/／や ]|および|ならびに|両)*(?:色丹|国後|択捉)")
_OF_NEMURO = re.compile(r"根室市?(?:の|・)?$")

# the two of the declaration of 1956 are the smaller ones
_TRANSFER = any_of("引き渡, 引渡, 返還, 譲渡, 共同宣言, 1956, 先行, 決着, 返す, 返し")
_LARGER_ONES = any_of("国後, 択捉, クナシリ, エトロフ")
_SMALLER_ONES = any_of("色丹, 歯舞, シコタン, ハボマイ")
_TWO = re.compile("[2二]")
_OTHER_TWO = re.compile("(?:残る|残りの?|他の|ほかの)$")

_CHAIN_BEFORE = re.compile(r"(?:南|南部の?|南の|四島を含む|4島を含む|係争中の|係争地の|領有権を争う)$")
_CHAIN_AFTER = re.compile(r"^(?:の)?(?:南部|南側|4島|四島|四つの島|領有権|帰属|領土問題|問題|領有)")
_AT_ISSUE = any_of("抗議, 領土問題, 領有権, 帰属, 係争, 返還, 平和条約, 領土交渉")
_PARTIES = any_of("日本, 日ロ, 日露, 首相, 外相, 政府")
_WHOLE_CHAIN = any_of("放棄, 全千島, 北千島, 全島, 占守, 幌筵, パラムシル, 交換条約, カムチャ")


def is_excluded(candidate: Candidate) -> bool:
    """Return whether a form is part of another word, or the name of something else."""
    if _inside_a_word(candidate):
        return True
    if candidate.entry.kind == "group":
        return _TWO.match(candidate.form) is not None and _of_the_larger(candidate)
    if _NAMED_AFTER.search(candidate.after) or _ship_or_house(candidate):
        return True
    if _FIRM_BEFORE.search(candidate.before) or _FIRM_AFTER.match(candidate.after):
        return True
    if candidate.form.startswith("泊") and _OTHER_TOMARI.search(candidate.nearby):
        return True
    return (
        candidate.entry.requires in {"near", "island"}
        and bool(_KANJI.match(candidate.form[-1]))
        and not _PLACE_AFTER.match(candidate.after)
    )


def is_supported(candidate: Candidate) -> bool:
    """Return whether the context is what a context-dependent form requires to be a mention."""
    if candidate.entry.requires == "qualified":
        return _qualified(candidate)
    if candidate.entry.requires == "habomai":
        return _habomai(candidate)
    if candidate.entry.requires == "pair":
        return _of_the_declaration(candidate)
    if _OF_SOMEBODY.search(candidate.form) and not _of_a_side(candidate):
        return False
    if _OTHER_DISPUTES.search(candidate.sentence) and not _JAPAN_RUSSIA.search(candidate.sentence):
        return False
    return bool(_JAPAN_RUSSIA.search(candidate.nearby))


def _of_the_declaration(candidate: Candidate) -> bool:
    if _OTHER_DISPUTES.search(candidate.sentence) and not _JAPAN_RUSSIA.search(candidate.sentence):
        return False
    return bool(_TRANSFER.search(candidate.sentence) and _JAPAN_RUSSIA.search(candidate.nearby))


def _of_the_larger(candidate: Candidate) -> bool:
    larger, smaller = _LARGER_ONES.search(candidate.sentence), _SMALLER_ONES.search(candidate.sentence)
    return bool(_OTHER_TWO.search(candidate.before) or (larger and not smaller))


def looks_like_proper_name(_: Candidate) -> bool:
    """Japanese has no capitals: nothing to tell by."""
    return True


def is_spoken_of_as_land(candidate: Candidate) -> bool:
    """Return whether an islet's bare name is no ordinary word; no person is called as an islet is in Japanese."""
    return not ORDINARY.search(candidate.form)


def has_island_context(candidate: Candidate) -> bool:
    """Return whether the sentence or its neighbours speak of the islands or the chain."""
    if _PLACES.match(candidate.form) and _PLACE_LIFE.search(candidate.sentence) and not _OF_AGE.match(candidate.after):
        return True
    peak = _PEAKS.match(candidate.form) and _PEAK_AFTER.match(candidate.after) and _MOUNTAIN.search(candidate.sentence)
    return bool(peak or _NEAR.search(candidate.nearby))


def _of_a_side(candidate: Candidate) -> bool:
    others = _OTHER_LANDS.search(candidate.sentence) or _OTHER_DISPUTES.search(candidate.sentence)
    return bool(_A_SIDE.search(candidate.before)) and not others


def _ship_or_house(candidate: Candidate) -> bool:
    if candidate.quoted and _HOUSES.search(candidate.before):
        return True
    if candidate.form.endswith("島"):
        return False
    if _SHIP_BEFORE.search(candidate.before):
        return not re.match("[島沖]", candidate.after)
    return candidate.quoted and bool(_SHIP_IN_SENTENCE.search(candidate.sentence))


def _inside_a_word(candidate: Candidate) -> bool:
    form, last, following = candidate.form, candidate.before[-1:], candidate.after[:1]
    if form.startswith("国後"):
        return not _BEFORE_KUNASHIRI.search(candidate.before) or (
            form == "国後" and bool(_AFTER_KUNASHIRI.search(candidate.after))
        )
    if form.startswith("色丹"):
        return bool(
            _BEFORE_SHIKOTAN.search(candidate.before) or (form == "色丹" and _AFTER_SHIKOTAN.search(candidate.after))
        )
    if form == "択捉":
        return last in {"選", "採"} or following == "え"
    if _NUMERAL.match(form[0]) and last:
        return bool(_NUMERAL.match(last)) or last == "第"
    return _katakana_goes_on(form, last, following) or _hiragana_goes_on(form, last, following)


def _katakana_goes_on(form: str, last: str, following: str) -> bool:
    return bool(
        (_KATAKANA.match(form[0]) and _KATAKANA.match(last))
        or (_KATAKANA.match(form[-1]) and _KATAKANA.match(following))
    )


def _hiragana_goes_on(form: str, last: str, following: str) -> bool:
    if _HIRAGANA.match(form[0]) and _HIRAGANA.match(last or "、") and last not in _PARTICLES_BEFORE:
        return True
    return bool(_HIRAGANA.match(form[-1]) and _HIRAGANA.match(following or "、") and following not in _PARTICLES_AFTER)


def _habomai(candidate: Candidate) -> bool:
    if _BESIDE_BEFORE.search(candidate.before) or _BESIDE_AFTER.search(candidate.after):
        return True
    if _HABOMAI_MAINLAND.search(candidate.sentence) or _OF_NEMURO.search(candidate.before):
        return False
    return bool(_HABOMAI_ISLANDS.search(candidate.sentence))


def _qualified(candidate: Candidate) -> bool:
    if _CHAIN_BEFORE.search(candidate.before) or _CHAIN_AFTER.match(candidate.after):
        return True
    if _WHOLE_CHAIN.search(candidate.sentence) or candidate.form in {"千島", "クリル", "クリール"}:
        return False
    return bool(_AT_ISSUE.search(candidate.sentence) and _PARTIES.search(candidate.sentence))
