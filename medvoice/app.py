"""The window's entry: the first frame first, then rules, keys and services on their lanes."""

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from medvoice.infra.paths import Paths, make_paths
from medvoice.infra.resources import resource_path
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.main_window import MainWindow
from medvoice.ui.tasks import TaskRunner
from medvoice.ui.theme import Mode, Theme

SIZES = ((1440, 900), (1024, 680))
SETTLE_MS = 1200


class Rules:
    """The rulebook, read once, by the first lane that needs it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rulebook: object | None = None

    def desk(self, home: Path) -> Desk:
        """A desk of this thread over the shared rulebook."""
        from medvoice.bootstrap import load_rulebook, open_workspace

        with self._lock:
            if self._rulebook is None:
                self._rulebook = load_rulebook()
        return open_workspace(home, self._rulebook)  # pyright: ignore[reportArgumentType, reportReturnType]


class FirstPaint(QObject):
    """Calls back once, after the window's first frame was painted."""

    def __init__(self, window: MainWindow, call: Callable[[], None]) -> None:
        super().__init__(window)
        self._call: Callable[[], None] | None = call
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self._call is not None:
            call, self._call = self._call, None
            QTimer.singleShot(0, call)
        return False


def main(home: Path | None, exit_when: str | None = None, shots: Path | None = None) -> int:
    """Open the window on the workspace at `home`. Returns the exit code.

    `exit_when` "painted" or "ready" leaves at that moment and prints the milliseconds since the start as
    JSON. `shots` is a folder for pictures of the pages in light and dark; then it leaves too.
    """
    started = time.monotonic()
    paths = make_paths(home)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("MedVoice")
    app.setWindowIcon(QIcon(str(resource_path("icons", "medvoice.svg"))))
    theme = Theme.from_resources(resource_path())
    theme.apply_to(app)
    window, runner = build(theme, paths, with_agent=exit_when is None and shots is None)

    def report(moment: str) -> None:
        print(json.dumps({moment: round((time.monotonic() - started) * 1000)}), flush=True)
        window.close()

    def painted() -> None:
        if exit_when == "painted":
            report("painted_ms")
            return
        _set_up_logs(paths)
        window.start()

    if exit_when == "ready":
        window.ready.connect(lambda: report("ready_ms"))
    if shots is not None:
        window.ready.connect(lambda: QTimer.singleShot(SETTLE_MS, lambda: take(window, shots)))
    first = FirstPaint(window, painted)
    window.show()
    code = app.exec()
    runner.shutdown()
    first.deleteLater()
    return code


def build(theme: Theme, paths: Paths, *, with_agent: bool) -> tuple[MainWindow, TaskRunner]:
    """The window over its lanes, not yet shown."""
    from medvoice.infra.browser import open_in_browser

    runner = TaskRunner()
    rules = Rules()
    problems: list[BaseException] = []

    def on_problem(problem: BaseException) -> None:
        problems.append(problem)
        window.show_problem(problem)

    bridge = Bridge(runner, lambda: rules.desk(paths.home), on_problem)
    window = MainWindow(
        theme,
        bridge,
        paths.home,
        composer_url=_composer_url,
        open_url=open_in_browser,
        with_agent=with_agent,
    )
    bridge.setParent(window)
    runner.setParent(window)
    return window, runner


def _composer_url(network: str, text: str) -> str:
    from medvoice.platforms.by_hand.publisher import composer_url

    return composer_url(network, text)


def _set_up_logs(paths: Paths) -> None:
    from medvoice.infra.logs import Redactor, set_up_logs

    set_up_logs(paths.logs, "window", Redactor())


def take(window: MainWindow, folder: Path) -> None:
    """Pictures of Compose and Queue, light and dark, large and small; then close."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for page in ("compose", "queue", "settings"):
        window.show_page(page)
        for mode in (Mode.LIGHT, Mode.DARK):
            window.theme.set_mode(mode)
            for width, height in SIZES:
                window.resize(width, height)
                for _ in range(30):
                    app.processEvents()
                    time.sleep(0.01)
                window.grab().save(str(folder / f"{page}-{mode.value}-{width}x{height}.png"))
    window.close()
