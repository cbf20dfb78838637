"""Which of many findings lie on a place, without looking at all of them each time."""

from bisect import bisect_left
from collections.abc import Sequence

from medvoice.domain.finding import Finding

_FEW = 24


class Overlaps:
    """Answers which of `findings`, a list that may still grow, share a code point with a place. They are
    sorted once; what came later is looked at one by one until it is too much."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = findings
        self._sorted: list[tuple[int, int]] = []
        self._longest = 0
        self._known = 0

    def at(self, start: int, end: int) -> list[Finding]:
        """Those that overlap start..end (code points), in the order of the list."""
        findings = self._findings
        if len(findings) - self._known > max(_FEW, self._known // 4):
            self._sorted = sorted((one.start, number) for number, one in enumerate(findings))
            self._longest = max(one.end - one.start for one in findings)
            self._known = len(findings)
        low = bisect_left(self._sorted, (start - self._longest, -1))
        high = bisect_left(self._sorted, (end, -1))
        numbers = sorted(number for _, number in self._sorted[low:high])
        found = [one for number in numbers if (one := findings[number]).end > start]
        return found + [one for one in findings[self._known :] if one.start < end and start < one.end]
