"""``python -m explainer.checks``: the same as ``scripts/check.py``, for where the package is installed."""

from explainer.checks.cli import main

if __name__ == "__main__":
    main()
