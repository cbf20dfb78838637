"""Which sentence says, on a channel, whose view a post is: the person's own, or one that the rules offer."""

from collections.abc import Sequence

from medvoice.compliance.disclaimer import sentence_for
from medvoice.domain.profile import Profile

# A post on X has 280 characters; a longer sentence of the person's own gives way to the short form there.
LONGEST_ON_X = 60


def sentence_on(channel: str, profile: Profile, regions: Sequence[str] = ()) -> str:
    """The sentence for a post on `channel` to `regions` (the profile's when empty). Pure."""
    own = profile.disclosure.strip()
    if own and (channel != "x" or len(own) <= LONGEST_ON_X):
        return own
    return sentence_for(
        channel, profile.employer, profile.role, tuple(regions) or profile.regions, channel == "x"
    )
