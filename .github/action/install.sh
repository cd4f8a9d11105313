#!/usr/bin/env bash
# Installs coursewright: the version asked for, else what stands beside this script.
set -euo pipefail

version=${INPUT_VERSION:-}
if [ -z "$version" ]; then
    python -m pip install --quiet --disable-pip-version-check "$(dirname "$0")/../.."
elif [[ $version =~ ^[0-9]+(\.[0-9a-z]+)*$ ]]; then
    python -m pip install --quiet --disable-pip-version-check "coursewright==$version"
else
    echo "::error::version takes a version such as 0.1.0"
    exit 2
fi
