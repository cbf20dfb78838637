"""The post editor and the span arithmetic it needs."""

from medvoice.ui.editor.post_editor import PostEditor
from medvoice.ui.editor.spans import SpanMap, clean_text, utf16_length

__all__ = ["PostEditor", "SpanMap", "clean_text", "utf16_length"]
