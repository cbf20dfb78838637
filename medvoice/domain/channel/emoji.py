"""Which runs of code points are one emoji.

Facts of Unicode Technical Standard 51 with the emoji of Unicode 18.0, looked up on 2026-11-24 in the PyPI
package emoji 2.16.0, and X's own choice (twemoji-parser 11.0.2) of which signs become emoji by U+FE0F.
Only clusters of two or more code points are of interest here: for X a single emoji weighs as much as any
other sign of its range.
"""

import re
from functools import lru_cache

from .span import Span

JOINER = "\u200d"
EMOJI_STYLE = "\ufe0f"
SKIN_TONES = "\U0001f3fb-\U0001f3ff"

# Signs that U+FE0F turns into an emoji, or that may carry it.
_STYLED = (
    "A9 AE 203C 2049 2122 2139 2194-2199 21A9-21AA 231A-231B 2328 23CF 23ED-23EF 23F1-23F2 23F8-23FA 24C2 "
    "25AA-25AB 25B6 25C0 25FB-25FE 2600-2604 260E 2611 2614-2615 2618 261D 2620 2622-2623 2626 262A "
    "262E-262F 2638-263A 2640 2642 2648-2653 265F-2660 2663 2665-2666 2668 267B 267E-267F 2692-2697 2699 "
    "269B-269C 26A0-26A1 26A7 26AA-26AB 26B0-26B1 26BD-26BE 26C4-26C5 26C8 26CF 26D1 26D3-26D4 26E9-26EA "
    "26F0-26F5 26F7-26FA 26FD 2702 2708-2709 270C-270D 270F 2712 2714 2716 271D 2721 2733-2734 2744 2747 "
    "2757 2763-2764 27A1 2934-2935 2B05-2B07 2B1B-2B1C 2B50 2B55 3030 303D 3297 3299 1F004 1F170-1F171 "
    "1F17E-1F17F 1F202 1F21A 1F22F 1F237 1F321 1F324-1F32C 1F336 1F37D 1F396-1F397 1F399-1F39B "
    "1F39E-1F39F 1F3CB-1F3CE 1F3D4-1F3DF 1F3F3 1F3F5 1F3F7 1F43F 1F441 1F4FD 1F549-1F54A 1F56F-1F570 "
    "1F573-1F579 1F587 1F58A-1F58D 1F590 1F5A5 1F5A8 1F5B1-1F5B2 1F5BC 1F5C2-1F5C4 1F5D1-1F5D3 "
    "1F5DC-1F5DE 1F5E1 1F5E3 1F5E8 1F5EF 1F5F3 1F5FA 1F6CB 1F6CD-1F6CF 1F6E0-1F6E5 1F6E9 1F6F0 1F6F3"
)
# Emoji_Modifier_Base: what takes a skin tone.
_TONED = (
    "261D 26F9 270A-270D 1F385 1F3C2-1F3C4 1F3C7 1F3CA-1F3CC 1F442-1F443 1F446-1F450 1F466-1F469 1F46B-1F478 "
    "1F47C 1F481-1F483 1F485-1F487 1F48F 1F491 1F4AA 1F574-1F575 1F57A 1F590 1F595-1F596 1F645-1F647 "
    "1F64B-1F64F 1F6A3 1F6B4-1F6B6 1F6C0 1F6CC 1F90C 1F90F 1F918-1F91F 1F926 1F930-1F939 1F93C-1F93E 1F977 "
    "1F9B5-1F9B6 1F9B8-1F9B9 1F9BB 1F9CD-1F9CF 1F9D1-1F9DD 1FAC3-1FAC5 1FAF0-1FAFA"
)
# The country flags: first letter, then every second letter that makes one.
_FLAGS = (
    "ACDEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNOPQRUVWXYZ DEGJKMOZ EACEGHRSTU FIJKMOR "
    "GABDEFGHILMNPQRSTUWY HKMNRTU ICDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ "
    "NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ TACDFGHJKLMNORTVWZ UAGMNSYZ VACEGINU "
    "WFS XK YET ZAMW"
)
# Joined sequences, without tones and U+FE0F. Each line: what may come first, and what may be joined to it.
_GENDERED = (
    "⛹🏃🏄🏊🏋🏌👮👯👰👱👳👷💁💂💆💇🕵🙅🙆🙇🙋🙍🙎🚣🚴🚵🚶🤦🤵🤷🤸🤹🤼🤽🤾🦸🦹🧍🧎🧏🧔🧖🧗🧘🧙🧚🧛🧜🧝🧞🧟"
)
_PEOPLE = "👨👩🧑"
_ROLES = "⚕⚖✈🌾🍳🍼🎓🎤🎨🏫🏭💻💼🔧🔬🚀🚒🦯🦰🦱🦲🦳🦼🦽"
_PAIRS = (
    "🏃➡ 🚶➡ 🧎➡ ❤🔥 ❤🩹 🐦🔥 🐈⬛ 🐦⬛ ⛓💥 🧑🎄 😶🌫 "
    "🫱🫲 🏳⚧ 😮💨 🙂↕ 🙂↔ 🐻❄ 🍋🟩 😵💫 👁🗨 🏳🌈 🧑🩰 🏴☠ 🐕🦺 🍄🟫"
)
_LONGER = "🏃♀➡ 🏃♂➡ 🚶♀➡ 🚶♂➡ 🧎♀➡ 🧎♂➡ 👨🦯➡ 👨🦼➡ 👨🦽➡ 👩🦯➡ 👩🦼➡ 👩🦽➡ 🧑🦯➡ 🧑🦼➡ 🧑🦽➡"
_FAMILIES = (
    "👨👦 👨👦👦 👨👧 👨👧👦 👨👧👧 👨👨👦 👨👨👦👦 👨👨👧 👨👨👧👦 👨👨👧👧 👨👩👦 👨👩👦👦 "
    "👨👩👧 👨👩👧👦 👨👩👧👧 👩👦 👩👦👦 👩👧 👩👧👦 👩👧👧 👩👩👦 👩👩👦👦 👩👩👧 👩👩👧👦 "
    "👩👩👧👧 🧑🧒 🧑🧒🧒 🧑🧑🧒 🧑🧑🧒🧒"
)
_COUPLES = (
    "👨❤👨 👩❤👨 👩❤👩 🧑❤🧑 👨❤💋👨 👩❤💋👨 👩❤💋👩 🧑❤💋🧑 👨🤝👨 👩🤝👨 👩🤝👩 🧑🤝🧑 "
    "👨🐰👨 👩🐰👩 🧑🐰🧑 👨\U0001faef👨 👩\U0001faef👩 🧑\U0001faef🧑"
)


