"""Stands in for the person at the practice network's consent page, for the demo and for tests."""

import urllib.parse
import urllib.request

TIMEOUT_S = 20


def decide(url: str, decision: str = "allow", member: str = "") -> str:
    """Open an authorization address of the practice network, press Allow or Deny, and follow the redirect to
    the waiting receiver. Returns the text of the page the person would end at.

    Raises ValueError for an address that is not on this computer, urllib.error.URLError when nothing answers.
    """
    if urllib.parse.urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError("only the practice network is visited")
    address = f"{url}&practice_decision={decision}"
    if member:
        address += f"&practice_member={urllib.parse.quote(member)}"
    with urllib.request.urlopen(address, timeout=TIMEOUT_S) as answer:  # noqa: S310 - loopback, checked
        return answer.read().decode("utf-8", "replace")
