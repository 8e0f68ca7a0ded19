"""Checks the workflows and the forms in .github: ``python -m tests.workflows``."""

import subprocess
import sys
from pathlib import Path

import yaml


def main() -> None:
    """Run actionlint over the workflows and read every other YAML file; end with 1 on any fault."""
    status = subprocess.run(["actionlint", "-color"], check=False).returncode
    for path in sorted(Path(".github").rglob("*.yml")):
        try:
            yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            print(f"{path}: {error}", file=sys.stderr)
            status = 1
    raise SystemExit(1 if status else 0)


if __name__ == "__main__":
    main()
