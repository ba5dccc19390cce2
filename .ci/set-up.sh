#!/bin/sh
# Make .venv hold what the locks pin, and this project itself; do nothing where it already does.
# Usage: sh .ci/set-up.sh LOCK...      (PYTHON=... names the Python to take)
set -eu
cd "$(dirname "$0")/.."
here=$(pwd -P)
installed=.venv/installed # holds a copy of each lock as it was when it was installed

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$*"; exit 3; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
can_make_venv() { "$1" -c 'import ensurepip, venv; ensurepip.version()' 2>/dev/null; }

# Set `python` to the first that is new enough and can make virtual environments, else to one that is new enough.
find_python() {
    python=
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        is_new_enough "$candidate" || continue
        if can_make_venv "$candidate"; then
            python=$candidate
            return
        fi
        python=${python:-$candidate}
    done
}

# Debian and Ubuntu leave ensurepip out of their Python.
add_venv_module() {
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        say "Installing $package ..."
        apt-get update -qq >/dev/null 2>&1 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$package" </dev/null >/dev/null 2>&1 || true
    fi
    can_make_venv "$python" || give_up "Python can't make virtual environments here. Install its module: sudo apt-get install $package"
}

make_venv() {
    find_python
    [ -n "$python" ] || give_up "Python 3.11 or newer is needed. Install it, or name it: make site PYTHON=/path/to/python3"
    can_make_venv "$python" || add_venv_module
    "$python" -m venv --clear .venv
}

# A copied or moved .venv still points to where it was made.
is_usable() {
    grep -qF " $here/.venv" .venv/pyvenv.cfg 2>/dev/null && .venv/bin/python -c 'import pip' 2>/dev/null
}

copy_of() { printf '%s/%s' "$installed" "$(printf '%s' "$1" | tr / -)"; }
is_installed() { cmp -s "$1" "$(copy_of "$1")"; }
mark_installed() { mkdir -p "$installed" && cp "$1" "$(copy_of "$1")"; }

# Errors only: warnings about a machine's own pip settings say nothing to whoever runs this.
pip_install() { .venv/bin/python -m pip install -qq --no-input --disable-pip-version-check "$@"; }

# Two runs at once wait for each other where the machine has flock.
if command -v flock >/dev/null; then
    mkdir -p .cache
    exec 9>.cache/set-up.lock
    flock 9
fi

is_usable || make_venv
for lock in "$@"; do
    is_installed "$lock" && continue
    say "Installing what $lock pins into .venv ..."
    pip_install --require-hashes --only-binary :all: -r "$lock"
    mark_installed "$lock"
done
if ! is_installed pyproject.toml; then
    pip_install --no-deps --no-build-isolation --editable .
    mark_installed pyproject.toml
fi
