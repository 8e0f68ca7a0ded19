"""Finds a browser for the tests, or installs one: ``python -m tests.browser.install``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def find_browser() -> str | None:
    """Path of a browser: the one named in BROWSER_PATH, an installed Chrome or Chromium, or Playwright's own."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if shutil.which(named) else None
    for name in INSTALLED:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Try Playwright's own browser, then Debian's ``chromium``; return the path of what works."""
    print("No browser found: installing Playwright's Chromium", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if sys.platform == "linux" and os.geteuid() == 0:
        command.insert(4, "--with-deps")
    try:
        subprocess.run(command, check=False, timeout=300)
    except subprocess.TimeoutExpired:
        print("The download took more than five minutes and was given up", flush=True)
    if path := find_browser():
        return path
    if shutil.which("apt-get"):
        print("Playwright's could not be had: installing Debian's chromium", flush=True)
        root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
        subprocess.run([*root, "apt-get", "update", "-qq"], check=False)
        subprocess.run(
            [*root, "apt-get", "install", "-qq", "--yes", "chromium"],
            check=False,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
        )
    return find_browser()


def main() -> None:
    """Print the path of the browser, or say what to do and end with 2."""
    path = find_browser() or install()
    if not path:
        print(
            "No browser could be found or installed. Install Chrome or Chromium, or set BROWSER_PATH.",
            file=sys.stderr,
        )
        raise SystemExit(2)
    print(path)


if __name__ == "__main__":
    main()
