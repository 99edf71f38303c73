#!/bin/sh
# Set up .venv with the tested versions; safe to repeat. Uses uv where it is present, else venv and pip.
set -eu
cd "$(dirname "$0")"

stamp=.venv/.ready
digest=$(cat pyproject.toml constraints.txt setup.sh | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$digest" ] && .venv/bin/python -c "" 2>/dev/null; then
    exit 0
fi

is_new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
find_python() {
    for candidate in ${PYTHON:-python3 python3.12 python3.13 python3.11}; do
        if "$candidate" -c "$is_new_enough" 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

refuse() {
    found=$(${PYTHON:-python3} --version 2>/dev/null || echo "no python3")
    echo "newsledger needs Python 3.11 or newer (3.12 or newer preferred), found $found: install one, or name it with PYTHON=…" >&2
    exit 1
}

[ -x .venv/bin/python ] && .venv/bin/python -c "$is_new_enough" 2>/dev/null || rm -rf .venv
if command -v uv >/dev/null 2>&1; then
    echo "setting up .venv with uv …" >&2
    if [ ! -d .venv ]; then
        uv venv --quiet ${PYTHON:+--python "$PYTHON"} .venv 2>/dev/null || { python=$(find_python); [ -n "$python" ] || refuse; uv venv --quiet --python "$python" .venv; }
    fi
    uv pip install --quiet --python .venv/bin/python --constraints constraints.txt --editable ".[dev,reader]"
else
    python=$(find_python)
    [ -n "$python" ] || refuse
    echo "setting up .venv with $("$python" --version) and pip; a few minutes the first time …" >&2
    [ -d .venv ] || "$python" -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev,reader]"
fi
.venv/bin/python -c "$is_new_enough" || refuse
echo "$digest" > "$stamp"
