#!/bin/sh
# Solves requirements/*.in into hash-pinned *.txt for Python 3.11+ on every platform at once.
# dev is solved first, and base within it, so both agree on every version. Extra arguments go to both.
set -eu
cd "$(dirname "$0")/.."

python=$(sh tools/python.sh)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet --disable-pip-version-check uv

solve() {
    # No header and no index address: the locks must not depend on who made them and where.
    "$scratch/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links "$@"
}
solve "$@" requirements/dev.in --output-file requirements/dev.txt
solve "$@" --constraints requirements/dev.txt --no-annotate requirements/base.in --output-file requirements/base.txt

grep -c '==' requirements/base.txt requirements/dev.txt
