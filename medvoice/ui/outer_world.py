"""What the window needs of the world outside it, handed in by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medvoice.services.ports import GlobalKey
    from medvoice.ui.bridge import Desk


@dataclass(frozen=True, slots=True)
class Outside:
    """What the window needs of the system and may not know itself: the composition root hands it in.

    `open_desk` opens the services for the thread that calls it; `open_url` may block and is called on a lane;
    `keep_mode` keeps "system", "light" or "dark"; `open_key` gives a key of the desktop of Qt's platform;
    `bell` says the address at which other processes may ask for something, "" for none.
    """

    open_desk: Callable[[], "Desk"]
    composer_url: Callable[[str, str], str]
    open_url: Callable[[str], bool]
    keep_mode: Callable[[str], None]
    ports: tuple[int, ...] = (8765, 8766)
    open_key: "Callable[[str], GlobalKey | None]" = lambda _platform: None
    bell: Callable[[], str] = str
