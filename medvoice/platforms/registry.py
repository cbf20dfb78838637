"""The list of channels, in code: one line and one folder each.

Nothing heavy is imported until a channel is asked for, so that the window's first paint does not wait.
"""

from dataclasses import dataclass

from medvoice.domain.account import Route
from medvoice.domain.clock import Clock, SystemClock
from medvoice.domain.errors import UserError
from medvoice.services.ports import Publisher


@dataclass(frozen=True, slots=True)
class ChannelEntry:
    """One channel. `routes` in the order in which they are offered; `has_threads`: a text may be split."""

    network: str
    name: str
    routes: tuple[Route, ...]
    has_threads: bool
    needs_client_secret: bool


CHANNELS = (
    ChannelEntry("linkedin", "LinkedIn", ("by_hand", "oauth"), has_threads=False, needs_client_secret=True),
    ChannelEntry("x", "X", ("oauth", "by_hand"), has_threads=True, needs_client_secret=False),
)


def channel(network: str) -> ChannelEntry:
    """The entry of that network. Raises UserError `channel_unknown`."""
    for entry in CHANNELS:
        if entry.network == network:
            return entry
    raise UserError("channel_unknown", channel=network)


def publisher_for(
    network: str, route: Route, *, clock: Clock | None = None, linkedin_version: str = ""
) -> Publisher:
    """The way posts reach `network` by `route`. `clock` is the workspace's; `linkedin_version` ("" for the
    default) comes from the settings. Raises UserError `channel_unknown`."""
    channel(network)
    if route == "by_hand":
        from medvoice.platforms.by_hand.publisher import ByHandPublisher

        return ByHandPublisher(network)
    if network == "linkedin":
        from medvoice.platforms.linkedin.publisher import LinkedInPublisher
        from medvoice.platforms.linkedin.versions import DEFAULT_VERSION

        return LinkedInPublisher(api_version=linkedin_version or DEFAULT_VERSION)
    from medvoice.platforms.x.publisher import XPublisher

    return XPublisher(clock=clock or SystemClock())
