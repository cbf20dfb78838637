"""The authorize step of both networks: check the request, ask the person, send them back with a code.

`practice_decision=allow|deny` in the query answers at once, for runs without a browser;
`practice_member=HANDLE` chooses who is signed in (else the first member).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from medvoice.platforms.sandbox import page
from medvoice.platforms.sandbox.exchange import Answer, Refused, Request, html_answer
from medvoice.platforms.sandbox.world import ClientApp, Code, Member, World

LINKEDIN_CODE_LIFE_S = 30 * 60
X_CODE_LIFE_S = 30
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class _Wish:
    """A checked authorize request."""

    app: ClientApp
    redirect_uri: str
    scopes: frozenset[str]
    state: str | None
    challenge: str | None

    def back(self, **values: str) -> Answer:
        """302 to the app's callback with these values and the state."""
        if self.state is not None:
            values["state"] = self.state
        joint = "&" if urlsplit(self.redirect_uri).query else "?"
        where = self.redirect_uri + joint + urlencode(values)
        return Answer(302, headers=(("Location", where), ("Cache-Control", "no-store")))


def authorize_linkedin(world: World, request: Request) -> Answer:
    """GET shows the question, POST takes the person's choice."""
    return _authorize(world, request, "linkedin", LINKEDIN_CODE_LIFE_S, "user_cancelled_authorize")


def authorize_x(world: World, request: Request) -> Answer:
    """GET shows the question, POST takes the person's choice."""
    return _authorize(world, request, "x", X_CODE_LIFE_S, "access_denied")


def _authorize(world: World, request: Request, network: str, life_s: int, denied: str) -> Answer:
    wish = _check(world, request, network)
    chosen = _one(request, "practice_decision")
    handle = _one(request, "practice_member")
    if request.method == "POST":
        form = parse_qs(request.body.decode("utf-8", "replace"))
        chosen = form.get("practice_decision", [""])[0]
        handle = form.get("practice_member", [""])[0]
    member = _member(world, network, handle)
    if chosen is None:
        return page.consent(
            network, wish.app.name, sorted(wish.scopes), world.members(network), wish.redirect_uri
        )
    if chosen == "deny":
        return wish.back(error=denied, error_description="The person chose not to allow this app.")
    if chosen != "allow":
        raise Refused(_stop("That choice is not known here."))
    return wish.back(code=_new_code(world, wish, member, life_s))


def _new_code(world: World, wish: _Wish, member: Member, life_s: int) -> str:
    value = world.secret(48)
    world.codes[value] = Code(
        app=wish.app,
        member=member,
        redirect_uri=wish.redirect_uri,
        scopes=wish.scopes,
        challenge=wish.challenge,
        expires_at_s=world.now_s() + life_s,
    )
    return value


def _one(request: Request, name: str) -> str | None:
    """A parameter's value; a doubled parameter is refused (RFC 6749 section 3.1)."""
    values = request.query.get(name, [])
    if len(values) > 1:
        raise Refused(_stop(f"The parameter {name} came twice."))
    return values[0] if values else None


def _stop(why: str) -> Answer:
    """What the browser shows when it would be wrong to send the person back to the app."""
    return html_answer(400, page.notice("This sign-in link does not work", why))


def _member(world: World, network: str, handle: str | None) -> Member:
    members = world.members(network)
    if not handle:
        return members[0]
    for member in members:
        if handle in (member.handle, member.member_id):
            return member
    raise Refused(_stop("Nobody with that name is signed in here."))


def _check(world: World, request: Request, network: str) -> _Wish:
    """Client and callback first: only after both are known may an error travel back to the app."""
    app = world.apps.get((network, _one(request, "client_id") or ""))
    if app is None:
        raise Refused(_stop("The client_id is not known."))
    redirect_uri = _one(request, "redirect_uri") or ""
    if network == "x" and urlsplit(redirect_uri).hostname == "localhost":
        raise Refused(_stop("The callback address must be 127.0.0.1, not localhost."))
    if redirect_uri not in app.redirect_uris:
        raise Refused(_stop("The redirect_uri does not match a registered value exactly."))
    scopes = frozenset((_one(request, "scope") or "").split())
    wish = _Wish(app, redirect_uri, scopes, _one(request, "state"), _one(request, "code_challenge"))
    _check_rest(request, wish, network)
    return wish


def _check_rest(request: Request, wish: _Wish, network: str) -> None:
    if _one(request, "response_type") != "code":
        raise Refused(wish.back(error="unsupported_response_type", error_description="Only code is offered."))
    if not wish.scopes or not wish.scopes <= wish.app.scopes:
        name = "unauthorized_scope_error" if network == "linkedin" else "invalid_scope"
        raise Refused(wish.back(error=name, error_description="A scope is not granted to this app."))
    if network == "linkedin":
        return
    if not wish.state or len(wish.state) > 500:
        raise Refused(_stop("A state of 1 to 500 characters is needed."))
    if _one(request, "code_challenge_method") != "S256":
        # X also offers `plain`; a practice network that takes only S256 finds the client that does not.
        raise Refused(
            wish.back(error="invalid_request", error_description="code_challenge_method must be S256.")
        )
    if not _CHALLENGE.fullmatch(wish.challenge or ""):
        raise Refused(wish.back(error="invalid_request", error_description="code_challenge is not S256."))
