"""What is and what is not a mention in English."""

from __future__ import annotations

import re

from geo.news.find.context import ORDINARY, PERSONAL, Candidate, alternation, any_of

_NEAR = any_of("kuril, iturup, etorofu, kunashir, shikotan, habomai, northern territories")
# what belongs to the chain's name when it makes a group of it
QUALIFIERS = re.compile(r"(?:\b(?:four|disputed|contested|southern|southernmost|south)[ ,]+)+$")

_JAPAN = any_of(r"\bjapan, tokyo, nemuro, hokkaido")
_RUSSIA = any_of(r"\brussia, moscow, soviet, kremlin, putin, kuril, sakhalin, \bussr\b, lavrov")
_OTHER_DISPUTES = any_of("""
    senkaku, diaoyu, takeshima, dokdo, spratly, paracel, falkland, malvinas, chagos, south china sea,
    east china sea, aegean, zmiinyi
    """)
# who else disputes islands: where one of them is spoken of, a dispute that names Japan or Russia alone may be theirs
_OTHER_PARTIES = any_of(r"""
    \bchin(?:a|ese)\b, beijing, taiwan, taipei, korea, seoul, philippin, manila, vietnam, malaysia, indonesia,
    argentin, britain, british, greece, greek, turk(?:ey|ish), ukrain, norw, okinawa
    """)
_HELD = re.compile(r"(?:russian?|moscow|soviet)-?(?:held|controlled|occupied|administered) is")
_SAID_DISPUTED = any_of("disput, contest, claim")
_CLAIM_TO = re.compile(r"\bclaim\w* (?:\w+ )?(?:to|over|on|for) (?:the |these |those |all )*(?:four )?$")
_OF_THE_NORTH = any_of("nemuro, hokkaido, sapporo, peace treaty, northern")
_OTHER_NORTHS = any_of(r"ghana, gold coast, canad, yukon, australia, darwin, aborigin, nigeria, roman")

_PLACE_BEFORE = re.compile(
    r"\b(?:(?:on|onto|off|around|between|ashore|(?:islands?|islets?|isles?)(?: of)?) (?:the )?(?:\w+ )?)$"
)
_LAND_AFTER = re.compile(r"^(?:'s)? (?:islands?|islets?|isles?|lighthouse|strait|coast|shore|is an? (?:\w+ )?isl)")

_VESSELS = alternation(r"""
    vessel, ship, trawler, ferry, freighter, boat, mv, m/v, cutter, tanker, icebreaker, frigate, destroyer, tug,
    yacht, steamer, warship, submarine, carrier, ms
    """)
_WORKS = alternation("cafe, restaurant, band, song, album, novel, street")
_QUOTED_ONLY = alternation("""
    film, bar, shop, company, hotel, group, single, book, firm, vodka, beer, team, club, magazine, horse, cat,
    dog, variety, game
    """)
