"""Personal-view sentences on offer (compliance reference, section 5). What is recognised as one is the packs'
class `disclaimer`.

The sentences say nothing about a product and name the employer only when the profile does.
"""

from collections.abc import Sequence


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
