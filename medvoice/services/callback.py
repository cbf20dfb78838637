"""What comes back from a network's sign-in page, by the loopback address or pasted by the person."""

import hmac
from urllib.parse import parse_qs, urlsplit

from medvoice.domain.errors import AccountError, UserError

# RFC 6749 says access_denied; LinkedIn says which step the person left.
DECLINED = frozenset({"access_denied", "user_cancelled_login", "user_cancelled_authorize"})
SCOPE_REFUSED = frozenset({"unauthorized_scope_error", "invalid_scope"})
MAX_PASTED = 10_000


def code_from_query(query: str, state: str, network: str) -> str:
    """The authorization code in the query of a callback.

    `state` is the value that was sent along; it is compared in constant time and before anything else is
    read. Pure. Raises UserError `sign_in_wrong_state` (missing, doubled or foreign: the answer belongs to
    another try), `sign_in_declined`, `sign_in_no_code`, and AccountError `scope_refused` or
    `sign_in_refused` with the network's own words.
    """
    values = parse_qs(query, keep_blank_values=True)
    given = values.get("state", [])
    if len(given) != 1 or not hmac.compare_digest(given[0].encode("utf-8", "replace"), state.encode()):
        raise UserError("sign_in_wrong_state", network=network)
    if "error" in values:
        error = values["error"][0][:100]
        words = values.get("error_description", [""])[0][:300]
        if error in DECLINED:
            raise UserError("sign_in_declined", network=network)
        if error in SCOPE_REFUSED:
            raise AccountError("scope_refused", network=network, words=words)
        raise AccountError("sign_in_refused", network=network, error=error, words=words)
    code = values.get("code", [])
    if len(code) != 1 or not code[0]:
        raise UserError("sign_in_no_code", network=network)
    return code[0]


def code_from_pasted(pasted: str, state: str, network: str) -> str:
    """The code in what the person pasted: the whole address the browser ended at, or the code alone.

    A whole address is held to the same `state`. A code alone carries none; it is good only together with
    this try's own secret (PKCE verifier or client secret).
    Raises as `code_from_query`, and UserError `sign_in_no_code` for text that holds neither.
    """
    text = pasted.strip().strip("<>\"'").strip()
    if not text or len(text) > MAX_PASTED:
        raise UserError("sign_in_no_code", network=network)
    if "://" in text or text.startswith("/"):
        return code_from_query(urlsplit(text).query, state, network)
    if "state=" in text or "code=" in text or "error=" in text:
        return code_from_query(text.lstrip("?"), state, network)
    if any(char.isspace() for char in text) or not text.isascii():
        raise UserError("sign_in_no_code", network=network)
    return text
