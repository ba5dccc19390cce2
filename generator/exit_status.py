"""What a command tells whoever started it, as its exit status; machines of the hall have their own copy in `sync`."""

from __future__ import annotations

from typing import Final

FINE: Final = 0
PROBLEMS_FOUND: Final = 1
"""Problems in content, or differences found."""
WRONG_USAGE: Final = 2
MISSING_PART: Final = 3
"""Something is not there or cannot be read: a program, a file, a part of the theme."""
