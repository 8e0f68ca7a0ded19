"""Which fonts this machine has: the width of a word in a chart, and so the place of what stands beside it, is theirs."""

import os
from functools import lru_cache
from pathlib import Path

_FOLDERS = (
    # Linux
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/etc/fonts",
    "~/.config/fontconfig",
    # macOS
    "/Library/Fonts",
    "/System/Library/Fonts",
    "/System/Library/AssetsV2",
    "/Network/Library/Fonts",
    "~/Library/Fonts",
    # Windows
    "C:/Windows/Fonts",
    "~/AppData/Local/Microsoft/Windows/Fonts",
)


@lru_cache(maxsize=1)
def system_fonts() -> str:
    """Every file in the folders of fonts, and of what chooses among them, with its size and time; a line each."""
    lines = []
    for folder in _FOLDERS:
        for parent, folders, names in os.walk(Path(folder).expanduser()):
            folders.sort()
            for name in sorted(names):
                path = Path(parent, name)
                if path.exists():  # a link may lead to nothing
                    state = path.stat()
                    lines.append(f"{path} {state.st_size} {state.st_mtime_ns}")
    return "\n".join(lines)
