#!/usr/bin/env python3
"""Checks words, facts, citations and links: ``python scripts/check.py --help``."""

import sys

try:
    from explainer.checks.cli import main
except ImportError as error:
    print(
        f"check.py: cannot run here ({error}). Enter the environment: .venv/bin/python scripts/check.py, "
        "or run scripts/test, which makes it.",
        file=sys.stderr,
    )
    sys.exit(2)
except KeyboardInterrupt:
    print("check.py: stopped", file=sys.stderr)
    sys.exit(2)

if __name__ == "__main__":
    main()
