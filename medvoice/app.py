"""The window's entry: the first frame first, then rules, keys and services on their lanes."""

import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import medvoice.ui.plain_imports  # noqa: F401 - for its effect on all imports below

# isort: split
from PySide6.QtCore import QEvent, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.infra.paths import Paths, make_paths
from medvoice.infra.resources import resource_path
from medvoice.infra.settings import Settings, load_settings, save_settings
from medvoice.ui.main_window import MainWindow
from medvoice.ui.outer_world import Outside
from medvoice.ui.tasks import TaskRunner
from medvoice.ui.theme import Mode, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from medvoice.compliance.pack import LoadedPacks
    from medvoice.compliance.ruleset import Ruleset
    from medvoice.domain.errors import PackError
    from medvoice.services.checking import Rulebook
    from medvoice.services.ports import GlobalKey
    from medvoice.ui.bridge import Desk

SIZES = ((1440, 900), (1024, 680))
SETTLE_MS, FRAME_MS, SHOTS_LIMIT_MS = 1500, 250, 60_000
STORAGE_EXIT = 5
LEFT = "idea_left"


class LazyRulebook:
    """The rulebook, read by the first lane that checks something: listing and typing do not wait for it.
    Any thread."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._read: Rulebook | None = None

    def _book(self) -> "Rulebook":
        with self._lock:
            if self._read is None:
                from medvoice.bootstrap import load_rulebook

                self._read = load_rulebook(self._home)
            return self._read

    @property
    def loaded(self) -> "LoadedPacks":
        return self._book().loaded

    @property
    def ruleset(self) -> "Ruleset":
        return self._book().ruleset

    @property
    def problems(self) -> "tuple[PackError, ...]":
        return self._book().problems


class NextPaint(QObject):
    """Calls back once, after the next frame of a window or page was painted."""

    def __init__(self, page: QWidget, call: Callable[[], None]) -> None:
        super().__init__(page)
        self._call: Callable[[], None] | None = call
        self._is_painted = False
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._tell)
        return False

    def look(self) -> None:
        """Call back as the first of what waits for the event loop, if the frame is painted by then."""
        QTimer.singleShot(0, self, lambda: self._tell() if self._is_painted else None)

    def _tell(self) -> None:
        if self._call is not None:
            call, self._call = self._call, None
            call()


def main(home: Path | None, exit_when: str | None = None, shots: Path | None = None) -> int:
    """Open the window on the workspace at `home`. Returns the exit code.

    `exit_when` leaves at a moment and prints the milliseconds since the call as JSON: "painted" (the first
    frame), "ready" (the list is filled, the last draft can be edited) or "shown" (a frame with both). `shots`
    is a folder for pictures of the pages in light and dark; then it leaves too. Raises StorageError
    `home_unusable`, UserError `no_display`.
    """
    started_s = time.monotonic()
    gc.disable()
    is_brief = exit_when is not None or shots is not None
    paths, app = make_paths(home), make_app(is_brief=is_brief)
    settings, code = read_settings(paths), [0]
    theme = Theme.from_resources(resource_path(), mode=Mode(settings.theme))
    theme.apply_to(app, has_sheet=False)
    window, runner = build(theme, paths, with_agent=not is_brief, settings=settings)

    def report(moment: str) -> None:
        print(f'{{"{moment}": {round((time.monotonic() - started_s) * 1000)}}}', flush=True)
        leave(window, runner)

    def painted() -> None:
        if exit_when == "painted":
            report("painted_ms")
            return
        # After the frame that is painted with `ready`.
        window.ready.connect(lambda: QTimer.singleShot(0, window, settle))
        window.start()

    def settle() -> None:
        gc.freeze()  # what stands now stays: looking through it again and again holds keys up for 30 ms
        gc.enable()
        set_up_reports(window, paths)

    def give_up() -> None:
        code[0] = STORAGE_EXIT
        window.close()

    tell_when(window, exit_when, report)
    if shots is not None:
        window.ready.connect(Pictures(window, shots).begin)
        QTimer.singleShot(SHOTS_LIMIT_MS, window, give_up)
    if is_brief:
        window.in_trouble.connect(give_up)
    first = NextPaint(window, painted)
    window.show()
    code[0] = app.exec() or code[0]
    runner.shutdown()
    first.deleteLater()
    return code[0]


def tell_when(window: MainWindow, moment: str | None, report: Callable[[str], None]) -> None:
    """Report the moment "ready" or "shown"."""
    if moment == "ready":
        window.ready.connect(lambda: report("ready_ms"))
    elif moment == "shown":
        window.ready.connect(lambda: NextPaint(window.compose, lambda: report("shown_ms")).look())


def leave(window: MainWindow, runner: TaskRunner) -> NoReturn:
    """End a measured start: all is closed, and taking the widgets down one by one is not what is measured."""
    window.close()
    runner.shutdown()
    os._exit(0)


def run(args: Sequence[str]) -> int:
    """As `main`, from the arguments --home, --exit-when and --shots; for tests."""
    named = dict(zip(args[::2], args[1::2], strict=True))
    home, shots = named.get("--home"), named.get("--shots")
    return main(Path(home) if home else None, named.get("--exit-when"), Path(shots) if shots else None)


def make_app(*, is_brief: bool = False) -> QApplication:
    """The application with its name and the way numbers and dates are written.

    Without X or Wayland on Linux Qt would end the process: then a brief run (measuring, pictures) is drawn
    offscreen, and any other raises UserError `no_display`.
    """
    has_display = any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and not has_display:
        if not is_brief:
            from medvoice.domain.errors import UserError

            raise UserError("no_display")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication.instance()
    if app is None:
        # Named, or a desktop calls the window by the file that was started.
        app = QApplication(["medvoice", "-style", "Fusion"])
        app.setProperty("began_in_fusion", True)
    assert isinstance(app, QApplication)
    app.setApplicationName("MedVoice")
    app.setDesktopFileName("medvoice")  # which icon and name a desktop shows: medvoice.desktop
    if QLocale.system().language() == QLocale.Language.C:
        # Without a locale Qt writes 3000 and American dates; the words on the screen are English.
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    return app


def make_icon() -> "QIcon":
    """The program's icon; read after the first frame, which does not show it."""
    from PySide6.QtGui import QIcon

    return QIcon(str(resource_path("icons", "medvoice.svg")))


