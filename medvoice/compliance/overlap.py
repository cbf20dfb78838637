"""Which of many findings lie on a place, without looking at all of them each time."""

from bisect import bisect_left
from collections.abc import Sequence

from medvoice.domain.finding import Finding

_FEW = 24
_SHORT = 60  # code points


class Overlaps:
    """Answers which of `findings`, a list that may still grow, share a code point with a place. They are
    sorted once; what came later is looked at one by one until it is too much."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = findings
        self._short: list[tuple[int, int]] = []
        self._long: list[int] = []
        self._known = 0

    def at(self, start: int, end: int) -> list[Finding]:
        """Those that overlap start..end (code points), in the order of the list."""
        findings = self._findings
        if len(findings) - self._known > max(_FEW, self._known // 4):
            self._sort()
        low = bisect_left(self._short, (start - _SHORT, -1))
        high = bisect_left(self._short, (end, -1), low)
        numbers = sorted([*self._long, *[number for _, number in self._short[low:high]]])
        found = [findings[number] for number in numbers]
        found += findings[self._known :]
        return [one for one in found if one.start < end and start < one.end]

    def _sort(self) -> None:
        self._known = len(self._findings)
        self._short, self._long = [], []
        for number, one in enumerate(self._findings):
            if one.end - one.start <= _SHORT:
                self._short.append((one.start, number))
            else:
                self._long.append(number)
        self._short.sort()
