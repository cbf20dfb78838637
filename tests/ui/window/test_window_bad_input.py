"""What nobody should do to a window, done as a person does it: pasted by key into the open draft, a keyring's
prompt left alone, a draft open in another process. Nothing freezes, no word is lost, each is said."""

import subprocess
import sys
import threading
import time

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from medvoice.infra import secrets
from medvoice.infra.secrets import KeyringVault
from medvoice.ui.editor import PostEditor
from medvoice.ui.pages.compose.title_edit import TitleEdit
from medvoice.ui.pages.settings import sign_in

pytestmark = pytest.mark.usefixtures("british")

CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = "I read the methods before the results."
# Half a minute would be a frozen window; shared machines are given some seconds.
AT_ONCE_S = 3.0
LONG = "A sentence with words in it. " * 180_000


def editor_of(stage) -> PostEditor:
    return stage.find(PostEditor, "post_editor")


def saved(stage) -> str:
    return stage.workspace.drafting.get(stage.window.compose.session.draft.id).text


def clip(**kinds) -> QMimeData:
    data = QMimeData()
    if "html" in kinds:
        data.setHtml(kinds["html"])
    if "text" in kinds:
        data.setText(kinds["text"])
    if "image" in kinds:
        data.setImageData(kinds["image"])
    if "urls" in kinds:
        data.setUrls(kinds["urls"])
    return data


def paste(stage, data: QMimeData, where: QWidget | None = None) -> float:
    """Ctrl+V at the end of the text; how many seconds until the window answers again."""
    target = where or editor_of(stage)
    target.setFocus()
    target.moveCursor(target.textCursor().MoveOperation.End)
    QGuiApplication.clipboard().setMimeData(data)
    began = time.monotonic()
    QTest.keyClick(target, Qt.Key.Key_V, CTRL)
    stage.bot.wait(1)
    return time.monotonic() - began


def picture() -> QImage:
    made = QImage(640, 480, QImage.Format.Format_RGB32)
    made.fill(0)
    return made


NO_PICTURES = "Pictures cannot be pasted into the text of a post. Your text is unchanged."
NO_FILES = "Files cannot be pasted into the text of a post. Your text is unchanged."
TOO_MANY = "Nothing was pasted: these are 5,220,000 characters, and a draft holds 100,000"
REFUSED = [
    (lambda: clip(text=LONG), TOO_MANY),
    (lambda: clip(html=f"<p>{LONG}</p>"), "Nothing was pasted: these are 5,2"),
    (lambda: clip(image=picture()), NO_PICTURES),
    (lambda: clip(urls=[QUrl.fromLocalFile("/etc/hostname")]), NO_FILES),
]


@pytest.mark.parametrize(("data", "words"), REFUSED, ids=["5 MB", "5 MB of marks", "picture", "file"])
def test_what_cannot_be_pasted_leaves_the_text_and_is_said(stage, data, words):
    stage.settle()
    assert paste(stage, data()) < AT_ONCE_S
    assert stage.window.toast.text().startswith(words)
    assert editor_of(stage).text() == TEXT
    QTest.keyClicks(editor_of(stage), " More.")
    stage.wait(lambda: saved(stage) == f"{TEXT} More.")


TAKEN = [
    (lambda: clip(text="one\x00two\x07"), " onetwo", "2 hidden signs stayed behind."),
    (
        lambda: clip(html="<h1>Big</h1><p><b>bold</b> <img src='x.png'> words</p><script>run()</script>"),
        " Big\nbold  words",
        "one picture stayed behind.",
    ),
]


@pytest.mark.parametrize(("data", "words", "said"), TAKEN, ids=["NULs", "rich text"])
def test_what_can_be_pasted_comes_as_plain_words_and_the_rest_is_said(stage, data, words, said):
    stage.settle()
    QTest.keyClicks(editor_of(stage), "")
    editor_of(stage).moveCursor(editor_of(stage).textCursor().MoveOperation.End)
    QTest.keyClicks(editor_of(stage), " ")
    assert paste(stage, data()) < AT_ONCE_S
    assert editor_of(stage).text() == TEXT + words
    assert stage.window.toast.text() == f"The words were pasted; {said}"
    stage.wait(lambda: saved(stage) == TEXT + words)
    QTest.keyClick(editor_of(stage), Qt.Key.Key_Z, CTRL)
    assert editor_of(stage).text() == f"{TEXT} "


