#!/bin/sh
# Prints a Python that can run the site: 3.11 or later, with the venv module.
# PYTHON=/path/to/python asks for that one alone.
set -eu

old=""
bare=""
for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
    # A version manager leaves commands behind that only print an error: try, don't look.
    version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if ! "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        old="$version"
        continue
    fi
    if ! "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
        bare="$version"
        continue
    fi
    # The real program, not a shim or an active environment: .venv must not be built on itself.
    "$candidate" -c 'import sys; print(getattr(sys, "_base_executable", sys.executable))'
    exit 0
done

if [ -n "$bare" ]; then
    echo "Python $bare has no venv module: install it first (on Debian and Ubuntu: apt-get install python3-venv)." >&2
elif [ -n "$old" ]; then
    echo "Python 3.11 or later is needed, but only $old was found; install a newer one or name it: make run PYTHON=/path/to/python3.12" >&2
elif [ -n "${PYTHON:-}" ]; then
    echo "PYTHON=$PYTHON does not start; name a Python 3.11 or later." >&2
else
    echo "Python 3.11 or later is needed, but none was found (on Debian and Ubuntu: apt-get install python3 python3-venv)." >&2
fi
exit 1
