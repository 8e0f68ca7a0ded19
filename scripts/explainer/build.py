"""The complete production build: ``scripts/build`` calls it inside the environment."""

import os
import shutil
import subprocess
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Engine(StrEnum):
    """The program that turns words into pages. Both read mkdocs.yml."""

    MKDOCS = "mkdocs"
    ZENSICAL = "zensical"


def build(
    engine: Annotated[Engine, typer.Option(help="The program that builds the pages.")] = Engine.MKDOCS,
    site_dir: Annotated[Path, typer.Option(help="The folder to write.")] = Path("site"),
) -> None:
    """Build the site into a new folder, then put it in place of the old one."""
    root = Path.cwd()
    if not (root / "mkdocs.yml").is_file():
        typer.echo(f"{root}: there is no mkdocs.yml here; run scripts/build from the project", err=True)
        raise typer.Exit(2)
    target = site_dir.resolve()
    if (
        target == root
        or target in root.parents
        or target in ((root / name) for name in ("docs", "scripts", "tests"))
    ):
        typer.echo(f"{site_dir}: will not be overwritten; name a folder of its own", err=True)
        raise typer.Exit(2)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as temporary:
        fresh = Path(temporary) / "site"
        status = _run(engine, root, fresh)
        if status:
            raise typer.Exit(status)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    typer.echo(f"Built {site_dir}")


def _run(engine: Engine, root: Path, fresh: Path) -> int:
    """Run the engine and complete what it wrote, in the folder ``fresh``; return the exit status."""
    environment = os.environ | {
        # What the engines print as “built on” is the day of the commit, so that one commit gives one site.
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or _commit_time(root),
        # Which version a page is, for “Cite this page”.
        "BUILD_COMMIT": _commit(root),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
    }
    if engine is Engine.MKDOCS:
        command = [sys.executable, "-m", "explainer.mkdocs_build", str(fresh)]
        return subprocess.run(command, cwd=root, env=environment, check=False).returncode
    return _run_zensical(root, fresh, environment) or _publish(root, fresh)


def _publish(root: Path, fresh: Path) -> int:
    """Complete the built pages; return the exit status."""
    # Only here: MkDocs' process loads it itself.
    from explainer.problems import ProblemsError
    from explainer.publish import publish

    try:
        publish(root, fresh)
    except ProblemsError as error:
        typer.echo(str(error), err=True)
        return 1
    return 0


def _run_zensical(root: Path, fresh: Path, environment: dict[str, str]) -> int:
    """Zensical takes no site folder on its command line and keeps a cache: it builds in a copy of the project."""
    with tempfile.TemporaryDirectory(prefix="zensical-") as temporary:
        copy = Path(temporary) / "project"
        copy.mkdir()
        for name in ("docs", "overrides"):
            shutil.copytree(root / name, copy / name)
        shutil.copy(root / "mkdocs.yml", copy)
        status = subprocess.run(
            [sys.executable, "-m", "zensical", "build", "--clean"], cwd=copy, env=environment, check=False
        ).returncode
        if status == 0:
            shutil.move(str(copy / "site"), fresh)
        return status


def _commit(root: Path) -> str:
    """Short name of the last commit; empty outside a repository."""
    name = _last_commit(root, "%h")
    # YAML would read a name of digits alone as a number and drop a zero before it.
    return _last_commit(root, "%H") if name.isdigit() else name


def _commit_time(root: Path) -> str:
    """Seconds since 1970 of the last commit; 0 outside a repository."""
    return _last_commit(root, "%ct") or "0"


def _last_commit(root: Path, form: str) -> str:
    """What git says of the last commit; empty outside a repository. The name has the same length in every copy."""
    command = ["git", "log", "-1", "--abbrev=7", f"--format={form}"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    typer.run(build)
