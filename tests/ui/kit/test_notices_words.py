"""Words for problems, the one door, and the crash report."""

import ast
import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medvoice.domain.errors import (
    AccountError,
    FindingsBlock,
    MedVoiceError,
    PackError,
    RemoteError,
    StorageError,
    UserError,
)
from medvoice.ui import strings
from medvoice.ui.crash import CrashDialog, CrashReporter, redact, report_of
from medvoice.ui.notices import Notices
from medvoice.ui.widgets.field import Field
from medvoice.ui.widgets.message import Banner

ROOT = Path(__file__).parents[3] / "medvoice"
CLASSES = {
    kind.__name__: kind
    for kind in (AccountError, FindingsBlock, PackError, RemoteError, StorageError, UserError)
}
FORBIDDEN = re.compile(r"\b(error|invalid|failed|violation|compliant|oops)\b|!", re.IGNORECASE)


def raised_codes() -> dict[str, type[MedVoiceError]]:
    """Every code that services, store, platforms and infra raise with a plain text."""
    found: dict[str, type[MedVoiceError]] = {}
    for room in (
        "services",
        "store",
        "platforms/oauth",
        "platforms/linkedin",
        "platforms/x",
        "platforms/by_hand",
        "infra",
    ):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CLASSES:
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        found[first.value] = CLASSES[node.func.id]
    return found


def test_every_code_that_can_be_raised_has_words() -> None:
    raised = raised_codes()
    assert len(raised) > 60
    assert set(raised) - strings.known_codes() == set()


def test_words_are_calm_and_whole(qapp) -> None:
    for code in strings.known_codes():
        sentence = strings.sentence_for(UserError(code))
        assert not FORBIDDEN.search(sentence), sentence
        assert sentence.endswith("."), sentence
        assert "{" not in sentence


def test_braces_are_filled_in_the_person_s_words(qapp) -> None:
    words = strings.sentence_for(UserError("account_missing", channel="linkedin"))
    assert "LinkedIn" in words
    assert "8765, 8766" in strings.sentence_for(UserError("ports_in_use", ports=("8765", "8766")))


@pytest.mark.parametrize("kind", CLASSES.values())
def test_an_unknown_code_is_named(qapp, kind: type[MedVoiceError]) -> None:
    sentence = strings.sentence_for(kind("brand_new_thing"))
    assert "brand_new_thing" in sentence
    assert not FORBIDDEN.search(sentence)


def test_words_have_three_parts(qapp) -> None:
    words = strings.words_for(StorageError("disk_full"))
    assert words.what
    assert words.safe
    assert words.next


class Frame:
    def __init__(self) -> None:
        self.told: list[str] = []
        self.banners: list[Banner] = []

    def tell(self, words: str, undo: object = None) -> None:
        self.told.append(words)

    def add_banner(self, banner: Banner) -> None:
        self.banners.append(banner)


@pytest.fixture
def door(theme, qtbot):
    window, frame = QWidget(), Frame()
    qtbot.addWidget(window)
    return Notices(theme, frame, window), frame, window


def test_each_kind_of_problem_has_its_verb(door, qtbot, caplog) -> None:
    notices, frame, window = door
    notices.problem(UserError("time_past"))
    notices.problem(RemoteError("sign_in_no_answer"))
    assert len(frame.told) == 2
    assert frame.banners == []
    notices.problem(StorageError("disk_full"))
    notices.problem(AccountError("sign_in_needed", account="a1"))
    notices.problem(PackError("pack_syntax", file="us/us.toml", line=3, column=7, reason="x"))
    assert [banner.objectName() for banner in frame.banners] == [
        "banner_danger",
        "banner_warn",
        "banner_warn",
    ]
    assert "us/us.toml" in frame.banners[2].text()
    with qtbot.waitSignal(notices.accounts_requested, timeout=1000):
        frame.banners[1].action.click()
    notices.problem(ValueError("x"))
    notices.problem(ValueError("x"))
    qtbot.waitUntil(lambda: len(window.findChildren(CrashDialog)) == 1, timeout=1000)


