"""Two screens of different sharpness: what is on the second is drawn for it."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SCREENS = [
    {"name": "plain", "x": 0, "y": 0, "width": 1600, "height": 1000, "dpr": 1},
    {"name": "sharp", "x": 1600, "y": 0, "width": 1600, "height": 1000, "dpr": 1},
]
# In a process of its own: the screens of a platform are given when it starts.
SCRIPT = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QPoint
from PySide6.QtGui import QGuiApplication
from medvoice.app import build, make_app
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.ui.pages.settings.about import AppMark
from medvoice.ui.theme import Theme

def turn(ms, until=lambda: False):
    end = QDeadlineTimer(ms)
    while not end.hasExpired() and not until():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

app = make_app()
theme = Theme.from_resources(resource_path())
theme.apply_to(app, has_sheet=False)
window, runner = build(theme, make_paths(Path(sys.argv[1])), with_agent=False)
ready = []
window.ready.connect(lambda: ready.append(True))
window.move(60, 60)
window.show()
window.start()
turn(20_000, lambda: ready)
window.show_settings("about")
turn(300)

def state():
    theme._icons._pixmaps.clear()
    grabbed = window.grab()
    return {
        "screen": window.screen().name(),
        "ratio": window.devicePixelRatioF(),
        "pixels": grabbed.size().toTuple(),
        "icons": sorted({key[3] for key in theme._icons._pixmaps}),
        "mark": window.findChild(AppMark).pixmap().devicePixelRatio(),
        "size": window.size().toTuple(),
    }

told = [state()]
second = next(each for each in QGuiApplication.screens() if each.name() == "sharp")
window.windowHandle().setScreen(second)
window.move(second.geometry().topLeft() + QPoint(60, 60))
turn(500)
told.append(state())
window.close()
runner.shutdown()
print(json.dumps(told))
sys.stdout.flush()
import os
os._exit(0)
"""


def test_a_window_is_drawn_for_the_screen_it_stands_on(home: Path, tmp_path: Path) -> None:
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": SCREENS, "windowFrameMargins": False}), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(home)],
        cwd=ROOT,
        env=os.environ
        | {"QT_QPA_PLATFORM": f"offscreen:configfile={config}", "QT_SCREEN_SCALE_FACTORS": "plain=1;sharp=2"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    plain, sharp = json.loads(done.stdout.splitlines()[-1])
    assert (plain["screen"], plain["ratio"], plain["mark"]) == ("plain", 1, 1)
    assert (sharp["screen"], sharp["ratio"], sharp["mark"]) == ("sharp", 2, 2)
    assert plain["pixels"] == plain["size"]
    assert sharp["pixels"] == [2 * each for each in sharp["size"]]
    assert (plain["icons"], sharp["icons"]) == ([1.0], [2.0])
