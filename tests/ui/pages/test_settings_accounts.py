"""Connecting accounts from the settings, through the real flow on the practice network."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from medvoice.domain.errors import AccountError
from medvoice.domain.outbox import PartState
from medvoice.platforms.http import Http
from medvoice.platforms.sandbox import Sandbox
from medvoice.ui.pages.settings import SettingsPage
from medvoice.ui.pages.settings.fields import TextField


def free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        return one.getsockname()[1], two.getsockname()[1]


PORTS = free_ports()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    uris = [("linkedin", f"http://localhost:{port}/callback") for port in PORTS]
    uris += [("x", f"http://127.0.0.1:{port}/callback") for port in PORTS]
    with Sandbox(seed=5, redirect_uris=tuple(uris)) as running:
        yield running


class Browser:
    """Opens addresses as told: presses a button on the consent page, or does nothing."""

    def __init__(self) -> None:
        self.decision = "allow"
        self.is_present = True
        self.follows = True
        self.opened: list[str] = []

    def __call__(self, url: str) -> bool:
        self.opened.append(url)
        if self.is_present and self.follows:
            threading.Thread(target=self._go, args=(url,)).start()
        return self.is_present

    def _go(self, url: str) -> None:
        Http().call("GET", self.landing(url))

    def landing(self, url: str) -> str:
        """Where the consent page leads."""
        return (
            Http().call("GET", f"{url}&{urlencode({'practice_decision': self.decision})}").header("location")
        )


class Accounts:
    """The accounts sheet, its browser and its toasts."""

    def __init__(self, page: SettingsPage, qtbot, browser: Browser, toasts: list[str]) -> None:
        self.page, self.qtbot, self.browser, self.toasts = page, qtbot, browser, toasts

    def has(self, name: str) -> bool:
        QApplication.processEvents()  # what was just put into a layout is not shown yet
        return any(each.isVisibleTo(self.page) for each in self.page.findChildren(QWidget, name))

    def find(self, name: str, kind: type = QWidget) -> Any:
        QApplication.processEvents()  # what was just put into a layout is not shown yet
        found = [each for each in self.page.findChildren(kind, name) if each.isVisibleTo(self.page)]
        assert found, f"{name} is not shown"
        return found[-1]

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def words(self, name: str) -> str:
        return self.find(name, QLabel).text()

    def pill(self, network: str) -> str:
        return self.find(f"account_{network}").findChild(QWidget, "account_pill").text()

    def fill_practice(self, base_url: str) -> None:
        """The practice network under Advanced; its app needs no typing."""
        self.press("advanced")
        self.find("base_url", QLineEdit).setText(base_url)


@pytest.fixture
def open_accounts(rig, theme, qtbot, kept) -> Iterator[Callable[[], Accounts]]:
    flows = []

    def make() -> Accounts:
        browser, toasts = Browser(), []
        page = SettingsPage(
            theme,
            rig.bridge,
            open_browser=browser,
            keep_look=lambda _mode, _size: None,
            toast=lambda words, _undo: toasts.append(words),
            ports=PORTS,
        )
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(1360, 900)
        flows.append(page.accounts.sign_in)
        page.open("accounts")
        page.show()
        return Accounts(page, qtbot, browser, toasts)

    yield make
    for flow in flows:
        # The page is gone by now and cannot hear that the window closes: free the port for the next test.
        if flow.pending is not None and flow.pending.receiver is not None:
            flow.pending.receiver.close()


def test_nobody_is_connected_at_first(open_accounts) -> None:
    accounts = open_accounts()
    assert accounts.pill("linkedin") == "By hand"
    assert accounts.pill("x") == "Not connected"


def test_x_is_connected_through_the_browser(rig, sandbox, open_accounts) -> None:
    accounts = open_accounts()
    accounts.press("connect_x")
    assert accounts.words("callback_address") == f"http://127.0.0.1:{PORTS[0]}/callback"
    accounts.fill_practice(sandbox.base_url)
    QTest.keyClick(accounts.find("base_url"), Qt.Key.Key_Return)
    assert accounts.pill("x") == "Connected"
    assert accounts.toasts == ["You are signed in to X."]
    account = rig.desk.accounts.list("x")[0]
    assert (account.handle, account.state, account.is_practice) == ("jordansample", "connected", True)
    assert not accounts.has("app_form_x")


def test_the_form_leads_to_the_page_where_an_app_is_registered(open_accounts) -> None:
    accounts = open_accounts()
    accounts.press("connect_x")
    accounts.page.accounts._open_browser = lambda url: url == "https://console.x.com"
    accounts.press("open_portal")
    assert accounts.toasts == []
    accounts.page.accounts._open_browser = lambda _url: False
    accounts.press("open_portal")
    assert accounts.toasts == ["No browser opened. The address is https://console.x.com"]
    accounts.press("connect_cancel")
    assert not accounts.has("app_form_x")
    accounts.press("connect_x")
    assert accounts.has("client_id")


def test_linkedin_asks_to_read_its_terms_first(rig, sandbox, open_accounts) -> None:
    accounts = open_accounts()
    accounts.press("connect_linkedin")
    assert accounts.has("linkedin_terms")
    accounts.press("terms_go_on")
    assert not accounts.has("app_form_linkedin"), "nothing before the box is ticked"
    accounts.press("terms_stay")
    assert not accounts.has("linkedin_terms")
    accounts.press("connect_linkedin")
    accounts.press("terms_tick")
    accounts.press("terms_go_on")
    accounts.fill_practice(sandbox.base_url)
    accounts.press("connect_confirm")
    assert accounts.pill("linkedin") == "Connected"
    shown = [label.text() for label in accounts.find("account_linkedin").findChildren(QLabel)]
    assert "Mon 11 Jan 2027, in 60 days" in shown
    assert rig.desk.identity.get().linkedin_terms_read_on == "", "a practice sign-in is no choice"


def test_the_choice_of_a_real_sign_in_is_recorded_with_its_date(rig) -> None:
    from dataclasses import replace
    from types import SimpleNamespace

    from medvoice.ui.models.accounts_data import settle_connected

    rig.desk.identity.save(replace(rig.desk.identity.get(), linkedin_route="by_hand"))
    account = replace(rig.account("linkedin"), base_url="")
    settle_connected(rig.desk, SimpleNamespace(account=account), True)  # pyright: ignore[reportArgumentType]
    profile = rig.desk.identity.get()
    assert (profile.linkedin_route, profile.linkedin_terms_read_on) == ("oauth", "2026-11-12")


def test_what_is_missing_is_said_in_the_form(rig, open_accounts) -> None:
    accounts = open_accounts()
    accounts.press("connect_x")
    accounts.press("connect_confirm")
    assert accounts.words("connect_problem") == "Enter the client ID of your app."
    accounts.press("advanced")
    accounts.find("base_url", QLineEdit).setText("http://example.org")
    accounts.press("connect_confirm")
    assert accounts.words("connect_problem").startswith("A practice network runs on this computer only")
    accounts.press("connect_cancel")
    assert not accounts.has("app_form_x")
    assert accounts.browser.opened == []


def test_a_declined_sign_in_keeps_the_form(rig, sandbox, open_accounts) -> None:
    accounts = open_accounts()
    accounts.browser.decision = "deny"
    accounts.press("connect_x")
    accounts.fill_practice(sandbox.base_url)
    accounts.press("connect_confirm")
    assert (
        accounts.words("connect_problem") == "The sign-in was declined in the browser. Nothing was connected."
    )
    assert accounts.find("base_url", QLineEdit).text() == sandbox.base_url
    assert rig.desk.accounts.list() == ()
    accounts.browser.decision = "allow"
    accounts.press("connect_confirm")
    assert accounts.pill("x") == "Connected"


def start_waiting(rig, sandbox, accounts: Accounts) -> None:
    """To the point where the browser has the turn: the wait itself is held back."""
    accounts.browser.follows = False
    accounts.press("connect_x")
    accounts.fill_practice(sandbox.base_url)
    rig.runner.holding = {"net"}
    accounts.press("connect_confirm")
    rig.runner.let_go()
    assert accounts.has("waiting_x")


def test_while_waiting_the_address_can_be_opened_and_copied(rig, sandbox, open_accounts) -> None:
    accounts = open_accounts()
    start_waiting(rig, sandbox, accounts)
    url = accounts.browser.opened[0]
    accounts.press("copy_address")
    assert QGuiApplication.clipboard().text() == url
    rig.runner.holding = set()
    accounts.press("open_again")
    assert accounts.browser.opened == [url, url]
    accounts.press("cancel_sign_in")
    assert accounts.has("app_form_x")
    with socket.create_server(("127.0.0.1", PORTS[0])):
        pass  # the port is free again


def test_the_code_can_be_pasted(rig, sandbox, open_accounts) -> None:
    accounts = open_accounts()
    start_waiting(rig, sandbox, accounts)
    landing = accounts.browser.landing(accounts.browser.opened[0])
    rig.runner.holding = set()
    line: QLineEdit = accounts.find("paste_code")
    line.setText("two words")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert accounts.words("paste_problem") == "There is no sign-in code in what you pasted."
    line.setText(landing.replace("state=", "state=x"))
    accounts.press("use_code")
    assert accounts.words("paste_problem").startswith("This answer belongs to another sign-in.")
    line.setText(landing)
    accounts.press("use_code")
    assert accounts.pill("x") == "Connected"
    rig.runner.let_go()  # the wait that was held back ends with the closed receiver
    assert accounts.pill("x") == "Connected"
    assert rig.problems == []


def test_without_a_browser_the_address_is_to_be_opened_by_hand(rig, sandbox, open_accounts) -> None:
    accounts = open_accounts()
    accounts.browser.is_present = False
    start_waiting(rig, sandbox, accounts)
    shown = [label.text() for label in accounts.find("waiting_x").findChildren(QLabel)]
    assert "Open the address in your browser" in shown


def test_taken_ports_leave_the_paste_way(rig, sandbox, open_accounts) -> None:
    accounts = open_accounts()
    accounts.browser.follows = False
    accounts.press("connect_x")
    accounts.fill_practice(sandbox.base_url)
    with socket.create_server(("127.0.0.1", PORTS[0])), socket.create_server(("127.0.0.1", PORTS[1])):
        accounts.press("connect_confirm")
        assert accounts.has("waiting_x")
        accounts.find("paste_code", QLineEdit).setText(accounts.browser.landing(accounts.browser.opened[0]))
        accounts.press("use_code")
    assert accounts.pill("x") == "Connected"


def test_closing_the_window_ends_the_wait(rig, sandbox, open_accounts) -> None:
    accounts = open_accounts()
    start_waiting(rig, sandbox, accounts)
    rig.runner.holding = set()
    rig.bridge.close()
    with socket.create_server(("127.0.0.1", PORTS[0])):
        pass  # the port is free again


def test_no_keyring_is_said_before_the_browser(rig, sandbox, open_accounts) -> None:
    class Closed:
        def seal(self, name: str, secret: bytes) -> bytes:
            raise AccountError("no_keyring")

        open = seal

    rig.vault = Closed()
    accounts = open_accounts()
    accounts.press("connect_x")
    accounts.fill_practice(sandbox.base_url)
    accounts.press("connect_confirm")
    assert accounts.words("connect_problem").startswith("No keyring was found to keep your sign-in safe.")
    assert accounts.browser.opened == []


def connect(accounts: Accounts, sandbox: Sandbox, network: str = "x") -> None:
    accounts.press(f"connect_{network}")
    accounts.fill_practice(sandbox.base_url)
    accounts.press("connect_confirm")
    assert accounts.pill(network) == "Connected"


def test_signing_in_again_frees_what_was_held(rig, sandbox, open_accounts) -> None:
    accounts = open_accounts()
    connect(accounts, sandbox)
    held = rig.end_as(PartState.HELD, "sign_in")
    rig.desk.accounts.set_state(held.account_id, "sign_in", "refresh_spent")
    accounts.page.reload()
    assert accounts.pill("x") == "Sign in again"
    asked: list[bool] = []
    accounts.page.queue_requested.connect(lambda: asked.append(True))
    banner = accounts.find("banner_danger")
    assert banner.text() == "X ended the sign-in. One post is held, nothing was lost."
    accounts.press("banner_action")
    assert asked == [True]
    accounts.press("sign_in_x")
    assert accounts.pill("x") == "Connected"
    assert rig.get(held).state == "planned"
    assert len(rig.desk.accounts.list("x")) == 1


def test_a_sign_in_that_ends_soon_says_when(rig, open_accounts) -> None:
    rig.account("linkedin", expires_at=rig.clock.now() + timedelta(days=3, hours=1))
    accounts = open_accounts()
    assert accounts.pill("linkedin") == "Ends in 3 days"
    rig.clock.advance(timedelta(days=4))
    accounts.page.accounts.snapshot = None
    accounts.page.reload()
    assert accounts.pill("linkedin") == "Sign in again"


def test_disconnecting_removes_the_sign_in(rig, sandbox, open_accounts) -> None:
    accounts = open_accounts()
    connect(accounts, sandbox)
    accounts.press("disconnect_x")
    assert accounts.pill("x") == "Not connected"
    assert accounts.toasts[-1].startswith("Signed out.")
    assert rig.desk.accounts.list("x")[0].state == "disconnected"


def test_the_month_s_budget_for_x_is_written_said_wrong_and_taken_out(rig, open_accounts) -> None:
    rig.account("x", base_url="")
    accounts = open_accounts()

    def field() -> TextField:
        return accounts.page.accounts.cards["a_x_oauth"].budget

    said = " ".join(each.text() for each in field().findChildren(QLabel))
    assert "$0.00 spent, $0.00 planned this month (prices of 22 Aug 2026)." in said
    for written, kept, problem in (
        ("5,50", 5500, ""),
        ("many", 5500, "Write it such as 5 or 5.50; nothing for no limit."),
        ("", 0, ""),
    ):
        line = field().line
        line.setText(written)
        line.textEdited.emit(written)
        field().commit()
        assert rig.desk.queueing.spending.budget == kept
        assert field().problem.text() == problem
    assert accounts.toasts == [
        "Posts on X may cost $5.50 in a month.",
        "Posts on X have no limit in a month.",
    ]
