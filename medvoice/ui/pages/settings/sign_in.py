"""One sign-in at a time, on the net lane: begin, wait for the browser, or take what the person pastes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from medvoice.domain.account import Account
from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.accounts_data import client_of, settle_connected
from medvoice.ui.models.problems import sentence_for

if TYPE_CHECKING:
    from medvoice.services.connecting import Connected, Pending

# The ready-made apps of the practice network; on the real networks the person registers their own.
PRACTICE_APPS = {"linkedin": ("practice-linkedin", "practice-linkedin-secret"), "x": ("practice-x", "")}
STAY = frozenset({"sign_in_no_code", "sign_in_wrong_state"})
# A keyring that is open answers at once; one that asks the person has opened a window by then.
SLOW_MS = 1500
TOUCHED = Changes.of(deliveries=["*"], is_profile=True)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked for. `account` is the one to sign in again, None for a new one. `repr` shows no
    secret."""

    key: str
    network: str
    client_id: str = ""
    client_secret: str = ""
    base_url: str = ""
    account: Account | None = None
    has_read_terms: bool = False

    def __repr__(self) -> str:
        return f"Wish({self.key!r})"


class SignIn(QObject):
    """`waiting(key)` when the browser was asked, `ended(key, words)` with "" after success or cancelling,
    `connected(key)`, `refused(key, words)` when what was pasted does not fit and the wait goes on,
    `slow(key)` when the beginning takes its time: the keyring is asked there, and may ask the person."""

    slow = Signal(str)
    waiting = Signal(str)
    ended = Signal(str, str)
    connected = Signal(str)
    refused = Signal(str, str)

    def __init__(
        self,
        bridge: Bridge,
        open_browser: Callable[[str], bool],
        ports: tuple[int, ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.open_browser = open_browser
        self.ports = ports
        self.wish: Wish | None = None
        self.pending: Pending | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(self._say_slow)
        bridge.closing.connect(self.cancel)

    @property
    def is_busy(self) -> bool:
        return self.wish is not None

    @property
    def url(self) -> str:
        """The address of the running sign-in."""
        return self.pending.url if self.pending else ""

    @property
    def has_browser(self) -> bool:
        """Whether a browser could be started for it."""
        return self.pending is not None and self.pending.browser_opened is True

    def begin(self, wish: Wish, *, listens: bool = True) -> None:
        """Start; nothing happens while another sign-in runs."""
        if self.is_busy:
            return
        self.wish = wish
        self._slow.start()
        self.bridge.net(
            lambda desk: start(desk, wish, self.ports, self.open_browser, listens),
            owner=self,
            on_done=lambda pending: self._started(wish, pending),
            on_error=lambda problem: self._not_started(wish, problem, listens),
        )

    def paste(self, text: str) -> None:
        """Finish with an address or a code."""
        wish, pending = self.wish, self.pending
        if wish is None or pending is None:
            return
        self.bridge.net(
            lambda desk: settle_connected(desk, desk.connecting.paste(pending, text), wish.has_read_terms),
            owner=self,
            on_done=lambda made: self._finished(wish, made),
            on_error=lambda problem: self._failed(wish, problem, is_pasted=True),
            changes=TOUCHED,
        )

    def cancel(self) -> None:
        """Stop listening and forget the sign-in."""
        wish, pending = self.wish, self.pending
        self.wish = self.pending = None
        if pending is not None and pending.receiver is not None:
            pending.receiver.close()
        if wish is not None:
            self.ended.emit(wish.key, "")

    def reopen(self) -> None:
        """Open the address once more."""
        url = self.url
        if url:
            self.bridge.net(lambda _desk: self.open_browser(url), owner=self)

    def _say_slow(self) -> None:
        if self.wish is not None and self.pending is None:
            self.slow.emit(self.wish.key)

    def _started(self, wish: Wish, pending: "Pending") -> None:
        if self.wish is not wish:
            # Cancelled while it started.
            if pending.receiver is not None:
                pending.receiver.close()
            return
        self.pending = pending
        self.waiting.emit(wish.key)
        if pending.can_wait:
            self.bridge.net(
                lambda desk: settle_connected(desk, desk.connecting.wait(pending), wish.has_read_terms),
                owner=self,
                on_done=lambda made: self._finished(wish, made),
                on_error=lambda problem: self._failed(wish, problem, is_pasted=False),
                changes=TOUCHED,
            )

    def _not_started(self, wish: Wish, problem: BaseException, listens: bool) -> None:
        if self.wish is not wish:
            return
        self.wish = None
        if listens and isinstance(problem, MedVoiceError) and problem.code == "ports_in_use":
            # Nothing can listen, but the person can paste the address they end at.
            self.begin(wish, listens=False)
            return
        self.ended.emit(wish.key, words_of(problem))

    def _finished(self, wish: Wish, _made: "Connected") -> None:
        if self.wish is wish:
            self.wish = self.pending = None
        self.connected.emit(wish.key)

    def _failed(self, wish: Wish, problem: BaseException, *, is_pasted: bool) -> None:
        if self.wish is not wish:
            return
        code = problem.code if isinstance(problem, MedVoiceError) else ""
        if is_pasted and code in STAY:
            self.refused.emit(wish.key, words_of(problem))
            return
        if code == "sign_in_cancelled" and not is_pasted:
            # The receiver was closed because the person pasted; that call tells how it ends.
            return
        self.wish = self.pending = None
        self.ended.emit(wish.key, words_of(problem))


def start(
    desk: Desk,
    wish: Wish,
    ports: tuple[int, ...],
    open_browser: Callable[[str], bool],
    listens: bool,
) -> "Pending":
    """Begin on the net lane, with the stored app when an account signs in again."""
    client_id, secret, base_url = wish.client_id, wish.client_secret, wish.base_url
    if wish.account is not None:
        client = client_of(desk, wish.account)
        client_id, secret, base_url = client.id, client.secret, client.base_url
    elif base_url and not client_id:
        client_id, practice_secret = PRACTICE_APPS[wish.network]
        secret = secret or practice_secret
    return desk.connecting.begin(
        wish.network,
        client_id,
        secret,
        base_url,
        ports=ports,
        open_browser=open_browser,
        account_id=wish.account.id if wish.account else "",
        listens=listens,
    )


def words_of(problem: BaseException) -> str:
    """The sentence for a foreseen problem; a plain one for a bug, which is reported elsewhere."""
    if isinstance(problem, MedVoiceError):
        return sentence_for(problem)
    return QCoreApplication.translate("SignIn", "The sign-in stopped unexpectedly. Nothing was connected.")
