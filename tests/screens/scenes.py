"""The pages and the states they are shown in. A scene brings a settled window there as a person would."""

from . import compose_scenes, page_scenes
from .scene_kit import EMPTY, FLOATING, SCENES

__all__ = ["EMPTY", "FLOATING", "SCENES", "compose_scenes", "page_scenes"]
