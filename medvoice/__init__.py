"""MedVoice: write, check, clear, schedule and publish personal posts, with compliance in view."""

__version__ = "0.1.0"
