"""Signing in to networks, keeping the sign-ins fresh, and signing out.

Tokens and client secrets exist in the clear only in memory: they are sealed by the vault before they reach
the workspace, and a new pair is stored in one transaction before anybody uses it.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from medvoice.domain.account import Account, Tokens, account_by_hand
from medvoice.domain.clock import Clock, SystemClock, from_text, to_text
from medvoice.domain.errors import AccountError, UserError
from medvoice.domain.ids import new_id
from medvoice.services.callback import code_from_pasted
from medvoice.services.changes import Changes
from medvoice.services.ports import Vault
from medvoice.services.signing import (
    Client,
    Grant,
    Listen,
    Locks,
    Member,
    OAuthFlow,
    OpenBrowser,
    Receiver,
    Started,
)
from medvoice.store.account import AccountStore
from medvoice.store.connection import Workspace, transaction
from medvoice.store.secret import SecretStore

PORTS = (8765, 8766)
WAIT_S = 300.0
# X's access tokens live two hours; refresh before a send could outlive one.
FRESH_FOR = timedelta(minutes=5)
# Token expiry and the planned minute both depend on this computer's clock.
CLOCK_LIMIT = timedelta(hours=1)
STATE_BYTES = 32
# Without these a sign-in cannot do what it is for.
NEEDED_SCOPES: Mapping[str, frozenset[str]] = {
    "linkedin": frozenset({"openid", "profile", "w_member_social"}),
    "x": frozenset({"tweet.read", "tweet.write", "users.read", "offline.access"}),
}


@dataclass(slots=True)
class Pending:
    """A sign-in that waits for the person in the browser. `url` is to be opened; `redirect_uri` must be
    registered with the network. `browser_opened` is None when no browser was asked for, False when none
    could be started: then show `url`. `can_wait` is False when nothing listens and only pasting helps."""

    url: str
    redirect_uri: str
    network: str
    browser_opened: bool | None
    started: Started = field(repr=False)
    client: Client = field(repr=False)
    account_id: str
    receiver: Receiver | None = field(repr=False)

    @property
    def can_wait(self) -> bool:
        return self.receiver is not None


@dataclass(frozen=True, slots=True)
class Connected:
    """A finished sign-in."""

    account: Account
    changes: Changes


class Connecting:
    """Connects accounts over one connection of the workspace; use it on that connection's thread.

    `flows` by network; `listen` makes loopback receivers; `locks` must hold across processes.
    """

    def __init__(
        self,
        db: Workspace,
        vault: Vault,
        clock: Clock,
        flows: Mapping[str, OAuthFlow],
        listen: Listen,
        locks: Locks,
    ) -> None:
        self.db = db
        self.vault = vault
        self.clock = clock
        self.flows = flows
        self.listen = listen
        self.locks = locks
        self.accounts = AccountStore(db)
        self.secrets = SecretStore(db)

    def begin(
        self,
        network: str,
        client_id: str,
        client_secret: str = "",
        base_url: str = "",
        *,
        ports: tuple[int, ...] = PORTS,
        open_browser: OpenBrowser | None = None,
        account_id: str = "",
        listens: bool = True,
    ) -> Pending:
        """Start a sign-in: listen, build the address, open the browser. Does not wait.

        `account_id` names the account that signs in again; another member is then refused. With
        `listens=False` nothing listens and the person pastes the address they end at.
        Raises UserError `channel_unknown`, `client_id_missing`, `client_secret_missing`,
        `client_secret_not_wanted`, `base_url_not_loopback`, `ports_in_use`; AccountError `no_keyring` or
        `keys_locked` before the person is sent anywhere.
        """
        flow = self._flow(network)
        client = Client(client_id.strip(), client_secret.strip(), base_url.rstrip("/"))
        _check_client(flow, client)
        # Without a vault the tokens could not be kept: say so before the person signs in.
        self.vault.seal("probe", b"probe")
        state = secrets.token_urlsafe(STATE_BYTES)
        receiver = self.listen(network, ports, state) if listens else None
        try:
            redirect_uri = flow.redirect_uri(receiver.port if receiver else ports[0])
            started = flow.start(client, redirect_uri, state)
            opened = open_browser(started.url) if open_browser else None
        except BaseException:
            if receiver:
                receiver.close()
            raise
        return Pending(started.url, redirect_uri, network, opened, started, client, account_id, receiver)

    def wait(self, pending: Pending, timeout_s: float = WAIT_S) -> Connected:
        """Block until the browser comes back, then finish. Raises what Receiver.wait and `paste` raise."""
        if pending.receiver is None:
            raise UserError("nothing_listens", network=pending.network)
        return self.finish(pending, pending.receiver.wait(timeout_s))

    def paste(self, pending: Pending, text: str) -> Connected:
        """Finish with what the person pasted: the whole address or the code alone.

        Raises UserError `sign_in_no_code`, `sign_in_wrong_state`, `sign_in_declined` (the sign-in may still
        be waited for after the first two), and what `finish` raises.
        """
        code = code_from_pasted(pasted=text, state=pending.started.state, network=pending.network)
        self.cancel(pending)
        return self.finish(pending, code)

    def cancel(self, pending: Pending) -> None:
        """Stop listening. May be called from any thread and twice."""
        if pending.receiver is not None:
            pending.receiver.close()

    def finish(self, pending: Pending, code: str) -> Connected:
        """Trade the code, learn who signed in, and store account and sealed tokens in one transaction.

        Raises AccountError `code_not_accepted`, `client_not_accepted`, `redirect_not_accepted`,
        `sign_in_refused`, `identity_refused`, `clock_off`, `scope_missing`, `other_member`, and RemoteError
        `sign_in_no_answer`. Nothing is stored then.
        """
        flow, client = self._flow(pending.network), pending.client
        now = self.clock.now()
        grant = flow.exchange(pending.started, client, code, now)
        self._check_clock(pending.network, grant)
        _check_scopes(pending.network, grant.tokens)
        member = flow.who(client, grant.tokens)
        old = self._known(pending, member)
        account = Account(
            id=old.id if old else new_id("a"),
            network=pending.network,
            route="oauth",
            display_name=member.name or member.handle or member.member_id,
            handle=member.handle,
            member_id=member.member_id,
            client_id=client.id,
            base_url=client.base_url,
            scopes=grant.tokens.scopes,
            state="connected",
            state_reason="",
            expires_at=_ends_at(grant.tokens),
            connected_at=now,
        )
        with self.locks(account.id), transaction(self.db):
            if old:
                self.accounts.save(account)
            else:
                self.accounts.add(account)
            self._put(account.id, "tokens", _tokens_to_bytes(grant.tokens))
            if client.secret:
                self._put(account.id, "client_secret", client.secret.encode())
        return Connected(account, Changes.of(accounts=[account.id]))

    def add_by_hand(self, network: str, display_name: str = "") -> Connected:
        """An account whose posts the person puts up themselves; one per network, found again if it exists.
        Raises UserError `channel_unknown`."""
        flow = self._flow(network)
        for account in self.accounts.list():
            if account.network == network and account.route == "by_hand" and account.state == "connected":
                return Connected(account, Changes())
        account = account_by_hand(flow.network, display_name or "By hand", self.clock.now())
        self.accounts.add(account)
        return Connected(account, Changes.of(accounts=[account.id]))

    def disconnect(self, account_id: str) -> tuple[Changes, bool]:
        """Sign out: remove everything sealed, then ask the network to end the tokens. The flag says whether
        it answered yes (LinkedIn may not). Works with locked keys too: then only the network is not asked.
        Raises UserError `account_unknown`."""
        account = self.accounts.get(account_id)
        with self.locks(account_id):
            try:
                tokens, client = self._load(account), self._client(account)
            except AccountError:
                tokens = client = None
            with transaction(self.db):
                self.secrets.remove(account_id)
                self.accounts.set_state(account_id, "disconnected", "by_person")
        is_revoked = bool(tokens and client) and self._revoke(account, client, tokens)
        return Changes.of(accounts=[account_id]), is_revoked

    def tokens(self, account: Account) -> Tokens:
        """See ports.SignIns. A token that nothing can renew is given out as long as it is valid at all.

        One refresh at a time across threads and processes; the new pair is stored before it is returned.
        Only a spent or revoked refresh token ends the sign-in; trouble on the way never does.
        """
        current = self.accounts.get(account.id)
        if current.state != "connected":
            raise AccountError("sign_in_needed", account=account.id, reason=current.state_reason)
        if current.route == "by_hand":
            return Tokens("", "", None)
        tokens = self._load(current)
        if self._is_fresh(tokens):
            return tokens
        if not tokens.refresh:
            if not self._is_over(tokens):
                return tokens
            raise self._over(current, "expired")
        with self.locks(current.id):
            # Another process may have refreshed while this one waited for the lock.
            tokens = self._load(current)
            if self._is_fresh(tokens):
                return tokens
            return self._refresh(current, tokens)

    def forget(self, account: Account, reason: str) -> None:
        """See ports.SignIns. The sealed tokens stay until the person signs in again or disconnects."""
        current = self.accounts.get(account.id)
        if current.state == "connected":
            self.accounts.set_state(current.id, "sign_in", reason[:300])

    def _refresh(self, account: Account, old: Tokens) -> Tokens:
        flow, client = self._flow(account.network), self._client(account)
        # A full disk must show before the old refresh token is spent, not after.
        self._store(account.id, old)
        try:
            grant = flow.refresh(client, old, self.clock.now())
        except AccountError as problem:
            if problem.code != "refresh_spent":
                raise
            stored = self._load(account)
            if stored.refresh != old.refresh and self._is_fresh(stored):
                return stored
            raise self._over(account, "refresh_spent") from problem
        self._store(account.id, grant.tokens)
        return grant.tokens

    def _store(self, account_id: str, tokens: Tokens) -> None:
        with transaction(self.db):
            self._put(account_id, "tokens", _tokens_to_bytes(tokens))

    def _over(self, account: Account, reason: str) -> AccountError:
        self.accounts.set_state(account.id, "sign_in", reason)
        return AccountError("sign_in_needed", account=account.id, reason=reason)

    def _is_fresh(self, tokens: Tokens) -> bool:
        expires_at = tokens.access_expires_at
        return expires_at is None or expires_at - self.clock.now() >= FRESH_FOR

    def _is_over(self, tokens: Tokens) -> bool:
        return tokens.access_expires_at is not None and tokens.access_expires_at <= self.clock.now()

    def _flow(self, network: str) -> OAuthFlow:
        if network not in self.flows:
            raise UserError("channel_unknown", channel=network)
        return self.flows[network]

    def _known(self, pending: Pending, member: Member) -> Account | None:
        """The account that this sign-in renews. Raises AccountError `other_member` when the person signed
        in as somebody else than the account they wanted to renew."""
        if pending.account_id:
            account = self.accounts.get(pending.account_id)
            is_same = account.member_id == member.member_id and account.base_url == pending.client.base_url
            if not is_same or account.network != pending.network:
                raise AccountError(
                    "other_member", account=account.id, wanted=account.display_name, got=member.name
                )
            return account
        for account in self.accounts.list():
            key = (account.network, account.route, account.base_url, account.member_id)
            if key == (pending.network, "oauth", pending.client.base_url, member.member_id):
                return account
        return None

    def _check_clock(self, network: str, grant: Grant) -> None:
        """The network's time against ours. On the practice network either may be moved on purpose, so that
        one of the two clocks of this side must agree with it."""
        if grant.server_at is None:
            return
        off = [abs(grant.server_at - clock.now()) for clock in (self.clock, SystemClock())]
        if min(off) > CLOCK_LIMIT:
            raise AccountError(
                "clock_off",
                network=network,
                hours=round(min(off).total_seconds() / 3600, 1),
                network_time=to_text(grant.server_at),
            )

    def _revoke(self, account: Account, client: Client | None, tokens: Tokens | None) -> bool:
        if client is None or tokens is None or account.route == "by_hand":
            return False
        return self._flow(account.network).revoke(client, tokens)

    def _client(self, account: Account) -> Client:
        secret = self._get(account.id, "client_secret") if self._flow(account.network).needs_secret else None
        return Client(account.client_id, (secret or b"").decode(), account.base_url)

    def _load(self, account: Account) -> Tokens:
        raw = self._get(account.id, "tokens")
        if raw is None:
            raise AccountError("sign_in_needed", account=account.id, reason="no_tokens")
        return _tokens_from_bytes(raw)

    def _put(self, owner: str, name: str, secret: bytes) -> None:
        self.secrets.put(owner, name, self.vault.seal(f"{owner}/{name}", secret))

    def _get(self, owner: str, name: str) -> bytes | None:
        sealed = self.secrets.get(owner, name)
        return None if sealed is None else self.vault.open(f"{owner}/{name}", sealed)


def _check_client(flow: OAuthFlow, client: Client) -> None:
    if not client.id:
        raise UserError("client_id_missing", network=flow.network)
    if flow.needs_secret and not client.secret:
        raise UserError("client_secret_missing", network=flow.network)
    if client.secret and not flow.needs_secret:
        raise UserError("client_secret_not_wanted", network=flow.network)


def _check_scopes(network: str, tokens: Tokens) -> None:
    missing = NEEDED_SCOPES[network] - set(tokens.scopes)
    if missing:
        raise AccountError("scope_missing", network=network, missing=", ".join(sorted(missing)))


def _ends_at(tokens: Tokens) -> datetime | None:
    """When the sign-in ends for good: with the access token if nothing can renew it, else not known."""
    return None if tokens.refresh else tokens.access_expires_at


def _tokens_to_bytes(tokens: Tokens) -> bytes:
    expires_at = to_text(tokens.access_expires_at) if tokens.access_expires_at else ""
    value = {
        "access": tokens.access,
        "refresh": tokens.refresh,
        "access_expires_at": expires_at,
        "scopes": list(tokens.scopes),
    }
    return json.dumps(value).encode()


def _tokens_from_bytes(raw: bytes) -> Tokens:
    value = json.loads(raw)
    expires_at = value["access_expires_at"]
    return Tokens(
        value["access"],
        value["refresh"],
        from_text(expires_at) if expires_at else None,
        tuple(value["scopes"]),
    )
