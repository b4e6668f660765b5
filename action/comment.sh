#!/bin/bash -p
# Writes the comment on the pull request. Takes LEAKGATE, LEAKGATE_RESULT and STEP_TOKEN.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=clean.sh
. "${BASH_SOURCE[0]%/*}/clean.sh"

export GITHUB_TOKEN="${STEP_TOKEN:-}"
unset STEP_TOKEN
cd "${RUNNER_TEMP:?RUNNER_TEMP is not set: run this in a workflow}"
exec "${LEAKGATE:?the step of the installation gives it}" publish github --result "$LEAKGATE_RESULT"
