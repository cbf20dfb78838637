"""What a use case touched, as a value: the window tells its models, nobody subscribes to services."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of what was added, changed or removed."""

    drafts: frozenset[str] = frozenset()
    deliveries: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    is_profile: bool = False

    @classmethod
    def of(
        cls,
        *,
        drafts: Iterable[str] = (),
        deliveries: Iterable[str] = (),
        accounts: Iterable[str] = (),
        topics: Iterable[str] = (),
        is_profile: bool = False,
    ) -> "Changes":
        """From any iterables of ids."""
        return cls(
            frozenset(drafts), frozenset(deliveries), frozenset(accounts), frozenset(topics), is_profile
        )

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.drafts | other.drafts,
            self.deliveries | other.deliveries,
            self.accounts | other.accounts,
            self.topics | other.topics,
            self.is_profile or other.is_profile,
        )

    def __bool__(self) -> bool:
        return bool(self.drafts or self.deliveries or self.accounts or self.topics or self.is_profile)
