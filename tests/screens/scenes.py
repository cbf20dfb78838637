"""The pages and the states they are shown in. A scene brings a settled window there as a person would."""

from . import (
    calendar_scenes,
    compose_scenes,
    events_scenes,
    feeds_scenes,
    page_scenes,
    rules_scenes,
    surface_scenes,
    topics_scenes,
    window_scenes,
    writing_scenes,
)
from .scene_kit import EACH_LOOK, EMPTY, FLOATING, SCENES

__all__ = [
    "EACH_LOOK",
    "EMPTY",
    "FLOATING",
    "SCENES",
    "calendar_scenes",
    "compose_scenes",
    "events_scenes",
    "feeds_scenes",
    "page_scenes",
    "rules_scenes",
    "surface_scenes",
    "topics_scenes",
    "window_scenes",
    "writing_scenes",
]
