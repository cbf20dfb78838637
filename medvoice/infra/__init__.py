"""The operating system: paths, settings, secrets, logs, locks, notifications."""