def _class(ranges: str) -> str:
    """The inside of a character class from hexadecimal ranges."""
    bounds = (item.split("-") for item in ranges.split())
    return "".join("-".join(chr(int(bound, 16)) for bound in pair) for pair in bounds)


def _flag(letter: str) -> str:
    return chr(0x1F1E6 + ord(letter) - ord("A"))


_JOINED = frozenset(
    [first + sign for first in _GENDERED for sign in "♀♂"]
    + [person + role for person in _PEOPLE for role in _ROLES]
    + f"{_PAIRS} {_LONGER} {_FAMILIES} {_COUPLES}".split()
)
# Unicode lists no families with skin tones: those are shown, and counted, person by person.
_TONELESS = frozenset(_FAMILIES.split())

_TONED_CLASS = _class(_TONED)
_STYLED_CLASS = _class(_STYLED)
_MEMBERS = "".join(sorted(set("".join(_JOINED))))
# U+FE0F only after what it can change.
_MEMBER = f"(?:[{_MEMBERS}]{EMOJI_STYLE}(?<=[{_STYLED_CLASS}]{EMOJI_STYLE})|[{_MEMBERS}])[{SKIN_TONES}]?"
_CHAIN = re.compile(f"{_MEMBER}(?:{JOINER}{_MEMBER}){{1,3}}")  # no known sequence is longer
_SINGLE = re.compile(
    "|".join(
        (
            f"[{_TONED_CLASS}]{EMOJI_STYLE}?[{SKIN_TONES}]",
            f"[{_STYLED_CLASS}]{EMOJI_STYLE}",
            f"[#*0-9]{EMOJI_STYLE}?\u20e3",
            *(f"{_flag(row[0])}[{''.join(map(_flag, row[1:]))}]" for row in _FLAGS.split()),
            # England, Scotland, Wales: a black flag spelled out in tags.
            "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
            "|\U000e0077\U000e006c\U000e0073)\U000e007f",
        )
    )
)
# Every cluster has one of these; most texts hold none.
_TELLING = re.compile(f"[{JOINER}{EMOJI_STYLE}\u20e3{SKIN_TONES}\U0001f1e6-\U0001f1ff\U000e0020-\U000e007f]")
_DECORATION = re.compile(f"[{EMOJI_STYLE}{SKIN_TONES}]")
_TONE = re.compile(f"[{SKIN_TONES}]")


@lru_cache(maxsize=2048)
def _joined_length(chain: str) -> int:
    """The length of the longest known joined sequence that `chain` begins with; 0 when there is none."""
    members = chain.split(JOINER)
    for count in range(len(members), 1, -1):
        head = members[:count]
        bare = "".join(_DECORATION.sub("", member) for member in head)
        if bare in _JOINED and not (bare in _TONELESS and any(map(_TONE.search, head))):
            return sum(map(len, head)) + count - 1
    return 0


def _cluster_end(text: str, start: int) -> int:
    """Where the cluster that begins at `start` ends; `start` when none begins there."""
    chain = _CHAIN.match(text, start)
    if chain and (length := _joined_length(chain.group())):
        return start + length
    single = _SINGLE.match(text, start)
    return single.end() if single else start


def clusters(text: str) -> tuple[Span, ...]:
    """The emoji of two or more code points, in order: tones, flags, keycaps, joined families and trades."""
    found: list[Span] = []
    position = 0
    while sign := _TELLING.search(text, position):
        at = sign.start()
        # A flag begins with its telling sign, every other cluster right before it.
        for start in (at - 1, at):
            if start >= position and (end := _cluster_end(text, start)) > start:
                found.append(Span(start, end))
                position = end
                break
        else:
            position = at + 1
    return tuple(found)
