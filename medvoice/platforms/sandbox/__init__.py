"""A strict practice network on loopback: LinkedIn, X and their OAuth, with a ledger and scripted faults.

It shares no code with the adapters that talk to it; what it enforces comes from the platforms reference,
section 9. Standard library only.
"""

from medvoice.platforms.sandbox.faults import Fault
from medvoice.platforms.sandbox.ledger import LedgerEntry
from medvoice.platforms.sandbox.server import Sandbox
from medvoice.platforms.sandbox.standalone import serve

__all__ = ["Fault", "LedgerEntry", "Sandbox", "serve"]
