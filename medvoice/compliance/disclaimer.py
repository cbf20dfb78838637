"""Personal-view sentences on offer, and whether a text has one (compliance reference, section 5).

The sentences say nothing about a product and name the employer only when the profile does.
"""

import re
from collections.abc import Sequence

_FAMILIES = re.compile(
    r"\b(?:views?|opinions?|thoughts|posts|tweets)\b[^.!?\n]{0,40}\b(?:my own|mine|personal)\b"
    r"|\bmy own (?:views?|opinions?)\b|\bpersonal (?:views?|opinions?|capacity)\b"
    r"|\bviews?\s*(?:are\s*)?my\s*own\b|#(?:views|opinions)(?:are)?my(?:own)?\b"
    r"|persönliche meinung|n'engagent que moi|à titre personnel",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\bnot (?:my own|mine|personal)\b", re.IGNORECASE)


def sentence_for(channel: str, employer: str, role: str, regions: Sequence[str], short: bool) -> str:
    """A sentence that says the views are the person's own. English; `regions` of the EU or UK ask for nothing
    more than it says. `short` is the form for X and for line one; `role` is used in the long form."""
    del regions
    employer, role = employer.strip(), role.strip()
    if channel == "x":
        return f"Views mine. I work at {employer}." if employer else "Views mine."
    if short:
        return f"I work at {employer}; views my own." if employer else "Views are my own."
    if not employer:
        return "These are my personal views and not those of my employer."
    work = f"I work in {role} at {employer}." if role else f"I work at {employer}."
    return f"{work} These are my personal views and not those of my employer."


def has_view_sentence(text: str) -> bool:
    """A quick look whether the text has a personal-view sentence; the DISC rules read it closely."""
    return bool(_FAMILIES.search(text.replace("’", "'"))) and not _NEGATED.search(text)
