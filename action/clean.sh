# shellcheck shell=bash
# Leaves of the environment only what a step of this action means to use. For scripts to source, first of all.
#
# An earlier step of the job can have set any variable (GITHUB_ENV) and put any folder first in PATH (GITHUB_PATH):
# both lead to code that runs in place of, or within, the gate. Where a variable is not known, it goes.

PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin
export PATH
IFS=$' \t\n'

# What decides which code runs, or what a command of ours means; by no name a known value.
is_dangerous() {
  case "$1" in
    LD_* | DYLD_* | PYTHON* | PIP_* | BASH* | GIT_* | LEAKGATE* | OPENSSL_* | SSL_* | GLIBC_* | MALLOC_* | GCONV_PATH | \
      LOCPATH | NLSPATH | ENV | SHELLOPTS | PS4 | PROMPT_COMMAND | IFS | CDPATH | GLOBIGNORE | TMPDIR | PATH | XDG_*) return 0 ;;
  esac
  return 1
}

# The variables whose values must not occur, by name, beginning or pattern: those are handed over to the scan.
is_known_value() {
  local words word
  IFS=, read -r -a words <<<"${INPUT_KNOWN_VALUES_ENV:-}"
  for word in "${words[@]}"; do
    word=${word#"${word%%[![:space:]]*}"}
    word=${word%"${word##*[![:space:]]}"}
    # shellcheck disable=SC2053 # it may be a pattern
    if [ -n "$word" ] && [[ $1 == $word* ]]; then return 0; fi
  done
  return 1
}

while IFS= read -r name; do
  case "$name" in
    # Ours, and what GitHub sets and lets nobody change.
    PATH | INPUT_* | STEP_* | GITHUB_* | RUNNER_* | CI) ;;
    # Where a server is reached, and how people read.
    HOME | USER | LANG | LC_ALL | TZ | TERM | NO_COLOR | HTTP_PROXY | HTTPS_PROXY | NO_PROXY | http_proxy | https_proxy | no_proxy) ;;
    LEAKGATE | LEAKGATE_PYTHON | LEAKGATE_VERSION | LEAKGATE_VERSION_HASHES | LEAKGATE_INDEX | LEAKGATE_ACTION_PATH | \
      LEAKGATE_RESULT | LEAKGATE_KNOWN_VALUES) ;;
    *)
      if is_dangerous "$name" || ! is_known_value "$name"; then unset "$name" 2>/dev/null || true; fi
      ;;
  esac
done < <(compgen -e)
unset name