_SOMETHING_NAMED = re.compile(
    rf"\b{_VESSELS}s?(?: (?:called|named|christened|dubbed|the)){{0,2}} [\"']?$"
    rf"|\b{_WORKS}(?: (?:called|named|titled|entitled)){{0,2}} [\"']?$"
    rf"|\b{_QUOTED_ONLY}(?: (?:called|named|titled|entitled))? [\"']$"
    rf"|\b(?:rock |pop |folk |brass )(?:band|group) [\"']?$"
    rf"|\b(?:bottle|pack|tin|can|jar|box|glass|pot|plate|copy)s? of [\"']$"
    rf"|\b(?:called|named|titled|entitled|christened) [\"']$"
    # "an island called Etorofu" is the island, "a cat called Etorofu" is not
    rf"|\b(?:an?|his|her|their|our|my) (?:(?!isl|place|land|rock|spot|territory|group|village)\w+ ){{1,3}}"
    rf"(?:called|named|dubbed) $"
)
_NAMED_SOMETHING = re.compile(
    rf"^[\"']?,? (?:\((?:the |a |an )?)?(?:{_WORKS}|class\b|maru\b|sushi|ramen|hotel & spa)"
    rf"|^[ -](?:maru|class)\b"
    rf"|^[\"']? ?\((?:the |an? )?(?:\w+ )?(?:{_VESSELS}|{_WORKS}|{_QUOTED_ONLY})\b"
    rf"|^[\"']?, (?:an?|the|her|his|our) (?:[\w-]+ ){{0,4}}(?:{_VESSELS}|{_WORKS})\b"
    rf"|^ (?:was|is|were) (?:an?|the) (?:[\w-]+ ){{0,4}}(?:{_VESSELS}|{_WORKS})\b"
    rf"|^ (?:bobtail|strait|channel|trench|vole|shrew)"
)
# what is called after an island elsewhere is written with capitals
_CALLED_AFTER = re.compile(
    r"(?: [A-Z][\w&'-]*+){1,3},? (?:Co\b|Ltd|LLC|Inc\b|Corp|JSC|PLC|GmbH|Holdings?)|"
    r"[\"'’”»]? (?:Hotel|Inn|Street|St\b|Avenue|Caf[eé]|Restaurant|Bar|Lane|Road|Supermarket|Pub|Boulevard|Square|Cup"
    r"|FC\b|Ltd|LLC|Inc\b|Co\b|Corporation|Brewery|Stadium|Cinema|Palace|Plaza|Club|Tower|Maru|Hostel|Apartments|Shop|Vodka|Beer)"
)
# the legal form of a firm stands before its name too
_FIRM = re.compile(r"\b(?:OOO|OAO|ZAO|PAO|AO|JSC|CJSC|OJSC|LLC|FC|Hotel|Hostel|Cafe|Restaurant) [\"'“«]?$")
# a given name before it and an office, an age or a speech after it: a person
_GIVEN_NAME = re.compile(
    r"\b(?!(?:In|On|At|Near|From|To|For|Off|Around|Across|Over|Of|And|But|The|With|Like|Unlike|By|Island) )"
    r"[A-Z][a-z]+ $"
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Capt|Col|Lt|Sgt)\.? (?:[A-Z][\w-]+ )?$")
_OF_A_PERSON = re.compile(
    r"^(?:,? (?:aged? )?\(?\d{1,3}(?=[,.)]|$)| (?:said|told|replied|recalled|explained)\b"
    r"|, (?:an?|his|her|their|who|whose) (?:[\w-]+ ){0,3}?"
    r"(?:\w{2,}(?:tor|ist|ian|man|woman|eer|cher|yer|wyer)|deputy|mp|mayor|minister|officer|chief|head|poet|singer|writer"
    r"|player|painter|soldier|driver|fisher|leader|reporter|manager|student|nurse|coach|chef|boy|girl|child|friend)\b)"
)
_ISLANDS = alternation("iturup, etorofu, kunashir, shikotan, k?habomai")
# "the southern Kuril island of Iturup" speaks of one island
_OF_ONE = re.compile(rf"^(?: islands?| isles?| islets?)?(?: of)? (?:the )?{_ISLANDS}|^(?: islands?| islets?) of ")
_PARTITIVE = re.compile(
    r"\b(?:one|two|three|1|2|3|smallest|largest|biggest|part|some|any) of (?:the |these |those )?(?:four )?$"
)
# "all islands northeast of Hokkaido" are the whole chain
_ALL_OF_THEM = re.compile(r"\ball (?:of )?(?:the )?isl\w+ (?:off|north)")
# "four islands in the Maldives" are others; "in the northern Pacific" may be these. A proper name tells which, and no
# months, which are written like one
_HERE = (
    "North|South|West|East|Far East|Pacific|Kuril|Lesser|Sea of Okhotsk|Hokkaido|Nemuro|Russia|Sakhalin|Japan"
    "|January|February|March|April|May|June|July|August|September|October|November|December"
)
_ELSEWHERE = re.compile(rf"^ (?:in|on|along|of) (?:the )?(?!{_HERE})[A-Z][a-z]")
_SAILS = re.compile(
    r"^[\"']? (?:sailed|docked|anchored|moored|sank|steamed|ran aground|set sail|left port|put to sea"
    r"|was (?:laid down|launched|commissioned|torpedoed|scrapped|towed|refitted))"
)
# a name in quotation marks that needs saying what it is, and is no land
_EXPLAINED = re.compile(
    r"^[\"'],? (?:an?|the|his|her|their) (?!(?:[\w-]+ ){0,4}(?:isl|volcano|village|town|settlement))"
)
_SHIP_IN_SENTENCE = re.compile(rf"\b{_VESSELS}s?\b")

_HABOMAI = re.compile(r"^k?h?abomais?$")
_MAINLAND_AFTER = re.compile(
    r"^-(?:based|born)"
    r"|^(?:'s)? (?:fishing (?!ground|zone|area|water)|fisher(?!y zone)|cooperative|co-op|district|port\b|harbou?r"
    r"|elementary|junior|primary|middle|school|town\b|branch|ward|kelp|kombu|konbu|post office|community|brand"
    r"|sea urchin|saury|salmon fisher|peninsula)"
    r"|^,? (?:a |an |the |in |of |on |is )*(?:\w+ )?(?:part of |area of |district of |town in |community in )?"
    r"(?:the city of )?(?:nemuro|mainland|hokkaido's|hokkaido mainland)"
)
_MAINLAND_BEFORE = re.compile(
    r"(?:nemuro(?: city)?(?:'s|,| -)? |hokkaido's |mainland "
    r"|(?:district|town|port|harbou?r|village|neighbou?rhood|area) of )(?:the )?$"
)
_ISLANDS_BESIDE = re.compile(
    r"^[\"']?,? (?:and|or|&)?,? ?(?:the )?(?:small )?(?:\w+ )?(?:islands?|islets?|group|shikotan)"
)

