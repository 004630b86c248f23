#!/bin/sh
# Make .venv and install what requirements/development.txt pins. Run from the repository by `make`.
# Every file is checked against its hash. Where it comes from is pip's own configuration on this machine.
set -eu

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "navet: Python 3.11, 3.12, 3.13 or 3.14 is needed and was not found. Name one with PYTHON=/path/to/python3." >&2
    exit 1
}

setting() { # pip's configured value, for uv, which does not read pip's configuration
    .venv/bin/pip config get "$1" 2>/dev/null || true
}

python=$(find_python)
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "navet: $python has no venv module. On Debian: apt-get install python3-venv." >&2
    exit 1
fi
echo "Installing the pinned dependencies into .venv with $("$python" --version)"
[ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null || "$python" -m venv --clear .venv

# uv, pinned like everything else, installs in seconds what takes pip half a minute.
sed -n '/^uv==/,/[^\\]$/p' requirements/development.txt > .venv/uv.txt
if .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.txt 2>/dev/null; then
    : "${UV_DEFAULT_INDEX:=${PIP_INDEX_URL:-$(setting global.index-url)}}"
    : "${UV_INDEX:=${PIP_EXTRA_INDEX_URL:-$(setting global.extra-index-url)}}"
    : "${UV_FIND_LINKS:=${PIP_FIND_LINKS:-$(setting global.find-links)}}"
    UV_INDEX=$(echo $UV_INDEX) UV_FIND_LINKS=$(echo $UV_FIND_LINKS | tr ' ' ',')
    [ -z "$UV_DEFAULT_INDEX" ] && unset UV_DEFAULT_INDEX || export UV_DEFAULT_INDEX
    [ -z "$UV_INDEX" ] && unset UV_INDEX || export UV_INDEX
    [ -z "$UV_FIND_LINKS" ] && unset UV_FIND_LINKS || export UV_FIND_LINKS
    # With hashes pinned, any index that has the file may give it.
    if .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes \
        --index-strategy unsafe-best-match -r requirements/development.txt 2>.venv/uv.log; then
        exit 0
    fi
    echo "uv could not install everything (see .venv/uv.log); pip does it instead, which takes longer"
fi
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.txt
