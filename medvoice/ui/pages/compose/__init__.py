"""Compose: the list of drafts, the page, and the pane that says where the post stands."""