_QUALIFIED_BEFORE = re.compile(
    r"\b(?:four|disputed|contested|southern|southernmost|south|two|occupied|claimed|(?:japan(?:ese)?|tokyo)-claimed"
    r"|(?:russian?|soviet|moscow)-?(?:held|occupied|controlled|administered|ruled|run|governed|annexed|seized))"
    r"[ ,]++(?:(?:and|of|the|in|islands?|isles|islets|part|end|most|main|russian|pacific|northern|tip|half|portion|far"
    r"|eastern|group|section|-|disputed|four|southern|southernmost)[ ,]*+)*+"
    r"$"
)
# "the southernmost island in the Kurils" says nothing of the others
_OUTERMOST = re.compile(
    r"(?<!four )\b(?:\w{4,5}ernmost|most southerly)(?: and [\w-]+)?(?: (?:isle|island|islet))?,?"
    r" (?:in|of) (?:the )?(?:\w+ )?$"
)
# the two of the declaration of 1956 are the smaller ones
_DECLARATION = any_of(r"\b1956\b, joint declaration, two-island")
_TRANSFER = any_of(r"""
    \bhand(?:s|ed|ing)?\b[^.]{0,40} (?:over|back), \bhandover, \bgiv(?:e|es|en|ing)\b, \bgave\b, \btransfer,
    \bced(?:e|ed|ing)\b, \boffer, \breturn\w*(?! (?:to (?!japan|tokyo)|from|home)), \bget\b, \bback\b,
    would go, \bdeal on, settl\w+ for
    """)
_LARGER_ONES = any_of("iturup, etorofu, kunashir")
_SMALLER_ONES = any_of("shikotan, habomai")
_LARGER = any_of("larger, largest, bigger, biggest, big, large, main, remaining, other")
_QUALIFIED_AFTER = re.compile(
    r"^(?: islands?| chain)?(?:'s?)?[ -](?:territorial |islands? )?"
    r"(?:dispute|issue|question|problem|row\b|standoff|stand-off|controversy|spat\b|feud|quarrel|conflict)"
    r"|^,? ?(?:which |that |and |but )?(?:are |is |were )?(?:long |also |still )?"
    r"(?:(?:claimed|disputed) by (?:japan|tokyo|both)|(?:japan|tokyo) (?:also |still )?(?:claims|calls|considers))"
)
_CONTENDED = re.compile(
    r"\b(?:disput\w*|row|feud|quarrel|wrangl\w*|standoff|stand-off|conflict|spat|sovereignty|tussle|argument)"
    r" (?:\w+ ){0,4}?(?:over|about|around|on|concerning|regarding)(?: \w+){0,3} $"
)
_ISSUE_OF = re.compile(
    r"\b(?:problem|question|issue|status|future|fate|return|transfer|handover|ownership|possession|control) of"
    r"(?: \w+){0,3} $"
)
_AT_ISSUE = any_of(r"""
    territorial, disput, sovereignty, ownership, peace treaty, \bclaim, hand over, handover, protest
    """)
_WHOLE_CHAIN = any_of(r"""
    renounc, \ball (?:of )?(?:the )?kuril, entire, whole, northern kuril, paramushir, shumshu, san francisco,
    yalta, 1875, kamchatka
    """)


def is_excluded(candidate: Candidate) -> bool:
    """Return whether the context shows that the match names something else: a ship, a song, a district of Nemuro."""
    if candidate.entry.kind == "group":
        loose = candidate.entry.requires == "dispute" and (
            _PARTITIVE.search(candidate.before)
            or (candidate.form.startswith("isl") and _ALL_OF_THEM.search(candidate.before + candidate.form))
            or (candidate.form.startswith("four ") and _ELSEWHERE.search(candidate.tail))
        )
        return bool(loose or _OF_ONE.search(candidate.after))
    return (
        bool(_HABOMAI.match(candidate.form) and _mainland(candidate))
        or _is_a_thing(candidate)
        or _is_a_person(candidate)
    )


def is_supported(candidate: Candidate) -> bool:
    """Return whether the context is what a context-dependent form requires to be a mention."""
    if candidate.entry.requires == "qualified":
        return _qualified(candidate)
    if candidate.entry.requires == "territories":
        return _territories(candidate)
    if candidate.entry.requires == "pair":
        return _of_the_declaration(candidate)
    return _of_the_dispute(candidate)


