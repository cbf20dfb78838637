"""What a card opens below itself: LinkedIn's terms, the fields of the app, and the wait for the browser."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.pages.settings.sign_in import Wish
from medvoice.ui.pages.settings.tick import TickBox
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, Surface
from medvoice.ui.widgets.button import Button


def _tr(text: str) -> str:
    return QCoreApplication.translate("connect_forms", text)


# Where a person registers an app of their own: X's developer console (its change log of February 2026) and
# LinkedIn's developer portal.
PORTALS = {"x": "https://console.x.com", "linkedin": "https://www.linkedin.com/developers/apps"}


def steps_text(network: str) -> str:
    """What to do on the network's own pages before anything can be typed here."""
    steps = {
        "x": _tr(
            "X lets you post through an app that you register yourself, once, on its developer console. X"
            " charges new apps by use and says its prices there."
        ),
        "linkedin": _tr(
            "LinkedIn lets you post through an app that you register yourself, once, on its developer pages."
            " Add “Share on LinkedIn” and “Sign In with LinkedIn” to it."
        ),
    }
    return steps[network]


def terms_text() -> str:
    """What LinkedIn's terms say about automated posting; the command line says the same."""
    return _tr(
        "LinkedIn's API terms (3.1) and User Agreement (8.2) forbid automating posting without its leave. "
        "MedVoice sends only what you cleared, post by post, but LinkedIn may see that differently; "
        "posting by hand has no such risk."
    )


