#!/bin/bash -p
# Installs leakgate into a new private folder, of packages whose hashes are known, and says where it is.
# Takes LEAKGATE_PYTHON, LEAKGATE_VERSION, LEAKGATE_VERSION_HASHES, LEAKGATE_INDEX, LEAKGATE_ACTION_PATH;
# gives the outputs leakgate and version. Nothing of the workspace is run: it is left before anything starts.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=clean.sh
. "${BASH_SOURCE[0]%/*}/clean.sh"

refuse() {
  echo "::error title=leakgate::$1"
  exit 2
}

case "${LEAKGATE_VERSION:-}" in
  *[!0-9A-Za-z.+]*) refuse "the input version is not a version number, such as 1.2.3" ;;
esac
case "${LEAKGATE_INDEX:=https://pypi.org/simple}" in
  https://* | http://localhost* | http://127.0.0.1* | file:///*) ;;
  *) refuse "the input index-url is no https address" ;;
esac

# What is in RUNNER_TEMP already, the tests of this job may have put there.
umask 077
home=$(mktemp -d "${RUNNER_TEMP:?RUNNER_TEMP is not set: run this in a workflow}/leakgate.XXXXXXXXXX")
cd "$home"
export PIP_CONFIG_FILE=/dev/null

python=${LEAKGATE_PYTHON:-python3}
"$python" -I -m venv "$home/env"
# The system's certificates, where they are: those of a company's proxy are among them. Hashes are what counts.
certificates=/etc/ssl/certs/ca-certificates.crt
pip_options=()
if [ -r "$certificates" ]; then pip_options=(--cert "$certificates"); fi
pip_install() {
  "$home/env/bin/python" -I -m pip --isolated --disable-pip-version-check install --quiet --no-input \
    --no-cache-dir --index-url "$LEAKGATE_INDEX" ${pip_options[@]+"${pip_options[@]}"} "$@"
}

# What the action stands for, of the very packages that it was tried with; those that build it as well.
pip_install --require-hashes --only-binary :all: --requirement "$LEAKGATE_ACTION_PATH/requirements/image.txt"
if [ -n "${LEAKGATE_VERSION:-}" ]; then
  printf 'leakgate-ci==%s' "$LEAKGATE_VERSION" >itself.txt
  for hash in ${LEAKGATE_VERSION_HASHES:-}; do
    case "$hash" in
      sha256:*[!0-9a-f]*) refuse "the input version-hashes holds something that is no hash" ;;
      sha256:*) printf ' --hash=%s' "$hash" >>itself.txt ;;
      *) refuse "the input version-hashes holds something that is no hash" ;;
    esac
  done
  grep -q hash= itself.txt || refuse "the input version needs version-hashes: the sha256 of that release's wheel"
  echo >>itself.txt
  pip_install --require-hashes --no-deps --only-binary :all: --requirement itself.txt
else
  pip_install --require-hashes --only-binary :all: --requirement "$LEAKGATE_ACTION_PATH/requirements/build.txt"
  # Built from a copy: the action's folder is used by every step that names this action.
  mkdir source
  for part in pyproject.toml hatch_build.py README.md LICENSE policies requirements leakgate; do
    cp -R -- "$LEAKGATE_ACTION_PATH/$part" source/
  done
  pip_install --no-deps --no-build-isolation --no-index ./source
  rm -rf -- source
fi

# With -I Python takes modules of this environment alone, wherever it is started.
printf '#!/bin/sh\nexec "%s/env/bin/python" -I -m leakgate "$@"\n' "$home" >leakgate
chmod 700 leakgate
version=$(./leakgate --version | tr -dc '0-9A-Za-z.+\n' | sed 's/^leakgateversion//')
{
  echo "leakgate=$home/leakgate"
  echo "version=$version"
} >>"$GITHUB_OUTPUT"