def test_a_title_takes_neither_megabytes_nor_lines(stage):
    stage.settle()
    title = stage.find(TitleEdit, "draft_title")
    assert paste(stage, clip(text=LONG), title) < AT_ONCE_S
    assert title.text() == "A first draft"
    assert stage.window.toast.text().startswith("Nothing was pasted")
    paste(stage, clip(text=", and\nmore"), title)
    assert title.text() == "A first draft, and more"


HOLDS = """
import sys
from pathlib import Path
from medvoice.ui.pages.compose.presence import Presence
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
presence = Presence(Path(sys.argv[1]))
presence.hold(sys.argv[2])
app.processEvents()
print("held", presence.is_elsewhere, flush=True)
sys.stdin.readline()
"""


def test_a_draft_open_in_another_process_is_said_until_that_is_gone(stage):
    session = stage.window.compose.session
    other = stage.workspace.drafting.create(title="Another", text="Second text")
    folder = session.presence._folder
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(folder), other.id],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "held False\n"
        stage.window.open_draft(other.id)
        stage.wait(lambda: stage.window.compose.column.banner_words("elsewhere"))
        words = stage.window.compose.column.banner_words("elsewhere")
        assert words.startswith("This draft is open in another window too.")
        process.kill()
        process.wait(10)
        session.presence._again.setInterval(20)
        stage.wait(lambda: not stage.window.compose.column.banner_words("elsewhere"))
    finally:
        process.kill()
        process.wait(10)
        process.stdin.close()
        process.stdout.close()


class Prompt:
    """A keyring that has opened a prompt, which nobody answers."""

    def __init__(self) -> None:
        self.answer = threading.Event()

    def get_password(self, _service: str, _user: str) -> None:
        self.answer.wait(60)

    def set_password(self, _service: str, _user: str, _password: str) -> None:
        self.answer.wait(60)


Prompt.__module__, Prompt.__qualname__ = "keyring.backends.SecretService", "Keyring"


@pytest.fixture
def prompt(stage, monkeypatch):
    made = Prompt()

    def choose(workspace_id, _salt, locks, *, is_session_only=False):
        return KeyringVault(workspace_id, locks, wait_s=1.2, get_backend=lambda: made)

    monkeypatch.setattr(secrets, "choose_vault", choose)
    monkeypatch.setattr(sign_in, "SLOW_MS", 300)
    yield made
    made.answer.set()


def test_a_keyring_prompt_that_is_ignored_is_said_and_stops_nobody(stage, prompt):
    window = stage.window
    window.show_settings("accounts")
    stage.wait(lambda: window.findChild(QWidget, "connect_x") is not None)
    stage.find(QWidget, "connect_x").click()
    stage.wait(lambda: window.findChild(QWidget, "advanced") is not None)
    stage.find(QWidget, "advanced").click()
    stage.find(QLineEdit, "base_url").setText("http://127.0.0.1:9")
    stage.find(QWidget, "connect_confirm").click()
    waits = "Waiting for your keyring. It may have opened a window of its own to ask you."
    stage.wait(lambda: window.toast.text() == waits)
    window.show_page("compose")
    editor_of(stage).setFocus()
    began = time.monotonic()
    QTest.keyClicks(editor_of(stage), "Still writing. ")
    assert time.monotonic() - began < AT_ONCE_S
    stage.wait(lambda: "Still writing." in saved(stage))
    window.show_settings("accounts")
    problem = stage.find(QLabel, "connect_problem")
    stage.wait(lambda: problem.text())
    assert problem.text().startswith("Your keyring is locked or did not answer.")
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 2 * AT_ONCE_S
