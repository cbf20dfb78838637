"""Scripted faults: what shall go wrong on which route, how many times."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Any

KINDS = (
    "delay_before",  # wait delay_s, then act and answer
    "delay_after",  # act, wait delay_s, then answer
    "drop_before",  # close the socket without acting
    "drop_after",  # act, then close the socket without an answer
    "status_before",  # answer `status` without acting
    "status_after",  # act, then answer `status`
    "truncate",  # act, announce more bytes than are sent, close
    "garble",  # act, answer the right status with an HTML page and no id
    "no_id",  # act, answer without the header that carries the id (LinkedIn)
    "rate_limit",  # answer 429 without acting; `capped` for X's usage cap
    "revoked",  # answer 401 without acting
    "redirect",  # answer a redirect to a trap that logs who comes
)
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `kind` is one of KINDS.

    `count` calls are hit, after `skip` calls went through untouched. `delay_s` is spent before the act
    for kinds that never act or act late, after the act for the others; it may go with every kind.
    Raises ValueError for values that make no sense.
    """

    kind: str
    count: int = 1
    delay_s: float = 0.0
    status: int = 0
    skip: int = 0
    capped: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind {self.kind!r}; one of {', '.join(KINDS)}")
        if self.count < 1 or self.skip < 0 or not 0 <= self.delay_s <= 600:
            raise ValueError("count >= 1, skip >= 0 and 0 <= delay_s <= 600 are needed")
        if self.kind.startswith("status_") and not 400 <= self.code <= 599:
            raise ValueError("status must be 400..599")
        if self.kind == "redirect" and self.code not in REDIRECTS:
            raise ValueError(f"status must be one of {REDIRECTS}")

    @property
    def code(self) -> int:
        """The HTTP status to answer with: `status`, or what is usual for the kind."""
        usual = {"redirect": 307, "rate_limit": 429, "revoked": 401}
        return self.status or usual.get(self.kind, 500)

    @property
    def acts(self) -> bool:
        """Whether the request still has its effect."""
        return self.kind in ("delay_before", "delay_after", "drop_after", "status_after") or (
            self.kind in ("truncate", "garble", "no_id")
        )

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Fault:
        """From a control request. Raises ValueError for unknown names and wrong types."""
        types = {"kind": str, "count": int, "delay_s": float, "status": int, "skip": int, "capped": bool}
        for name, given in value.items():
            if name not in types:
                raise ValueError(f"unknown field {name!r}")
            allowed = (int, float) if types[name] is float else (types[name],)
            if not isinstance(given, allowed) or (isinstance(given, bool) and types[name] is not bool):
                raise ValueError(f"{name} must be {types[name].__name__}")
        if "kind" not in value:
            raise ValueError("kind is needed")
        return cls(**value)


class FaultScript:
    """The queue of faults per route. Safe to call from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: dict[str, list[Fault]] = {}

    def add(self, route: str, fault: Fault) -> None:
        """Put `fault` behind what is already queued for `route`."""
        with self._lock:
            self._queues.setdefault(route, []).append(fault)

    def take(self, route: str) -> Fault | None:
        """What shall happen to the call that just came in on `route`; counts it."""
        with self._lock:
            queue = self._queues.get(route)
            if not queue:
                return None
            head = queue[0]
            if head.skip:
                queue[0] = replace(head, skip=head.skip - 1)
                return None
            if head.count == 1:
                queue.pop(0)
            else:
                queue[0] = replace(head, count=head.count - 1)
            return head

    def clear(self) -> None:
        """Forget all faults."""
        with self._lock:
            self._queues.clear()

    def waiting(self) -> dict[str, int]:
        """How many calls are still to be hit, per route."""
        with self._lock:
            return {route: sum(f.count for f in queue) for route, queue in self._queues.items() if queue}
