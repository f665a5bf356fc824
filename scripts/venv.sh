#!/bin/sh
# Make .venv with Python 3.11 or newer and install the project with its development tools.
set -eu
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$new_enough"; then
        python=$candidate
        break
    fi
done
if [ -z "${python:-}" ]; then
    echo "需要 Python 3.11 或更新的版本。 Python 3.11 or newer is needed." >&2
    exit 1
fi
rm -rf .venv
if ! "$python" -m venv .venv 2>/dev/null; then
    # Debian keeps venv in a package of its own.
    rm -rf .venv
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv
    "$python" -m venv .venv
fi
.venv/bin/pip install --quiet --disable-pip-version-check -e '.[dev]'