def read_settings(paths: Paths) -> Settings:
    """The settings; the usual ones where the file cannot be read, which the settings page then says."""
    from medvoice.domain.errors import MedVoiceError

    try:
        settings = load_settings(paths.settings)
    except MedVoiceError:
        return Settings()
    return settings if settings.theme in list(Mode) else replace(settings, theme="system")


def build(
    theme: Theme, paths: Paths, *, with_agent: bool, settings: Settings | None = None
) -> tuple[MainWindow, TaskRunner]:
    """The window over its lanes, not yet shown. The caller shuts the runner down after the window closed."""
    settings = settings or read_settings(paths)
    runner, open_desk = make_lanes(paths)

    def keep_mode(mode: str) -> None:
        from medvoice.domain.errors import MedVoiceError

        try:
            save_settings(paths.settings, replace(read_settings(paths), theme=mode))
        except MedVoiceError as problem:
            window.show_problem(problem)

    outside = Outside(
        open_desk,
        composer_url,
        open_in_browser,
        keep_mode,
        ports=settings.callback_ports,
        open_key=open_key,
        bell=lambda: bell_of(paths.home),
    )
    window = MainWindow(theme, runner, paths.home, outside, with_agent=with_agent)
    return window, runner


def make_lanes(paths: Paths) -> "tuple[TaskRunner, Callable[[], Desk]]":
    """The lanes, and what opens the services on one of them. The caller shuts the runner down."""
    # Lanes hand over to the window sooner: another draft is shown in half the time while the checker runs.
    sys.setswitchinterval(0.001)
    rulebook = LazyRulebook(paths.home)

    def open_desk() -> "Desk":
        from medvoice.bootstrap import open_workspace

        return open_workspace(paths.home, rulebook)  # pyright: ignore[reportArgumentType, reportReturnType]

    return TaskRunner(), open_desk


