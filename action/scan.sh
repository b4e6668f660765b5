#!/bin/bash -p
# Runs the scan with the inputs of the action (INPUT_…), writes the reports, annotations, summary and outputs.
# No input is ever part of a command: each becomes one argument.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=clean.sh
. "${BASH_SOURCE[0]%/*}/clean.sh"

mkdir -p -- "${RUNNER_TEMP:?RUNNER_TEMP is not set: run this in a workflow}"
reports=$(mktemp -d "$RUNNER_TEMP/leakgate-reports.XXXXXXXXXX")
# No variable of leakgate comes from elsewhere: who knows the key could sign what is remembered.
export LEAKGATE_CACHE_DIR=
if [ -n "${INPUT_KEY:-}" ]; then export LEAKGATE_KEY="$INPUT_KEY"; fi
unset INPUT_KEY

arguments=()
add() { # option, value: nothing where the value is empty
  if [ -n "$2" ]; then arguments+=("$1" "$2"); fi
}
add_lines() { # option or nothing, lines
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line="${line%$'\r'}"
    if [ -z "${line//[[:space:]]/}" ]; then continue; fi
    if [ -n "$1" ]; then arguments+=("$1"); fi
    arguments+=("$line")
  done <<<"$2"
}

case "${INPUT_FAIL_ON:-block}" in
  block | never) ;;
  *)
    echo "::error title=leakgate::the input fail-on is neither block nor never"
    exit 2
    ;;
esac

add --policy "${INPUT_POLICY:-}"
add --stage "${INPUT_STAGE:-}"
add --known-values-env "${INPUT_KNOWN_VALUES_ENV:-}"
if [ -n "${LEAKGATE_KNOWN_VALUES:-}" ]; then
  add --known-values-env LEAKGATE_KNOWN_VALUES
fi
add --source-root "${INPUT_SOURCE_ROOT:-}"
add --baseline "${INPUT_BASELINE:-}"
add --waivers "${INPUT_WAIVERS:-}"
add --base-ref "${INPUT_BASE_REF:-}"
add --max-seconds "${INPUT_MAX_SECONDS:-}"
add --result-cache "${INPUT_RESULT_CACHE:-}"
add_lines --report "${INPUT_REPORTS:-}"
add_lines "" "${INPUT_EXTRA_ARGS:-}"
for format in json=leakgate.json sarif=leakgate.sarif junit=leakgate.xml html=leakgate.html markdown=leakgate.md; do
  arguments+=(--report "${format%%=*}=$reports/${format#*=}")
done
arguments+=(--report "github-annotations=$reports/annotations.txt" --report "github-outputs=$reports/outputs.txt")
arguments+=(--report "github-summary=$reports/summary.md")
arguments+=(--)
add_lines "" "${INPUT_PATHS:-}"

status=0
"${LEAKGATE:?the step of the installation gives it}" scan "${arguments[@]}" || status=$?

if [ -s "$reports/annotations.txt" ]; then cat -- "$reports/annotations.txt"; fi
if [ -s "$reports/summary.md" ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  cat -- "$reports/summary.md" >>"$GITHUB_STEP_SUMMARY"
fi
{
  if [ -s "$reports/outputs.txt" ]; then
    cat -- "$reports/outputs.txt"
    echo "report-dir=$reports"
    echo "result-file=$reports/leakgate.json"
    echo "sarif-file=$reports/leakgate.sarif"
    echo "junit-file=$reports/leakgate.xml"
  else
    echo "verdict=error"
  fi
} >>"${GITHUB_OUTPUT:-/dev/null}"
rm -f -- "$reports/annotations.txt" "$reports/outputs.txt"

# Blocked (1) and incomplete (3) are verdicts; everything else is trouble with the gate, and never a pass.
if [ "${INPUT_FAIL_ON:-block}" = never ] && { [ "$status" -eq 1 ] || [ "$status" -eq 3 ]; }; then
  status=0
fi
exit "$status"
