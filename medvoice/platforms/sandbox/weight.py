"""How long a post is in X's eyes, and what X finds in it (platforms reference 2.8).

A second opinion: written for the practice network from the published rules, with its own short list of
top-level domains. All positions are code points of the text after NFC.
"""

from __future__ import annotations

import re
import unicodedata

MAX_WEIGHT = 280
URL_WEIGHT = 23
MAX_URL = 4096
MAX_LABEL = 63
MAX_SLUG = 40
FORBIDDEN = frozenset("\ufffe\ufeff\uffff")
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))

# All country domains, and the generic ones that people write. `co.uk` and the like end in a country.
_COUNTRIES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bw
by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et eu
fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im
in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md
me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe
pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st
su sv sx sy sz tc td tf tg th tj tk tl tm tn to tp tr tt tv tw tz ua ug uk um us uy uz va vc ve vg vi vn
vu wf ws ye yt za zm zw پاکستان ایران مصر قطر تونس المغرب
الاردن الجزائر سورية فلسطين السعودية امارات عمان 한국 рф 中国
中國 香港 台湾 新加坡 भारत ไทย"""
_GENERIC = """
aero asia biz cat com coop edu gov info int jobs mil mobi museum name net org post pro tel travel xxx
academy actor agency ai app art associates audio auto baby bank bar beauty berlin best bible bid bike bio
black blog blue boston boutique build builders business buzz bzh cafe camera camp capital car cards care
career careers cars casa cash center ceo charity chat cheap christmas church city claims cleaning click
clinic clothing cloud club coach codes coffee college cologne community company computer consulting contact
contractors cooking cool country coupons courses credit creditcard dance data date dating day deals degree
delivery democrat dental dentist design dev diamonds diet digital direct directory discount doctor dog
domains download earth eco education email energy engineer engineering enterprises equipment estate events
exchange expert exposed express fail faith family fan farm fashion film finance financial fish fit fitness
flights florist flowers football forsale foundation fun fund furniture fyi gallery game games garden gay
gift gifts glass global gmbh gold golf google graphics gratis green group guide guru hamburg haus health
healthcare help hiphop holdings holiday horse hospital host hosting hotel house how immo inc industries ink
institute insurance insure international investments irish jetzt juegos kaufen kids kim kitchen koeln land
law lawyer lease legal lgbt life lighting limited limo link live llc loan loans lol london love ltd luxury
management market marketing mba med media memorial men menu miami mobi moda moe mom money monster moscow
motorcycles movie music network new news ngo ninja nyc observer one ong online ooo organic page paris
partners parts party pet pharmacy photo photography photos physio pics pictures pink pizza place plumbing
plus poker press productions promo properties property protection pub qpon quebec racing recipes red rehab
reise reisen rent rentals repair report republican rest restaurant review reviews rich rip rocks rodeo rugby
ruhr run saarland sale salon save school schule science scot security select services sexy shoes shop
shopping show site ski soccer social software solar solutions space spa sport storage store stream studio
study style sucks supplies supply support surf surgery systems tattoo tax taxi team tech technology tennis
theater tickets tienda tips tires today tools top tours town toys trade trading training tube university uno
vacations vegas ventures versicherung vet viajes video villas vin vip vision vodka vote voting voyage wales
wang watch webcam website wedding wien wiki win wine work works world wtf xyz yachts yoga zone онлайн сайт
орг みんな 公司 网络 网址 在线 コム 닷컴"""
_TLDS = sorted(set((_COUNTRIES + _GENERIC).split()), key=len, reverse=True)

_ACCENTS = "À-ÖØ-öø-ÿĀ-ɏɓɔɖɗəɛɣɨɯɲʉʋʻ\u0300-\u036fḀ-ỿ"
_TLD = rf"(?:(?:{'|'.join(_TLDS)}|xn--[-0-9a-z]+)(?![0-9A-Za-z@+-]))"
_HOST_CHAR = r"[^\s!-/:-@\[-`{-~\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f\uff00-\uffef]"
_WIDE_HOST = rf"(?:{_HOST_CHAR}(?:[_-]|{_HOST_CHAR})*\.)*(?:{_HOST_CHAR}(?:-|{_HOST_CHAR})*\.){_TLD}"
_ASCII_HOST = rf"(?:[-0-9A-Za-z{_ACCENTS}]+\.)+{_TLD}"
_PATH_CHAR = rf"[a-zA-Z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_ACCENTS}]"
_PARENS = rf"\((?:{_PATH_CHAR}+|{_PATH_CHAR}*\({_PATH_CHAR}+\){_PATH_CHAR}*)\)"
_PATH_END = rf"(?:[+\-a-zA-Z\u0400-\u04ff0-9=_#/{_ACCENTS}]|{_PARENS})"
_PATH = rf"(?:/(?:{_PATH_CHAR}*(?:{_PARENS}{_PATH_CHAR}*)*{_PATH_END}|@{_PATH_CHAR}+/)?)?"
_QUERY = r"(?:\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-zA-Z0-9\-_&=#/])?"
_TAIL = rf"(?::[0-9]+)?{_PATH}{_QUERY}"
_URL = re.compile(
    rf"(?<![A-Za-z0-9@＠$#＃])https?://{_WIDE_HOST}{_TAIL}"
    rf"|(?<![A-Za-z0-9@＠$#＃\-_./{_ACCENTS}]){_ASCII_HOST}{_TAIL}",
    re.IGNORECASE,
)
_T_CO = re.compile(r"https?://t\.co/([a-z0-9]+)", re.IGNORECASE)
_CASHTAG = re.compile(
    r"(?:^|(?<=[\s\u200e\u200f\u202a-\u202e]))\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?=$|\s|[!-/:-@\[-`{-~])"
)
_MENTION = re.compile(r"(?<![A-Za-z0-9_!#$%&*@＠])[@＠]([A-Za-z0-9_]{1,20})(?![A-Za-z0-9_@＠])")

_PICTURE = (
    "[\u203c\u2049\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa\u24c2"
    "\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d\u2620\u2622\u2623"
    "\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b"
    "\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4"
    "\u26c5\u26c8\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705"
    "\u2708-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755"
    "\u2757\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030"
    "\u303d\u3297\u3299\U0001f004\U0001f0cf\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e"
    "\U0001f191-\U0001f19a\U0001f201\U0001f202\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f250\U0001f251"
    "\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f9ff"
    "\U0001fa70-\U0001faff]"
)
_ONE = rf"(?:{_PICTURE}(?:\ufe0f|(?!\ufe0e))[\U0001f3fb-\U0001f3ff]?|[\u00a9\u00ae\u2122]\ufe0f)"
_TAGS = "(?:[\U000e0020-\U000e007e]+\U000e007f)?"
_EMOJI = re.compile(rf"[#*0-9]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{{2}}|{_ONE}(?:\u200d{_ONE})*{_TAGS}")


def find_urls(text: str) -> list[tuple[int, int]]:
    """Where X sees web addresses, with or without a protocol, as (start, end)."""
    found: list[tuple[int, int]] = []
    for match in _URL.finditer(text):
        start, end = match.span()
        short = _T_CO.match(text, start)
        if short:
            end = short.end()
        is_good = len(short.group(1)) <= MAX_SLUG if short else _is_host(match.group())
        if is_good and end - start <= MAX_URL:
            found.append((start, end))
    return found


def _is_host(url: str) -> bool:
    """Whether every label of the host could be one in the DNS: at most 63 characters as punycode."""
    host = re.split(r"[/?:]", url.split("://")[-1], maxsplit=1)[0]
    for label in host.split("."):
        if not label or label[-1] in "-_" or (label.lower().startswith("xn--") and not label.isascii()):
            return False
        coded = label if label.isascii() else "xn--" + label.lower().encode("punycode").decode("ascii")
        if len(coded) > MAX_LABEL:
            return False
    return True


def find_cashtags(text: str) -> list[str]:
    """The cashtags, with their sign."""
    return [match.group() for match in _CASHTAG.finditer(text)]


def find_mentions(text: str) -> list[str]:
    """The mentioned user names, lower case, without the sign."""
    return [match.group(1).lower() for match in _MENTION.finditer(text)]


def weigh(text: str) -> int:
    """The weighted length of `text`: 23 for each address, 2 for each emoji, else 1 or 2 by range."""
    text = unicodedata.normalize("NFC", text)
    total = at = 0
    for start, end in [*find_urls(text), (len(text), len(text))]:
        total += _weigh_plain(text[at:start])
        total += URL_WEIGHT if end > start else 0
        at = end
    return total


def _weigh_plain(text: str) -> int:
    total = at = 0
    for match in _EMOJI.finditer(text):
        total += sum(map(_weigh_character, text[at : match.start()])) + 2
        at = match.end()
    return total + sum(map(_weigh_character, text[at:]))


def _weigh_character(character: str) -> int:
    point = ord(character)
    return 1 if any(low <= point <= high for low, high in _LIGHT) else 2
