"""The production build with MkDocs, in one process: pages, then what a page build cannot write.

``python -m explainer.mkdocs_build FOLDER``; ``explainer.build`` calls it. Both steps need the facts, the words and the
charts, which are read and drawn once.
"""

import gc
import sys
from pathlib import Path

from mkdocs.__main__ import cli

from explainer.extension import load_site
from explainer.problems import ProblemsError
from explainer.publish import complete


def build_pages(site: Path) -> None:
    """Run ``mkdocs build --strict``. Raises ``SystemExit`` with the status of MkDocs where it fails."""
    try:
        cli(["build", "--strict", "--site-dir", str(site)])
    except SystemExit as done:
        if done.code:
            raise


def main(root: Path, site: Path) -> int:
    """Build the complete site of the project at ``root`` into the folder ``site``; return the exit status."""
    # A build makes many objects and drops few: looking for unused ones as often as usual takes a tenth of its time.
    gc.set_threshold(200_000, 20, 50)
    build_pages(site)
    try:
        loaded = load_site(root)
        complete(root, site, loaded.facts, loaded.pages, loaded.cache)
    except ProblemsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd(), Path(sys.argv[1])))
