#!/usr/bin/env bash
# Installs leakgate into an environment of its own, so that neither it nor the project under test notices the other.
# Takes LEAKGATE_PYTHON, LEAKGATE_VERSION and LEAKGATE_ACTION_PATH; gives the outputs leakgate, version, cache, cpu.
set -euo pipefail

install() {
  "$home/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}

home="${RUNNER_TEMP:?RUNNER_TEMP is not set: run this in a workflow}/leakgate"
if [ ! -x "$home/bin/leakgate" ]; then
  "${LEAKGATE_PYTHON:-python3}" -m venv "$home"
  if [ -n "${LEAKGATE_VERSION:-}" ]; then
    case "$LEAKGATE_VERSION" in
      *[!0-9A-Za-z.+]*)
        echo "::error title=leakgate::the input version is not a version number, such as 1.2.3"
        exit 2
        ;;
    esac
    install "leakgate-ci==$LEAKGATE_VERSION"
  else
    # What the action stands for, of the very packages that it was tried with.
    install --require-hashes --requirement "$LEAKGATE_ACTION_PATH/requirements/image.txt"
    install --no-deps "$LEAKGATE_ACTION_PATH"
  fi
fi

version=$("$home/bin/leakgate" --version | tr -dc '0-9A-Za-z.+\n' | sed 's/^leakgateversion//')
# A compiled database is tuned to the processor: runners of one label differ.
cpu=$({ grep -m1 -E '^(flags|Features)' /proc/cpuinfo 2>/dev/null || sysctl -n machdep.cpu.features 2>/dev/null || true; } |
  cksum | cut -d' ' -f1)
mkdir -p "$home/cache"
chmod 700 "$home/cache"
{
  echo "leakgate=$home/bin/leakgate"
  echo "version=$version"
  echo "cache=$home/cache"
  echo "cpu=$cpu"
} >>"$GITHUB_OUTPUT"
