# Sourced by serve, build and test: makes the folder .venv with the pinned packages, and puts it first in PATH.
# Does nothing where that has been done for the same pins. The variable “requirements” names the file of pins.

find_python() {
  for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "Python 3.11 or newer is needed and was not found. Install it, or name it: PYTHON=/path/to/python $0" >&2
  exit 2
}

if [ ! -x .venv/bin/python ]; then
  python=$(find_python) || exit 2
  echo "Creating .venv with $("$python" --version)"
  "$python" -m venv .venv || {
    echo "The environment could not be created. On Debian and Ubuntu: apt install python3-venv" >&2
    rm -rf .venv
    exit 2
  }
fi

# The stamp names the pins that were installed; another set of pins installs again.
stamp=.venv/installed-$(basename "$(dirname "$PWD/$requirements")")
pins=$(cat requirements.txt tests/requirements.txt pyproject.toml | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$pins" ]; then
  echo "Installing the pinned packages of $requirements"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$requirements" || exit 2
  echo "$pins" >"$stamp"
fi

PATH=$PWD/.venv/bin:$PATH
export PATH NO_MKDOCS_2_WARNING=1
