#!/usr/bin/env bash
# Builds the wheel and the sdist twice, in other folders, zones and under other umasks; they must be the same bytes.
set -euo pipefail
cd "$(dirname "$0")/../.."

SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
python -m pip install --quiet --disable-pip-version-check build==1.3.0 hatchling==1.27.0

build_in() { # folder, zone, umask
    local folder
    folder=$(mktemp -d)
    (
        umask "$3"
        git archive HEAD | tar -x -C "$folder"
        cd "$folder"
        TZ=$2 python -m build --no-isolation --outdir "$1"
    )
}

mkdir -p release/python release/again
build_in "$PWD/release/python" UTC 022
build_in "$PWD/release/again" Asia/Kathmandu 077
diff -r release/python release/again
rm -r release/again

# The notes are the section of the changelog that bears this version.
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
awk -v version="$version" '/^## / { inside = $2 == version; next } inside' CHANGELOG.md >release/NOTES.md
(cd release && sha256sum python/* >SHA256SUMS)