class Well(Surface):
    """A sunken box with a column."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("well")
        self.theme = theme
        self.column = QVBoxLayout(self)
        px = theme.px
        self.column.setContentsMargins(px(16), px(14), px(16), px(14))
        self.column.setSpacing(px(10))

    def add_buttons(self, *buttons: QWidget) -> None:
        """A row of buttons at the left."""
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)


class TermsBox(Well):
    """The note and the choice. `chosen` after the box was ticked and the button pressed."""

    chosen = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("linkedin_terms")
        self.column.addWidget(Label(theme, self.tr("Before you sign in to LinkedIn"), "bodyStrong"))
        self.column.addWidget(
            Label(theme, terms_text(), "body", "text.secondary", wraps=True, is_selectable=True)
        )
        self.tick = TickBox(theme, self.tr("I have read this and choose to sign in"))
        self.tick.setObjectName("terms_tick")
        self.column.addWidget(self.tick)
        self.go_on = Button(theme, self.tr("Go on"), kind="primary")
        self.go_on.setObjectName("terms_go_on")
        self.go_on.setEnabled(False)
        stay = Button(theme, self.tr("Stay with posting by hand"))
        stay.setObjectName("terms_stay")
        self.add_buttons(self.go_on, stay)
        self.tick.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.chosen)
        stay.clicked.connect(self.left)


class AppForm(Well):
    """Client id, client secret where the network wants one, and the practice network under Advanced.
    `submitted(Wish)`; its key is the card's. `portal_wanted(address)` opens the network's own page."""

    submitted = Signal(object)
    portal_wanted = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, key: str, network: str, callback: str, has_read_terms: bool) -> None:
        super().__init__(theme)
        self.key, self.network, self.has_read_terms = key, network, has_read_terms
        self.setObjectName(f"app_form_{network}")
        name = CHANNEL_NAMES[network]
        self._add_steps(callback)
        self.client_id = self._field(self.tr("Client ID"), "client_id")
        self.secret: QLineEdit | None = None
        if network == "linkedin":
            self.secret = self._field(self.tr("Client secret"), "client_secret")
            self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.advanced = Button(theme, self.tr("Advanced"), kind="link", icon="chevron-right", size="small")
        self.advanced.setObjectName("advanced")
        self.advanced.set_flush()
        self.column.addWidget(self.advanced)
        self.base_url = self._field(self.tr("Address of a practice network"), "base_url")
        self.base_url.setPlaceholderText("http://127.0.0.1:8799")
        self._show_advanced(False)
        self.advanced.clicked.connect(lambda: self._show_advanced(not self.base_url.isVisibleTo(self)))
        self.problem = ProblemLabel(theme)
        self.problem.setObjectName("connect_problem")
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.confirm = Button(theme, self.tr("Sign in on {network}").format(network=name), kind="primary")
        self.confirm.set_icon("log-in")
        self.confirm.setObjectName("connect_confirm")
        cancel = Button(theme, self.tr("Cancel"))
        cancel.setObjectName("connect_cancel")
        self.add_buttons(self.confirm, cancel)
        self.confirm.clicked.connect(self._submit)
        cancel.clicked.connect(self.left)

    def _add_steps(self, callback: str) -> None:
        """What the network's own page asks for, in the order it is asked."""
        theme, network = self.theme, self.network
        name = CHANNEL_NAMES[network]
        self.column.addWidget(Label(theme, steps_text(network), "body", "text.secondary", wraps=True))
        portal = Button(
            theme, self.tr("Open {network}'s page").format(network=name), icon="external-link", size="small"
        )
        portal.setObjectName("open_portal")
        portal.clicked.connect(lambda: self.portal_wanted.emit(PORTALS[network]))
        self.add_buttons(portal)
        words = self.tr("It asks for a callback address. Give it this one:")
        self.column.addWidget(Label(theme, words, "body", "text.secondary", wraps=True))
        self.callback = Label(theme, callback, "bodyMedium", is_selectable=True)
        self.callback.setObjectName("callback_address")
        copy = Button(theme, self.tr("Copy"), icon="copy", size="small")
        copy.setObjectName("copy_callback")
        copy.clicked.connect(self._copy)
        self.add_buttons(self.callback, copy)
        words = self.tr("Then it shows what to type below. You can leave and come back at any time.")
        self.column.addWidget(Label(theme, words, "body", "text.secondary", wraps=True))

    def _field(self, caption: str, name: str) -> QLineEdit:
        label = Label(self.theme, caption, "bodyMedium")
        label.setObjectName(f"label_{name}")
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(caption)
        line.returnPressed.connect(self._submit)
        label.setBuddy(line)
        cell = QVBoxLayout()
        cell.setSpacing(self.theme.px(6))  # the focus ring must not touch the caption
        cell.addWidget(label)
        cell.addWidget(line)
        self.column.addLayout(cell)
        return line

    def _show_advanced(self, is_shown: bool) -> None:
        self.base_url.setVisible(is_shown)
        for label in self.findChildren(Label, "label_base_url"):
            label.setVisible(is_shown)
        self.advanced.set_icon("chevron-down" if is_shown else "chevron-right")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.callback.text())

    def show_problem(self, words: str) -> None:
        """Say what does not fit, and let the person press again."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.confirm.setEnabled(True)

    def _submit(self) -> None:
        if not self.confirm.isEnabled():
            return
        self.show_problem("")
        self.confirm.setEnabled(False)
        self.submitted.emit(
            Wish(
                key=self.key,
                network=self.network,
                client_id=self.client_id.text().strip(),
                client_secret=self.secret.text().strip() if self.secret else "",
                base_url=self.base_url.text().strip(),
                has_read_terms=self.has_read_terms,
            )
        )


class WaitBox(Well):
    """The browser has the turn. `reopened`, `pasted(text)`, `left`."""

    reopened = Signal()
    pasted = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, network: str, url: str, has_browser: bool) -> None:
        super().__init__(theme)
        self.url = url
        # The form that led here, kept for the case that something has to be put right.
        self.form: AppForm | None = None
        self.setObjectName(f"waiting_{network}")
        name = CHANNEL_NAMES[network]
        if has_browser:
            title = self.tr("Waiting for you in the browser")
            words = self.tr("Sign in on {network}'s own page. This goes on by itself afterwards.")
        else:
            title = self.tr("Open the address in your browser")
            words = self.tr("No browser could be opened here. Copy the address and sign in on {network}.")
        self.column.addWidget(Label(theme, title, "bodyStrong"))
        self.column.addWidget(Label(theme, words.format(network=name), "body", "text.secondary", wraps=True))
        again = Button(theme, self.tr("Open the address again"), icon="external-link")
        again.setObjectName("open_again")
        again.clicked.connect(self.reopened)
        copy = Button(theme, self.tr("Copy address"), icon="copy")
        copy.setObjectName("copy_address")
        copy.clicked.connect(self._copy)
        cancel = Button(theme, self.tr("Cancel"), kind="ghost")
        cancel.setObjectName("cancel_sign_in")
        cancel.clicked.connect(self.left)
        self.add_buttons(again, copy, cancel)
        caption = Label(
            theme, self.tr("If nothing happens: paste the address you ended at, or the code"), "small"
        )
        self.line = QLineEdit()
        self.line.setObjectName("paste_code")
        self.line.setAccessibleName(caption.text())
        caption.setBuddy(self.line)
        self.line.returnPressed.connect(self._paste)
        use = Button(theme, self.tr("Use this"))
        use.setObjectName("use_code")
        use.clicked.connect(self._paste)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.line, 1)
        row.addWidget(use)
        self.column.addWidget(caption)
        self.column.addLayout(row)
        self.problem = ProblemLabel(theme)
        self.problem.setObjectName("paste_problem")
        self.problem.hide()
        self.column.addWidget(self.problem)

    def show_problem(self, words: str) -> None:
        """Say what is wrong with what was pasted; the wait goes on."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.url)

    def _paste(self) -> None:
        text = self.line.text().strip()
        if text:
            self.show_problem("")
            self.pasted.emit(text)
