"""One account: who is signed in, how long, what waits for it, and what can be done."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from medvoice.domain.channel.price import dollars
from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.accounts_data import AccountView
from medvoice.ui.models.cost_words import month_words
from medvoice.ui.models.moments import day, days_left, moment
from medvoice.ui.pages.settings.fields import TextField
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, Rule, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.message import Banner
from medvoice.ui.widgets.pill import ChannelTile, StatusPill


class AccountCard(Surface):
    """`sign_in_requested(key)`, `disconnect_requested(account id)`, `connect_requested(key)`,
    `queue_requested`, `budget_changed(what was written)`. `slot` is where the page puts terms, form or
    wait."""

    sign_in_requested = Signal(str)
    disconnect_requested = Signal(str)
    connect_requested = Signal(str)
    queue_requested = Signal()
    budget_changed = Signal(str)

    def __init__(self, theme: Theme, view: AccountView, zone: str, now: datetime, fills: bool) -> None:
        super().__init__("card")
        self.theme, self.view, self.zone, self.now = theme, view, zone, now
        self.fills = fills
        self.setObjectName(f"account_{view.network}")
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(18))
        column.setSpacing(px(12))
        self._add_head(column)
        column.addWidget(Rule())
        account = view.account
        if account is None:
            column.addWidget(Label(theme, self._absent_words(), "body", "text.secondary", wraps=True))
        else:
            self._add_banner(column)
            self._add_facts(column)
            self._add_budget(column)
        self.action_line = QHBoxLayout()
        self.action_line.setSpacing(px(8))
        self.action_row = QWidget()
        self.action_row.setLayout(self.action_line)
        self.action_line.setContentsMargins(0, 0, 0, 0)
        self._add_actions()
        column.addWidget(self.action_row)
        self.note = ProblemLabel(theme)
        self.note.setObjectName("account_note")
        self.note.hide()
        column.addWidget(self.note)
        self.slot = QVBoxLayout()
        column.addLayout(self.slot)

    @property
    def name(self) -> str:
        return CHANNEL_NAMES[self.view.network]

    def set_filled(self, fills: bool) -> None:
        """Fill the main button, or not while another card has the filled one."""
        wants = self.needs_sign_in or (self.view.account is None and self.view.network != "linkedin")
        self.main.set_kind("primary" if fills and self.fills and wants else "default")

    def open_box(self, box: QWidget) -> None:
        """Show terms, form or wait in place of the buttons."""
        self._clear_slot()
        self.action_row.hide()
        self.note.hide()
        self.slot.addWidget(box)

    def close_box(self) -> None:
        """Back to the buttons."""
        self._clear_slot()
        self.action_row.show()

    def show_problem(self, words: str) -> None:
        """A sentence below the buttons; "" takes it away."""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _clear_slot(self) -> None:
        while (item := self.slot.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add_head(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(self.theme.px(12))
        head.addWidget(ChannelTile(self.theme, self.view.network, self.name, size=40))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(self.theme, self.name, "section"))
        names.addWidget(Label(self.theme, self._who(), "body", "text.secondary"))
        head.addLayout(names, 1)
        pill = StatusPill(self.theme, *self._status())
        pill.setObjectName("account_pill")
        head.addWidget(pill)
        column.addLayout(head)

    def _who(self) -> str:
        account = self.view.account
        if account is None:
            by_hand = self.tr("You post yourself, MedVoice reminds you")
            return by_hand if self.view.network == "linkedin" else self.tr("Nobody is signed in")
        who = f"@{account.handle}" if account.handle else account.display_name
        return self.tr("{who}, practice network").format(who=who) if account.is_practice else who

    def _status(self) -> tuple[str, str, str]:
        account = self.view.account
        if account is None:
            is_linkedin = self.view.network == "linkedin"
            return (
                ("neutral", "copy", self.tr("By hand"))
                if is_linkedin
                else (
                    "neutral",
                    "plug",
                    self.tr("Not connected"),
                )
            )
        if account.state == "sign_in" or self._has_ended():
            return "danger", "circle-alert", self.tr("Sign in again")
        if account.expires_at is not None and (account.expires_at - self.now).days < 7:
            return (
                "warn",
                "clock-alert",
                self.tr("Ends {when}").format(when=days_left(account.expires_at, self.now)),
            )
        return "ok", "circle-check", self.tr("Connected")

    def _has_ended(self) -> bool:
        account = self.view.account
        return account is not None and account.expires_at is not None and account.expires_at <= self.now

    @property
    def needs_sign_in(self) -> bool:
        account = self.view.account
        return account is not None and (account.state == "sign_in" or self._has_ended())

    def _absent_words(self) -> str:
        if self.view.network == "linkedin":
            return self.tr(
                "At the planned minute you get a notification. One click copies the text and opens LinkedIn;"
                " you post it and paste the link back. Nothing is sent for you."
            )
        return self.tr("Connect X to have posts and threads published at their planned minute.")

    def _add_banner(self, column: QVBoxLayout) -> None:
        if not self.needs_sign_in:
            return
        words = self.tr("{network} ended the sign-in. Nothing was lost.").format(network=self.name)
        if self.view.held == 1:
            words = self.tr("{network} ended the sign-in. One post is held, nothing was lost.")
        elif self.view.held:
            words = self.tr("{network} ended the sign-in. {n} posts are held, nothing was lost.")
        words = words.format(network=self.name, n=self.view.held)
        banner = Banner(self.theme, "danger", words, self.tr("Show in Queue"))
        banner.acted.connect(self.queue_requested)
        column.addWidget(banner)

    def facts(self) -> list[tuple[str, str]]:
        """Caption and value pairs."""
        account = self.view.account
        assert account is not None
        if account.expires_at is None:
            until = self.tr("It renews itself while it is used")
        else:
            until = self.tr("{day}, {when}").format(
                day=day(account.expires_at, self.zone, self.now), when=days_left(account.expires_at, self.now)
            )
        last = self.view.last_post_at
        made = [
            (self.tr("Sign-in lasts until"), until),
            (self.tr("Last post"), moment(last, self.zone, self.now) if last else self.tr("None yet")),
            (self.tr("Your app"), account.client_id),
        ]
        if account.is_practice:
            made.append((self.tr("Practice network"), account.base_url))
        return made

    def _add_facts(self, column: QVBoxLayout) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(16))
        grid.setVerticalSpacing(self.theme.px(6))
        grid.setColumnMinimumWidth(0, self.theme.px(134))
        grid.setColumnStretch(1, 1)
        for at, (caption, value) in enumerate(self.facts()):
            words = Label(self.theme, caption, "body", "text.tertiary")
            grid.addWidget(words, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(self.theme, value, "body", wraps=True, is_selectable=True), at, 1)
        column.addLayout(grid)

    def _add_budget(self, column: QVBoxLayout) -> None:
        month = self.view.month
        if month is None:
            return
        self.budget = TextField(
            self.theme,
            "x_budget",
            self.tr("Most for posts on X in a month, in US dollars"),
            month_words(month),
            self.tr("No limit"),
        )
        self.budget.show_value(dollars(month.budget).removeprefix("$") if month.budget else "")
        self.budget.committed.connect(lambda _value: self.budget_changed.emit(self.budget.value()))
        column.addWidget(self.budget)

    def _add_actions(self) -> None:
        view = self.view
        if view.account is None:
            is_linkedin = view.network == "linkedin"
            words = self.tr("Sign in instead") if is_linkedin else self.tr("Connect X")
            kind = "primary" if self.fills and not is_linkedin else "default"
            button = Button(self.theme, words, kind=kind, icon="log-in")
            button.setObjectName(f"connect_{view.network}")
            button.clicked.connect(lambda: self.connect_requested.emit(view.key))
            self.main = button
            self.action_line.addWidget(button)
            self.action_line.addStretch(1)
            return
        account_id = view.account.id
        if self.needs_sign_in:
            words = self.tr("Sign in to {network}").format(network=self.name)
            again = Button(self.theme, words, kind="primary" if self.fills else "default", icon="log-in")
        else:
            again = Button(self.theme, self.tr("Renew now"), icon="refresh-cw")
        again.setObjectName(f"sign_in_{view.network}")
        again.clicked.connect(lambda: self.sign_in_requested.emit(view.key))
        self.main = again
        self.action_line.addWidget(again)
        self.action_line.addWidget(Label(self.theme, self.tr("Opens your browser"), "small", "text.tertiary"))
        self.action_line.addStretch(1)
        leave = Button(self.theme, self.tr("Disconnect"), kind="ghost")
        leave.setObjectName(f"disconnect_{view.network}")
        leave.clicked.connect(lambda: self.disconnect_requested.emit(account_id))
        self.action_line.addWidget(leave)
