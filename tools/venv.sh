#!/bin/sh
# venv.sh base|dev: makes .venv hold what requirements/base.txt or dev.txt pins; does nothing when it does.
# Both live in one environment: dev.txt pins the same versions as base.txt and adds the test tools.
set -eu
cd "$(dirname "$0")/.."

wanted="${1:?base or dev}"
stamps=".venv/installed"

fresh() { cmp -s "requirements/$1.txt" "$stamps/$1.txt"; }

usable() { .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if usable; then
    if fresh "$wanted"; then
        exit 0
    fi
    # A lock that changed since may have dropped packages: start anew rather than keep leftovers.
    for lock in base dev; do
        if [ -f "$stamps/$lock.txt" ] && ! fresh "$lock"; then
            rm -rf .venv
            break
        fi
    done
fi

if ! usable; then
    python=$(sh tools/python.sh)
    rm -rf .venv
    echo "Making the environment in .venv with $("$python" --version) …"
    "$python" -m venv .venv
fi

echo "Installing the pinned packages of requirements/$wanted.txt (under a minute) …"
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes --requirement "requirements/$wanted.txt"; then
    echo "The packages could not be installed; the lines above say why. Then try again." >&2
    exit 1
fi

mkdir -p "$stamps"
cp "requirements/$wanted.txt" "$stamps/$wanted.txt"
if [ "$wanted" = dev ]; then
    cp requirements/base.txt "$stamps/base.txt"
fi