def capture(home: Path | None) -> int:
    """Ask for one idea in a small window, without the large one. Returns the exit code. Raises as `main`."""
    from PySide6.QtCore import QSettings

    from medvoice.ui.bridge import Bridge
    from medvoice.ui.capture_window import CaptureWindow

    paths, app = make_paths(home), make_app()
    theme = Theme.from_resources(resource_path(), mode=Mode(read_settings(paths).theme))
    theme.apply_to(app, has_sheet=False)
    app.setWindowIcon(make_icon())
    app.setQuitOnLastWindowClosed(False)
    runner, open_desk = make_lanes(paths)
    bugs: list[BaseException] = []

    def give_up(problem: BaseException) -> None:
        bugs.append(problem)
        app.quit()

    bridge = Bridge(runner, open_desk, give_up, app)
    line = CaptureWindow(theme, bridge)
    left = QSettings(str(paths.home / "window.ini"), QSettings.Format.IniFormat)
    line.form.line.setText(str(left.value(LEFT, "")))
    line.closed.connect(app.quit)
    line.ask()
    app.exec()
    left.setValue(LEFT, line.form.line.text())  # what was written and not kept is there the next time
    left.sync()
    bridge.close()
    runner.shutdown()
    line.deleteLater()
    if bugs:
        raise bugs[0]
    return 0


def composer_url(network: str, text: str) -> str:
    """The address of a network's composer; imported when first asked for."""
    from medvoice.platforms.by_hand.publisher import composer_url as make

    return make(network, text)


def open_in_browser(url: str) -> bool:
    """Start the system's browser. May block; a lane's business. False when there is none."""
    from medvoice.infra.browser import open_in_browser as start

    return start(url)


def open_key(platform_name: str) -> "GlobalKey | None":
    """A key of the desktop; imported when the person wants one."""
    from medvoice.infra.global_key import open_global_key

    return open_global_key(platform_name)


def bell_of(home: Path) -> str:
    """Where other processes ring at the window of a workspace; imported after the first frame."""
    from medvoice.infra.ringing import address_of

    return address_of(home)


def set_up_reports(window: MainWindow, paths: Paths) -> None:
    """The icon, logs and the hook for what nobody foresaw; after the first frame."""
    from medvoice.infra.logs import Redactor, set_up_logs
    from medvoice.ui.crash import CrashReporter

    window.setWindowIcon(make_icon())
    redactor = Redactor()
    try:
        set_up_logs(paths.logs, "window", redactor)
    except OSError as problem:
        print(f"No log is written: {problem.strerror}", file=sys.stderr)
    CrashReporter(lambda report: window.notices.crash(report), redactor.clean, window).install()


class Pictures(QObject):
    """Takes pictures of Compose, Queue and Settings, light and dark, large and small; then closes."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self.window, self.folder = window, folder
        self._todo = [
            (page, mode, size)
            for page in ("compose", "queue", "settings")
            for mode in (Mode.LIGHT, Mode.DARK)
            for size in SIZES
        ]

    def begin(self) -> None:
        """Start when what is read in the background has arrived."""
        self.folder.mkdir(parents=True, exist_ok=True)
        QTimer.singleShot(SETTLE_MS, self, self._next)

    def _next(self) -> None:
        if not self._todo:
            self.window.close()
            return
        page, mode, size = self._todo[0]
        if self.window.page() != page:
            self.window.show_page(page)
        self.window.theme.set_mode(mode)
        self.window.resize(*size)
        QTimer.singleShot(FRAME_MS, self, self._take)

    def _take(self) -> None:
        page, mode, (width, height) = self._todo.pop(0)
        self.window.grab().save(str(self.folder / f"{page}-{mode.value}-{width}x{height}.png"))
        self._next()