def test_one_banner_per_cause(door) -> None:
    notices, _frame, _window = door
    first = notices.banner("disk_full", "danger", "One.")
    second = notices.banner("disk_full", "danger", "Two.")
    assert first.isHidden()
    assert second.text() == "Two."
    notices.clear_banner("disk_full")
    notices.clear_banner("disk_full")
    assert second.isHidden()


def test_inline_words_stand_under_the_field_and_are_read_aloud(door, theme, qtbot) -> None:
    field = Field(theme, "Client ID", "From the developer page")
    qtbot.addWidget(field)
    door[0].inline(field, UserError("client_id_missing"))
    assert "missing" in field.problem()
    assert field.edit.accessibleDescription() == field.problem()
    assert field.edit.accessibleName() == "Client ID"
    door[0].inline(field, "")
    assert field.problem() == ""


def test_a_question_starts_on_the_safe_answer(door, theme, qtbot) -> None:
    notices, _frame, window = door
    place, said = QVBoxLayout(window), []
    window.show()
    box = notices.ask(place, "Delete it?", "It cannot come back.", "Delete", lambda: said.append("yes"))
    with qtbot.waitSignal(box.left, timeout=1000):
        qtbot.keyClick(box.leave, Qt.Key.Key_Escape)
    assert said == []
    box = notices.ask(place, "Delete it?", "It cannot come back.", "Delete", lambda: said.append("yes"))
    box.yes.click()
    assert said == ["yes"]


def crash_of(text: str) -> ValueError:
    try:
        raise ValueError(text)
    except ValueError as caught:
        return caught


def test_a_report_holds_no_secret_and_no_home(tmp_path: Path) -> None:
    secret = "AQX" + "3f9Zk" * 9
    report = report_of(crash_of(f"access_token={secret} Bearer {secret} at {Path.home()}/drafts {secret}"))
    assert secret not in report
    assert str(Path.home()) not in report
    assert "ValueError" in report
    assert "test_notices_words.py" in report


def test_redaction_leaves_plain_words_alone() -> None:
    plain = "medvoice/ui/pages/compose/session.py:120 open_draft_from_the_list"
    assert redact(plain) == plain
    assert redact("client_secret='abc', next") == "client_secret='***', next"


def test_a_kind_is_shown_once(qapp, qtbot, caplog) -> None:
    shown: list[str] = []
    reporter = CrashReporter(shown.append)
    assert reporter.report(crash_of("one"))
    assert not reporter.report(crash_of("two"))
    with pytest.raises(KeyError) as other:
        _ = {}["three"]
    assert reporter.report(other.value)
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=1000)


def test_the_hook_takes_what_nobody_caught(qapp, qtbot, monkeypatch, caplog) -> None:
    shown: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    reporter = CrashReporter(shown.append)
    reporter.install()
    error = crash_of("loose")
    sys.excepthook(ValueError, error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(shown), timeout=1000)
    assert "loose" in shown[0]
    reporter.uninstall()
    assert sys.excepthook is sys.__excepthook__


def test_the_dialog_copies_the_report(theme, qtbot) -> None:
    dialog = CrashDialog(theme, "the report")
    qtbot.addWidget(dialog)
    dialog._copy_report()
    assert QGuiApplication.clipboard().text() == "the report"


def test_a_known_secret_and_the_home_are_both_taken_out(qapp, qtbot, caplog) -> None:
    shown: list[str] = []
    reporter = CrashReporter(shown.append, lambda text: text.replace("hunter", "***"))
    reporter.report(crash_of(f"hunter at {Path.home()}"))
    qtbot.waitUntil(lambda: bool(shown), timeout=1000)
    assert "hunter" not in shown[0]
    assert str(Path.home()) not in shown[0]