def has_island_context(candidate: Candidate) -> bool:
    """Return whether the sentence or its neighbours speak of the islands or the chain."""
    return bool(_NEAR.search(candidate.nearby))


def is_spoken_of_as_land(candidate: Candidate) -> bool:
    """Return whether an islet's bare name is no person's: it is Japanese, or words of place stand by it."""
    if not (PERSONAL.search(candidate.form) or ORDINARY.search(candidate.form)):
        return True
    return bool(_PLACE_BEFORE.search(candidate.before) or _LAND_AFTER.search(candidate.after))


def looks_like_proper_name(candidate: Candidate) -> bool:
    """Return whether a word that may be an ordinary one is written as a name."""
    return candidate.written[0].isupper()


def _is_a_thing(candidate: Candidate) -> bool:
    if _SOMETHING_NAMED.search(candidate.before) or _NAMED_SOMETHING.search(candidate.after):
        return True
    if _CALLED_AFTER.match(candidate.tail) or _FIRM.search(candidate.lead):
        return True
    if candidate.before.endswith("the ") and _SAILS.search(candidate.after):
        return True
    return candidate.quoted and bool(_SHIP_IN_SENTENCE.search(candidate.sentence) or _EXPLAINED.match(candidate.after))


def _is_a_person(candidate: Candidate) -> bool:
    if _TITLED.search(candidate.lead):
        return True
    return bool(_GIVEN_NAME.search(candidate.lead) and _OF_A_PERSON.match(candidate.after))


def _of_the_dispute(candidate: Candidate) -> bool:
    if _OTHER_DISPUTES.search(candidate.sentence):
        return False
    japan, russia = _JAPAN.search(candidate.nearby), _RUSSIA.search(candidate.nearby)
    if japan and russia:
        return True
    # isles that are called Russian-held are so in this dispute
    if _HELD.match(candidate.form) and not _OTHER_PARTIES.search(candidate.nearby):
        return True
    # one side is enough for "four disputed islands": no other dispute is over four
    if not (japan or russia) or _OTHER_PARTIES.search(candidate.nearby):
        return False
    claimed = _SAID_DISPUTED.search(candidate.form) or _CLAIM_TO.search(candidate.before)
    of_ours = russia or "four" in candidate.before[-6:] + candidate.form or _OF_THE_NORTH.search(candidate.nearby)
    return bool(claimed and of_ours)


def _of_the_declaration(candidate: Candidate) -> bool:
    if _OTHER_DISPUTES.search(candidate.sentence) or _ELSEWHERE.search(candidate.tail):
        return False
    declared = _DECLARATION.search(candidate.nearby)
    japan, russia = _JAPAN.search(candidate.nearby), _RUSSIA.search(candidate.nearby)
    # two of the three
    if bool(japan) + bool(russia) + bool(declared) < 2:  # noqa: PLR2004
        return False
    if _LARGER.search(candidate.before[-10:]):
        return False
    named = candidate.sentence
    if "kunashir" not in candidate.entry.islands and _LARGER_ONES.search(named) and not _SMALLER_ONES.search(named):
        return False
    return bool(declared or _TRANSFER.search(candidate.sentence))


def _mainland(candidate: Candidate) -> bool:
    if _ISLANDS_BESIDE.search(candidate.after):
        return False
    return bool(_MAINLAND_AFTER.search(candidate.after) or _MAINLAND_BEFORE.search(candidate.before))


def _qualified(candidate: Candidate) -> bool:
    if _OUTERMOST.search(candidate.before):
        return False
    if (
        _QUALIFIED_BEFORE.search(candidate.before)
        or _QUALIFIED_AFTER.search(candidate.after)
        or _CONTENDED.search(candidate.before)
    ):
        return not _WHOLE_CHAIN.search(candidate.form + candidate.after[:30])
    if candidate.form in {"kuril", "kurile", "kuril island", "kurile island"} or _WHOLE_CHAIN.search(
        candidate.sentence
    ):
        return False
    if _ISSUE_OF.search(candidate.before) and _JAPAN.search(candidate.nearby):
        return True
    return bool(_JAPAN.search(candidate.sentence) and _AT_ISSUE.search(candidate.sentence))


def _territories(candidate: Candidate) -> bool:
    japan, russia = _JAPAN.search(candidate.nearby), _RUSSIA.search(candidate.nearby)
    if _OTHER_NORTHS.search(candidate.sentence) and not (japan and russia):
        return False
    if candidate.form.endswith("y"):
        return bool(japan and russia)
    return bool(japan) or candidate.written[:1] == "N" or (bool(russia) and candidate.quoted)
