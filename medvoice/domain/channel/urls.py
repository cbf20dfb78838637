"""Finds what X takes for a link, by the rules published with twitter-text 3.

A link costs 23 whatever its length, so this decides what a post weighs. `example.com` in a sentence is a
link; without `http` only ASCII (and accented Latin) hosts are. The reference states its rules as one large
regular expression with every top-level domain in it; this is the same set of decisions, taken from each dot
outwards, in time linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import charset
from .span import Span
from .tlds import TLDS

MAX_URL_LENGTH = 4096
MAX_TCO_SLUG_LENGTH = 40
MAX_LABEL_LENGTH = 63
# Added where no protocol is written, for MAX_URL_LENGTH.
_DEFAULT_PROTOCOL = "https://"

_HOST_RUN = re.compile(f"[^{charset.NOT_IN_HOST}]+")
_STOPS_HOST = frozenset(
    char
    for char in map(chr, (*range(0x100), 0x61C, 0x1680, 0x180E, *range(0x2000, 0x2070), 0x3000))
    if not _HOST_RUN.match(char)
) | frozenset(charset.INVALID)
_MAY_PRECEDE = re.compile(f"[^A-Za-z0-9@＠$#＃{charset.INVALID}]")
_ASCII_WORD = re.compile("[a-zA-Z]+")
_GLUES_TO_TLD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@+-")
_PUNYCODE_TLD = re.compile("[xX][nN]--[-0-9a-zA-Z]+")
_PROTOCOL_BEFORE = re.compile("[hH][tT][tT][pP][sS]?://$")
_ASCII_LABELS = re.compile(rf"(?:[-a-zA-Z0-9{charset.LATIN_ACCENTS_ANY_CASE}]+\.)+")
_PORT = re.compile(":[0-9]+")
_P = charset.URL_PATH
# A run of path characters, or a pair of brackets with one more pair inside at most.
_PATH_PIECE = re.compile(rf"[{_P}]++|\((?:[{_P}]++|[{_P}]*+\([{_P}]++\)[{_P}]*+)\)")
_QUERY = re.compile(rf"\?[{charset.URL_QUERY}]++")
_TCO = re.compile(r"[hH][tT][tT][pP][sS]?://[tT]\.[cC][oO]/([a-zA-Z0-9]+)")
# A full stop of another script separates labels too when a host is encoded (RFC 3490).
_OTHER_DOTS = re.compile("[\u3002\uff0e\uff61]")


def _by_first_letter() -> dict[str, tuple[str, ...]]:
    """The names with a non-ASCII letter by their first one, longest first."""
    table: dict[str, list[str]] = {}
    for name in sorted(TLDS, key=lambda name: (-len(name), name)):
        if not name.isascii():
            table.setdefault(name[0], []).append(name)
    return {letter: tuple(names) for letter, names in table.items()}


_INTERNATIONAL_TLDS = _by_first_letter()


@dataclass(slots=True)
class _Host:
    """One dotted run of host characters. `starts[i]` is where label i begins, `ends[i]` where it stops.

    `low_lines[i]` is its last low line, -1 for none; `tld_ends[i]` is where the top-level domain after its
    dot ends, 0 for none; `reach[i]` is the last label that a host beginning with the whole label i can end
    on, -1 for none.
    """

    starts: list[int]
    ends: list[int]
    low_lines: list[int]
    tld_ends: list[int]
    reach: list[int]


def _tld_end(text: str, start: int) -> int:
    """Where the top-level domain at `start` ends, 0 when there is none. Letters right after it void it."""
    letter = text[start : start + 1].lower()
    for name in _INTERNATIONAL_TLDS.get(letter, ()):
        end = start + len(name)
        if text[start:end].lower() == name and text[end : end + 1] not in _GLUES_TO_TLD:
            return end
    word = _ASCII_WORD.match(text, start)
    if word:
        end = word.end()
        if word.group().lower() in TLDS and text[end : end + 1] not in _GLUES_TO_TLD:
            return end
        punycode = _PUNYCODE_TLD.match(text, start)
        if punycode:
            return punycode.end()
    return 0


def _host(text: str, start: int, end: int) -> _Host:
    """Splits the run at its dots and finds, right to left, how far a host can reach from each label."""
    starts: list[int] = []
    ends: list[int] = []
    position = start
    while position <= end:
        dot = text.find(".", position, end)
        stop = end if dot < 0 else dot
        starts.append(position)
        ends.append(stop)
        position = stop + 1
    count = len(starts)
    low_lines = [text.rfind("_", left, right) for left, right in zip(starts, ends, strict=True)]
    tld_ends = [_tld_end(text, stop + 1) if stop < end else 0 for stop in ends]
    reach = [-1] * (count + 1)
    for index in range(count - 1, -1, -1):
        left, right = starts[index], ends[index]
        if left == right or text[left] in "-_" or text[right - 1] in "-_":
            continue
        if reach[index + 1] >= 0:
            reach[index] = reach[index + 1]
        elif tld_ends[index] and low_lines[index] < 0:
            reach[index] = index
    return _Host(starts, ends, low_lines, tld_ends, reach)


def _last_label(text: str, host: _Host, label: int, start: int) -> int:
    """The last label of the longest host that begins at `start` inside `label`; -1 when none does."""
    right = host.ends[label]
    if start < host.starts[label] or start >= right or text[start] in "-_" or text[right - 1] in "-_":
        return -1
    if host.reach[label + 1] >= 0:
        return host.reach[label + 1]
    # The label right before the top-level domain holds no low line.
    return label if host.tld_ends[label] and host.low_lines[label] < start else -1


def _encoded_length(label: str) -> int:
    """The length of one label as the domain name system stores it."""
    if label.isascii():
        return len(label)
    if len(label) > MAX_LABEL_LENGTH:
        return len(label)
    parts = _OTHER_DOTS.split(label)
    lengths = (len(part) if part.isascii() else 4 + len(part.encode("punycode")) for part in parts)
    return sum(lengths) + len(parts) - 1


def _is_host_possible(host: str) -> bool:
    """Whether every label fits the domain name system."""
    if not all(0 < _encoded_length(label) <= MAX_LABEL_LENGTH for label in host.split(".")):
        return False
    return not host.startswith("xn--") or bool(_ascii_hosts(host))


def _ascii_hosts(host: str) -> list[Span]:
    """The ASCII and accented Latin hosts inside a host, which count even where no protocol is written."""
    found: list[Span] = []
    position = 0
    while labels := _ASCII_LABELS.search(host, position):
        position = labels.end()
        dot = labels.end() - 1
        while dot >= 0:
            if end := _tld_end(host, dot + 1):
                found.append(Span(labels.start(), end))
                position = max(end, labels.start() + 1)
                break
            dot = host.rfind(".", labels.start(), dot)
    return found


def _utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _path_end(text: str, start: int) -> int:
    """Where a path ends that begins with the slash at `start`: no stop, comma or loose bracket at its end."""
    end = position = start + 1
    while piece := _PATH_PIECE.match(text, position):
        position = piece.end()
        if text[piece.start()] == "(":
            if piece.start() == end:
                end = position
        elif kept := len(piece.group().rstrip(charset.NOT_AT_PATH_END)):
            end = piece.start() + kept
    return end


def _tail_end(text: str, position: int) -> tuple[int, bool]:
    """Where port, path and query end that follow a host ending at `position`, and whether there is a path."""
    if port := _PORT.match(text, position):
        position = port.end()
    has_path = False
    if text.startswith("/", position):
        position = _path_end(text, position)
        has_path = True
    if query := _QUERY.match(text, position):
        kept = len(query.group().rstrip(charset.NOT_AT_QUERY_END))
        if kept > 1:
            position += kept
    return position, has_path


def _links_at(text: str, start: int, host_start: int, host_end: int) -> tuple[list[Span], int]:
    """The links in a match whose host is known, and where the match ends.

    `start` is before `host_start` when a protocol is written.
    """
    host = text[host_start:host_end]
    end, has_path = _tail_end(text, host_end)
    url = text[start:end]
    protocol = text[start:host_start]
    if _utf16_length(url) + len(protocol or _DEFAULT_PROTOCOL) > MAX_URL_LENGTH or not _is_host_possible(
        host
    ):
        return [], end
    if protocol:
        tco = _TCO.match(url)
        if tco is None:
            return [Span(start, end)], end
        if len(tco.group(1)) > MAX_TCO_SLUG_LENGTH:
            return [], end
        # X's own short links end with their slug and query; what is glued to them is text.
        query = _QUERY.match(url, tco.end())
        kept = len(query.group().rstrip(charset.NOT_AT_QUERY_END)) if query else 0
        return [Span(start, start + tco.end() + (kept if kept > 1 else 0))], end
    if start > 0 and text[start - 1] in "-_./":
        return [], end
    links = [Span(host_start + span.start, host_start + span.end) for span in _ascii_hosts(host)]
    if links and has_path:
        links[-1] = Span(links[-1].start, end)
    return links, end


def _run_start(text: str, dot: int, floor: int) -> int:
    """The start of the run of host characters that holds the dot, not before `floor`."""
    start = dot
    while start > floor and text[start - 1] not in _STOPS_HOST:
        start -= 1
    return start


def _candidates(text: str, start: int, end: int, floor: int) -> Iterator[tuple[int, int]]:
    """Where a match may begin, as (start of the match, start of the host), in the order of the reference.

    What precedes a link must not belong to another match, so it stands at `floor` or later.
    """
    opening = text[max(0, start - len("https://")) : start]
    protocol = _PROTOCOL_BEFORE.search(opening)
    if protocol:
        begin = start - len(protocol.group())
        if begin == 0 or (begin > floor and _MAY_PRECEDE.match(text, begin - 1)):
            yield begin, start
    if start == 0:
        # At the very start the reference first tries to take one character as what precedes the link.
        if _MAY_PRECEDE.match(text, 0):
            yield 1, 1
        yield 0, 0
    for before in _MAY_PRECEDE.finditer(text, max(floor, start - 1), end):
        yield before.end(), before.end()


def _links_in_run(text: str, start: int, end: int, floor: int) -> tuple[list[Span], int]:
    """The links that begin in, or with a protocol right before, one run; and where the last match ends.

    `floor` is where the match before it ended. A match that makes no link is passed over as a whole.
    """
    host = _host(text, start, end)
    found: list[Span] = []
    label = 0
    for begin, host_start in _candidates(text, start, end, floor):
        if max(begin - 1, 0) < floor:
            continue
        while label < len(host.ends) - 1 and host.ends[label] < host_start:
            label += 1
        last = _last_label(text, host, label, host_start)
        if last < 0:
            continue
        links, floor = _links_at(text, begin, host_start, host.tld_ends[last])
        found += links
    return found, floor


def urls(text: str) -> tuple[Span, ...]:
    """The links in a text, in order, in code points. Linear in the length of the text; never raises."""
    found: list[Span] = []
    floor = 0
    dot = text.find(".")
    while dot >= 0:
        if not _tld_end(text, dot + 1):
            dot = text.find(".", dot + 1)
            continue
        start = _run_start(text, dot, floor)
        run = _HOST_RUN.match(text, dot)
        end = run.end() if run else dot + 1
        links, floor = _links_in_run(text, start, end, floor)
        found += links
        dot = text.find(".", max(floor, end))
    return tuple(found)
