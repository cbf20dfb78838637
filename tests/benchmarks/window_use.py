"""Ten minutes of use, without the pauses: run as a process of its own, it prints its memory as JSON.

    python -m tests.benchmarks.window_use HOME    the window on a workspace
    python -m tests.benchmarks.window_use         an empty QMainWindow with a text field

`pss_mb` is the proportional set size (Linux) at the beginning, after a third, two thirds and all of the use;
`page_ms` how long Queue, Settings and Compose take to be there and painted, in milliseconds of the processor.
"""

import gc
import json
import statistics
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit

from medvoice.ui.theme import Mode

from ..screens.stand import Stand, open_stand, rest

ROUNDS, KEYS = 30, 100
WORDS = "In one registry 38% had left. We are proud of it, and I read the methods before the results. "


def pss_mb() -> float:
    """Megabytes this process holds, shared pages counted by their share."""
    gc.collect()
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no Pss in smaps_rollup")


def show_page(stand: Stand, page: str) -> float:
    """Milliseconds until a page is there and painted."""
    began = time.process_time()
    stand.window.show_page(page)
    QApplication.processEvents()
    stand.window.repaint()
    return (time.process_time() - began) * 1000


def write(stand: Stand) -> None:
    """A hundred keys, some of them into the middle, with the check running behind them."""
    editor = stand.window.compose.column.editor
    editor.setFocus()
    for number in range(KEYS):
        QTest.keyClicks(editor, WORDS[number % len(WORDS)])
        if number % 10 == 0:
            rest(5)
    stand.settle()
    for _step in range(KEYS // 2):
        QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def use(stand: Stand, number: int, page_ms: dict[str, list[float]]) -> None:
    """What a person does in twenty seconds."""
    compose = stand.window.compose
    write(stand)
    for _turn in range(3):
        compose.drafts.list.step(1 if number % 2 else -1)
        stand.settle()
    for tab in ("preview", "compliance"):
        compose.pane.show_page(tab)
        rest(20)
    compose.bar.time_button.click()
    rest(40)
    for popup in [
        each for each in QApplication.topLevelWidgets() if each.windowType() is Qt.WindowType.Popup
    ]:
        popup.close()
    for page in ("queue", "settings", "compose"):
        page_ms[page].append(show_page(stand, page))
        rest(60)
    stand.theme.set_mode(Mode.DARK if number % 2 else Mode.LIGHT)
    rest(40)


def run(home: Path) -> None:
    stand = open_stand(home)
    page_ms: dict[str, list[float]] = {"queue": [], "settings": [], "compose": []}
    memory = [pss_mb()]
    for number in range(ROUNDS):
        use(stand, number, page_ms)
        if (number + 1) % (ROUNDS // 3) == 0:
            memory.append(pss_mb())
    first = {page: times[0] for page, times in page_ms.items()}
    usual = {page: statistics.median(times[1:]) for page, times in page_ms.items()}
    print(json.dumps({"pss_mb": memory, "first_page_ms": first, "page_ms": usual}))
    stand.close()


def run_bare() -> None:
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QTextEdit())
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    print(json.dumps({"pss_mb": [pss_mb()]}))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(Path(sys.argv[1]))
    else:
        run_bare()
