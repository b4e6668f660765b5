#!/bin/sh
# The smoke test of the image: runs inside it, as its user, without network and on a read-only file system.
# Prints what it proves; the first thing that does not hold ends it with exit code 1.
set -eu

say() { printf 'ok: %s\n' "$1"; }
fail() { printf 'FAILED: %s\n' "$1" >&2; exit 1; }
expect() { # expect CODE WHAT COMMAND...
  wanted=$1 what=$2
  shift 2
  code=0
  "$@" >/dev/null 2>&1 || code=$?
  [ "$code" = "$wanted" ] || fail "$what: exit code $code instead of $wanted"
  say "$what"
}

[ "$(id -u)" != 0 ] || fail "it runs as root"
say "it does not run as root"
if touch /opt/leakgate/probe 2>/dev/null; then fail "its own files can be written"; fi
say "its own files cannot be written"

leak() { # A token with a checksum, made here: no file of the project holds one.
  python - <<'PYTHON'
from leakgate.detect.rules.examples import expand
print("token=" + expand("gh" + "p_{alnum:30}{crc32:6}", 1))
PYTHON
}

expect 0 "the version is shown" leakgate --version
expect 0 "a clean stream passes" sh -c 'echo "all tests passed" | leakgate scan -'
leaking=$(leak)
export leaking
expect 1 "a leak blocks" sh -c 'echo "$leaking" | leakgate scan -'
expect 0 "every policy that is built in is sound" leakgate policy check default strict advisory
said=$(printf 'Yesterday my colleague Jonathan Miller wrote the report in Boston.\n' |
  leakgate scan - --policy strict --format json || true)
case $said in
  *'"entity": "PERSON"'*) say "the language model finds a name in prose" ;;
  *) fail "the language model finds no name in prose" ;;
esac
expect 0 "git is there" git --version

# Rules are compiled already: compiling takes many times as long as starting.
ls /opt/leakgate/lib/python3*/site-packages/leakgate/detect/engine/databases/*.hs >/dev/null || fail "no compiled rules"
start=$(date +%s%N)
echo "warm" | leakgate scan - --quiet
spent=$((($(date +%s%N) - start) / 1000000))
[ "$spent" -lt "${SMOKE_MILLISECONDS:-5000}" ] || fail "a scan took $spent ms: the rules are compiled anew"
say "the rules are compiled (a scan takes $spent ms)"
