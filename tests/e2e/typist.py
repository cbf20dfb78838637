"""The real window in a process of its own, and a person in it who types until somebody ends them.

Prints one JSON line with the text that is on the screen when the window is ready, then after each key the
number of characters on the screen. Usage: typist.py HOME SEED
"""

import json
import random
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from medvoice.app import build, make_app
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.ui.editor import PostEditor
from medvoice.ui.theme import Mode, Theme

# 120 words a minute, five letters and a space each.
KEY_MS = 83
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def main(home: Path, seed: int) -> None:
    app, chance = make_app(), random.Random(seed)
    theme = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    theme.apply_to(app)
    window, _runner = build(theme, make_paths(home), with_agent=False)
    timer = QTimer(window)
    count = 0

    def begin() -> None:
        editor = window.findChild(PostEditor, "post_editor")
        print(json.dumps(editor.text()), flush=True)
        editor.moveCursor(editor.textCursor().MoveOperation.End)

        def press() -> None:
            nonlocal count
            count += 1
            QTest.keyClicks(editor, " " if count % 6 == 0 else chance.choice(LETTERS))
            print(len(editor.text()), flush=True)

        timer.timeout.connect(press)
        timer.start(KEY_MS)

    window.ready.connect(begin)
    window.show()
    window.start()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
