#!/usr/bin/env bash
# Runs coursewright with the inputs of the action, all of which come by environment: nothing in them is a command.
set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
command=${INPUT_COMMAND:-build}
output=${INPUT_OUTPUT:-dist}
baseline=${INPUT_BASELINE:-}
findings=${RUNNER_TEMP:-/tmp}/coursewright-findings.sarif

refuse() {
    echo "::error::$1"
    exit 2
}

case $command in
build | lint | validate | release) ;;
*) refuse "command is build, lint, validate or release" ;;
esac

options=()
case ${INPUT_STRICT:-false} in
true) options+=(--strict) ;;
false) ;;
*) refuse "strict is true or false" ;;
esac
case ${INPUT_SARIF:-true} in
true | false) ;;
*) refuse "sarif is true or false" ;;
esac

# A baseline that is not in the checkout is the tag of a release, whose identities are downloaded.
if [ -n "$baseline" ] && [ "$command" = build ]; then
    command=release
fi
if [ -n "$baseline" ] && [ "$command" = release ]; then
    if [ ! -e "$baseline" ]; then
        earlier=$(mktemp -d)
        gh release download --pattern identities.json --dir "$earlier" -- "$baseline" ||
            refuse "there is neither a file nor a release with identities.json that is called like the baseline"
        baseline=$earlier/identities.json
    fi
    options+=("--since=$baseline")
fi

if [ "$command" != validate ]; then
    [ -z "${INPUT_FORMATS:-}" ] || options+=("--format=$INPUT_FORMATS")
    [ -z "${INPUT_BY:-}" ] || options+=("--by=$INPUT_BY")
fi
case $command in
build | release) options+=("--output=$output" --report=sarif) ;;
lint | validate) options+=(--output=sarif) ;;
esac
if [ -n "${INPUT_COURSE_VERSION:-}" ]; then
    export COURSEWRIGHT_VERSION=$INPUT_COURSE_VERSION
    [ "$command" != release ] || options+=("--version=$INPUT_COURSE_VERSION")
fi

sources=()
while IFS= read -r line || [ -n "$line" ]; do
    [ -z "$line" ] || sources+=("$line")
done <<<"${INPUT_SOURCE:-}"
if [ ${#sources[@]} -eq 0 ] && [ "$command" = lint ]; then
    sources=(.)
fi

coursewright "$command" ${options[@]+"${options[@]}"} -- ${sources[@]+"${sources[@]}"} >"$findings"
status=$?
FINDINGS=$findings COMMAND=$command OUTPUT=$output BASELINE=$baseline python "$here/summary.py" || exit 2
exit $status
