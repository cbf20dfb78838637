"""Takes PySide's hook out of `import`; imported for that, right after PySide.

With its first import PySide has every later import statement pass through Python code of its own, and reads
the source text of each new module for `__feature__` (snake_case, true_property). Nothing here uses those, and
the hook costs a start as much as a tenth of a first paint. Where PySide has no such hook nothing changes.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - sets the hook

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
