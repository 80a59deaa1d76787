#!/usr/bin/env bash
# with_postgres.sh COMMAND…: starts an empty PostgreSQL on a free port, runs COMMAND with DATABASE_URL (and
# psql's PG* variables) pointing at it, and removes it again. Ends with COMMAND's exit code.
# Durability is switched off: for tests and benchmarks only.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"

if [[ $# -eq 0 ]]; then
    echo "usage: tools/with_postgres.sh COMMAND…" >&2
    exit 64
fi

find_binaries() {
    local folder
    # Debian keeps the server's programs off PATH, one folder per version; take the newest.
    for folder in $(ls -d /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql@*/bin 2>/dev/null | sort -rV) \
        "$(dirname "$(command -v initdb || echo /none/initdb)")"; do
        if [[ -x "$folder/initdb" && -x "$folder/pg_ctl" ]]; then
            echo "$folder"
            return
        fi
    done
    echo "PostgreSQL's server programs were not found (on Debian and Ubuntu: apt-get install postgresql)." >&2
    return 69
}

bin="$(find_binaries)"
python="$(sh "$here/python.sh")"
base="$(mktemp -d "${TMPDIR:-/tmp}/portal-pg.XXXXXX")"
port="$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
password="$("$python" -c 'import secrets; print(secrets.token_hex(16))')"
printf '%s\n' "$password" >"$base/password"

# PostgreSQL refuses to run as root; Debian's package brings a user for it.
as_owner=()
if [[ "$(id -u)" -eq 0 ]]; then
    if ! id postgres >/dev/null 2>&1; then
        echo "As root a user named postgres is needed (on Debian and Ubuntu: apt-get install postgresql)." >&2
        rm -rf "$base"
        exit 69
    fi
    chown -R postgres "$base"
    as_owner=(runuser -u postgres --)
fi

in_base() { (cd "$base" && ${as_owner[@]+"${as_owner[@]}"} env LC_ALL=C "$@"); }

stop() {
    in_base "$bin/pg_ctl" --pgdata="$base/data" --mode=immediate --silent stop >/dev/null 2>&1 || true
    rm -rf "$base"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

in_base "$bin/initdb" --pgdata="$base/data" --username=portal --pwfile="$base/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C --no-sync >"$base/initdb.log" 2>&1 || { cat "$base/initdb.log" >&2; exit 70; }
cat >>"$base/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
# Tests work in transactions nobody else sees: statistics gathered between two of them call every table empty,
# and the next thousand rows are then joined row by row. A benchmark runs ANALYZE after loading.
autovacuum = off
shared_buffers = 256MB
max_connections = 100
CONF
in_base "$bin/pg_ctl" --pgdata="$base/data" --log="$base/server.log" --silent --wait --timeout=60 start \
    || { cat "$base/server.log" >&2; exit 70; }

export PGHOST=127.0.0.1 PGPORT="$port" PGUSER=portal PGPASSWORD="$password" PGDATABASE=portal
in_base "$bin/createdb" --maintenance-db=postgres portal
export DATABASE_URL="postgres://portal:$password@127.0.0.1:$port/portal"

"$@"
