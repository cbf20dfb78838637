"""Personal-view sentences on offer (compliance reference, section 5). What is recognised as one is the packs'
class `disclaimer`.

The sentences say nothing about a product and name the employer only when the profile does. Their source is
core/disclaimers.toml; OFFERED repeats its English ones for those who hold no rules (a test compares them).
"""

from collections.abc import Sequence

from medvoice.compliance.spec import SentenceSpec

_PERSONAL = "These are my personal views and not those of my employer."
OFFERED = (
    SentenceSpec(
        "en-short", "en", True, "linkedin", "Views are my own.", "I work at {employer}; views my own."
    ),
    SentenceSpec(
        "en-long", "en", False, "linkedin", _PERSONAL, f"I work in {{role}} at {{employer}}. {_PERSONAL}"
    ),
    SentenceSpec("en-x", "en", True, "x", "Views mine.", "Views mine. I work at {employer}."),
    SentenceSpec("en-x-part", "en", True, "x_part", "(views mine)", "(views mine)"),
)  # fmt: skip


def sentence_for(
    channel: str,
    employer: str,
    role: str,
    regions: Sequence[str],
    short: bool,
    sentences: Sequence[SentenceSpec] = OFFERED,
    language: str = "en",
) -> str:
    """A sentence that says the views are the person's own, "" when none is on offer. `channel` is linkedin, x
    or x_part (one post of a thread). In `language` where there is one for this place, else in English;
    `regions` of the EU or UK ask for nothing more than it says. `short` is the form for X and for line one;
    `role` is used in the long form."""
    del regions
    employer, role = employer.strip(), role.strip()
    fitting = [one for one in sentences if one.channel == channel and one.language in (language, "en")]
    wanted = short or channel != "linkedin"
    fitting.sort(key=lambda one: (one.language != language, one.is_short != wanted))
    if not fitting:
        return ""
    chosen = fitting[0]
    if not employer:
        return chosen.text
    words = chosen.with_employer
    if not role:
        words = words.replace("in {role} at", "at").replace("{role}", "")
    return words.replace("{role}", role).replace("{employer}", employer)
