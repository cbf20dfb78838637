"""The accounts: a card each, with signing in, signing in again and signing out."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from medvoice.domain.channel.price import dollars, read_dollars
from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.accounts_data import AccountsSnapshot, AccountView, load_accounts
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.pages.settings.account_card import AccountCard
from medvoice.ui.pages.settings.connect_forms import AppForm, TermsBox, WaitBox
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.pages.settings.sign_in import SignIn, Wish
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.pill import PaintedMark

Box = TermsBox | AppForm | WaitBox


class AccountsSheet(Sheet):
    """`queue_requested` when the person wants to see what is held."""

    queue_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        *,
        open_browser: Callable[[str], bool],
        ports: tuple[int, ...],
        toast: Callable[[str, Callable[[], None] | None], None],
    ) -> None:
        super().__init__(
            theme,
            self.tr("Accounts"),
            self.tr(
                "MedVoice posts only what you cleared, at the time you chose. You sign in on the network's"
                " own page, so MedVoice never sees your password."
            ),
        )
        self.setObjectName("settings_accounts")
        self.bridge = bridge
        self.toast, self._open_browser = toast, open_browser
        self.sign_in = SignIn(bridge, open_browser, ports, self)
        self.snapshot: AccountsSnapshot | None = None
        self.cards: dict[str, AccountCard] = {}
        self.boxes: dict[str, Box] = {}
        self.holder = QVBoxLayout()
        self.holder.setSpacing(theme.px(16))
        self.column.addLayout(self.holder)
        self._add_promises()
        self._add_keys()
        self.finish()
        self.sign_in.waiting.connect(self._show_wait)
        self.sign_in.slow.connect(self._say_slow)
        self.sign_in.ended.connect(self._sign_in_ended)
        self.sign_in.connected.connect(self._signed_in)
        self.sign_in.refused.connect(self._paste_refused)

    # Cards

    def reload(self) -> None:
        """Read the accounts again."""
        self.bridge.work(load_accounts, owner=self, on_done=self.show_snapshot)

    def show_snapshot(self, snapshot: AccountsSnapshot) -> None:
        """Build the cards anew, unless nothing changed or the person is in the middle of something."""
        before, self.snapshot = self.snapshot, snapshot
        if before is not None and before.views == snapshot.views:
            return
        if self.boxes and before is not None:
            return
        self._build()

    def _build(self) -> None:
        assert self.snapshot is not None
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        self.cards = {}
        self.boxes = {}
        filled = self._filled_key(self.snapshot.views)
        for view in self.snapshot.views:
            card = AccountCard(
                self.theme, view, self.snapshot.zone, self.snapshot.now, fills=view.key == filled
            )
            card.connect_requested.connect(self.open_connect)
            card.sign_in_requested.connect(self._sign_in_again)
            card.disconnect_requested.connect(self._disconnect)
            card.queue_requested.connect(self.queue_requested)
            card.budget_changed.connect(lambda written, card=card: self._set_budget(card, written))
            self.cards[view.key] = card
            self.holder.addWidget(card)

    def _set_budget(self, card: AccountCard, written: str) -> None:
        """Keep the month's limit, with Undo; what is no amount stays written and is said."""
        mills, before = read_dollars(written), card.view.month.budget if card.view.month else 0
        if mills is None:
            card.budget.show_problem(self.tr("Write it such as 5 or 5.50; nothing for no limit."))
            return
        card.budget.show_problem("")
        if mills == before:
            return
        words = self.tr("Posts on X may cost {amount} in a month.").format(amount=dollars(mills))
        words = words if mills else self.tr("Posts on X have no limit in a month.")

        def keep(amount: int) -> None:
            self.bridge.work(
                lambda desk: desk.queueing.spending.set_budget(amount),
                owner=self,
                on_done=lambda _done: self.reload(),
            )

        keep(mills)
        self.toast(words, lambda: keep(before))

    @staticmethod
    def _filled_key(views: tuple[AccountView, ...]) -> str:
        """The one card whose button is filled: a sign-in that ended, else the first to connect."""
        for view in views:
            if view.account is not None and view.account.state == "sign_in":
                return view.key
        return next((view.key for view in views if view.account is None and view.network != "linkedin"), "")

    # Connecting

    def open_connect(self, key: str) -> None:
        """The first step of connecting: LinkedIn's terms, or the fields of the app."""
        if self.sign_in.is_busy:
            return
        card = self.cards[key]
        if card.view.network == "linkedin":
            terms = TermsBox(self.theme)
            terms.chosen.connect(lambda: self._open_form(key, has_read_terms=True))
            terms.left.connect(lambda: self._close(key))
            self._open(key, terms)
            terms.tick.setFocus()
        else:
            self._open_form(key, has_read_terms=False)

    def _open_form(self, key: str, has_read_terms: bool) -> None:
        network, ports = self.cards[key].view.network, self.sign_in.ports

        def show(callback: str) -> None:
            form = AppForm(self.theme, key, network, callback, has_read_terms)
            form.submitted.connect(self.sign_in.begin)
            form.left.connect(lambda: self._leave(key))
            form.portal_wanted.connect(self._open_portal)
            self._open(key, form)
            form.client_id.setFocus()

        self.bridge.net(lambda desk: callback_of(desk, network, ports), owner=self, on_done=show)

    def _open_portal(self, address: str) -> None:
        def told(has_opened: bool) -> None:
            if not has_opened:
                self.toast(self.tr("No browser opened. The address is {url}").format(url=address), None)

        self.bridge.net(lambda _desk: self._open_browser(address), owner=self, on_done=told)

    def _sign_in_again(self, key: str) -> None:
        view = self.cards[key].view
        self.cards[key].show_problem("")
        self.sign_in.begin(Wish(key=key, network=view.network, account=view.account))

    def _say_slow(self, _key: str) -> None:
        words = self.tr("Waiting for your keyring. It may have opened a window of its own to ask you.")
        self.toast(words, None)

    def _show_wait(self, key: str) -> None:
        """The browser has the turn. A filled form stays below, hidden, so that a problem can be put right
        without typing again."""
        card = self.cards.get(key)
        if card is None:
            return
        box = WaitBox(self.theme, card.view.network, self.sign_in.url, self.sign_in.has_browser)
        box.reopened.connect(self.sign_in.reopen)
        box.pasted.connect(self.sign_in.paste)
        box.left.connect(self.sign_in.cancel)
        form = self.boxes.get(key)
        if isinstance(form, AppForm):
            form.hide()
            card.slot.addWidget(box)
            box.form = form
            self.boxes[key] = box
        else:
            self._open(key, box)

    def _sign_in_ended(self, key: str, words: str) -> None:
        card, box = self.cards.get(key), self.boxes.get(key)
        if card is None:
            return
        form = box.form if isinstance(box, WaitBox) else box if isinstance(box, AppForm) else None
        if form is None:
            self._close(key)
            card.show_problem(words)
            return
        if isinstance(box, WaitBox):
            box.hide()
            box.deleteLater()
        self.boxes[key] = form
        form.show()
        form.show_problem(words)

    def _signed_in(self, key: str) -> None:
        card = self.cards.get(key)
        if card is not None:
            self.toast(self.tr("You are signed in to {network}.").format(network=card.name), None)
        self.boxes = {}
        self.snapshot = None
        self.reload()

    def _paste_refused(self, key: str, words: str) -> None:
        box = self.boxes.get(key)
        if isinstance(box, WaitBox):
            box.show_problem(words)

    def _leave(self, key: str) -> None:
        self.sign_in.cancel()
        self._close(key)

    def _open(self, key: str, box: Box) -> None:
        self.boxes[key] = box
        self.cards[key].open_box(box)
        self._fill_one()

    def _fill_one(self) -> None:
        """One filled button: that of an open box, else that of a card."""
        for card in self.cards.values():
            card.set_filled(not self.boxes)

    def _close(self, key: str) -> None:
        self.boxes.pop(key, None)
        self.cards[key].close_box()
        self._fill_one()
        if self.snapshot is not None and self.snapshot.views != tuple(c.view for c in self.cards.values()):
            self._build()

    # Signing out

    def _disconnect(self, account_id: str) -> None:
        key = account_id

        def done(is_revoked: bool) -> None:
            words = self.tr("Signed out. The sign-in was removed from this computer.")
            if not is_revoked:
                words += " " + self.tr("You can also remove MedVoice in the network's own settings.")
            self.snapshot = None
            self.toast(words, None)

        def failed(problem: BaseException) -> None:
            if isinstance(problem, MedVoiceError) and key in self.cards:
                self.cards[key].show_problem(sentence_for(problem))

        self.bridge.net(lambda desk: disconnect(desk, account_id), owner=self, on_done=done, on_error=failed)

    # What MedVoice may do

    def _add_promises(self) -> None:
        can = (
            self.tr("Post what you cleared"),
            self.tr("Read your name"),
            self.tr("Look on X whether a post of yours is there"),
        )
        cannot = (
            self.tr("Read or send your messages"),
            self.tr("Like, follow or invite for you"),
            self.tr("Post what you have not cleared"),
        )
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(16))
        row.addWidget(self._promises(self.tr("MedVoice can"), "check", "ok.solid", can), 1)
        row.addWidget(self._promises(self.tr("MedVoice cannot"), "x", "danger.solid", cannot), 1)
        self.column.addLayout(row)

    def _promises(self, title: str, icon: str, ink: str, lines: tuple[str, ...]) -> QWidget:
        px = self.theme.px
        card = Surface("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(6))
        column.addWidget(Label(self.theme, title, "bodyStrong"))
        for line in lines:
            row = QHBoxLayout()
            row.setSpacing(px(8))
            row.addWidget(IconMark(self.theme, icon, ink))
            row.addWidget(Label(self.theme, line, "body", wraps=True), 1)
            column.addLayout(row)
        column.addStretch(1)
        return card

    def _add_keys(self) -> None:
        px = self.theme.px
        card = Surface("card")
        row = QHBoxLayout(card)
        row.setContentsMargins(px(20), px(14), px(20), px(14))
        row.setSpacing(px(14))
        row.addWidget(IconMark(self.theme, "key-round", "accent.text", 18))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(self.theme, self.tr("Sign-ins are sealed on this computer"), "bodyStrong"))
        words.addWidget(
            Label(
                self.theme,
                self.tr(
                    "The key lies in your system's keyring or behind your passphrase, never in a backup or a"
                    " record. With neither, you are told before anything is kept."
                ),
                "small",
                "text.secondary",
                wraps=True,
            )
        )
        row.addLayout(words, 1)
        self.column.addWidget(card)


class IconMark(PaintedMark):
    """An icon beside words that say the same."""

    def __init__(self, theme: Theme, icon: str, ink: str, side: int = 16) -> None:
        super().__init__(theme)
        self._icon, self._ink, self._side = icon, ink, side

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(self._side), self.theme.px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        self.theme.paint_icon(QPainter(self), self._icon, self._ink, 0, 0, self._side)


def callback_of(desk: Desk, network: str, ports: tuple[int, ...]) -> str:
    """The callback address to register with the network. Net lane: the flows import the network code."""
    return desk.connecting.flows[network].redirect_uri(ports[0])


def disconnect(desk: Desk, account_id: str) -> tuple[bool, Changes]:
    """Sign out. Net lane. The flag says whether the network confirmed."""
    changes, is_revoked = desk.connecting.disconnect(account_id)
    return is_revoked, changes
