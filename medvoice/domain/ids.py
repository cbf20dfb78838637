"""Identifiers: a short prefix that says what it is, and 60 random bits in lower-case base 32.

They are typed by people in a terminal, so they are short and hold no look-alike letters.
"""

from random import SystemRandom

_ALPHABET = "023456789abcdefghjkmnpqrstuvwxyz"


def new_id(prefix: str) -> str:
    """A fresh id such as `d_k3v9p2m7qxw4`. Prefixes: d draft, t topic, a account, c clearance,
    y delivery, p part."""
    # The system's source, as `secrets` has it; that module brings half a dozen others into a start.
    bits = SystemRandom().getrandbits(60)
    return f"{prefix}_" + "".join(_ALPHABET[(bits >> shift) & 31] for shift in range(0, 60, 5))
