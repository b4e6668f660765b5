#!/bin/sh
# Builds the Dockerfile and runs the smoke test in the image, where no Docker engine runs.
#
# Needs buildah and, for --base-from-debian, debootstrap and root (of a user namespace is enough for buildah).
#   tests/image/build.sh [--base-from-debian DIRECTORY] [-- BUILDAH-BUILD-ARGUMENTS...]
# With --base-from-debian the base image is a plain Debian with its Python, made in (or found in) DIRECTORY,
# as registries may be out of reach. Everything else is the Dockerfile as it is.
set -eu
cd "$(dirname "$0")/../.."

storage=${BUILDAH_DRIVER:-vfs}
tag=localhost/leakgate:smoke
base=
while [ $# -gt 0 ]; do
  case $1 in
    --base-from-debian) base=$2; shift 2 ;;
    --) shift; break ;;
    *) echo "unknown argument: $1" >&2; exit 2 ;;
  esac
done
buildah() { command buildah --storage-driver "$storage" "$@"; }

if [ -n "$base" ]; then
  [ -d "$base/etc" ] || debootstrap --variant=minbase \
    --include=python3,python3-venv,python3-pip,ca-certificates bookworm "$base"
  # Where the official image has it.
  ln -sf /usr/bin/python3 "$base/usr/local/bin/python"
  work=$(buildah from scratch)
  buildah add --quiet "$work" "$base" / >/dev/null
  buildah config --env PATH=/usr/local/bin:/usr/bin:/bin "$work"
  buildah commit --quiet --rm "$work" localhost/leakgate-base:debian >/dev/null
  set -- --build-arg PYTHON_IMAGE=localhost/leakgate-base:debian --pull-never "$@"
fi

buildah build --isolation chroot --format oci --tag "$tag" "$@" .

work=$(buildah from --pull-never "$tag")
root=$(buildah mount "$work")
trap 'buildah umount "$work" >/dev/null; buildah rm "$work" >/dev/null' EXIT
size=$(du -sxm "$root" | cut -f1)
echo "size: $size MB"
[ "$size" -lt 700 ] || { echo "FAILED: the image is larger than 700 MB" >&2; exit 1; }

# Without a network and with nothing but /tmp to write to, as `docker run --network none --read-only --tmpfs /tmp`.
export root
environment=$(buildah inspect --type container --format '{{range .OCIv1.Config.Env}}{{println .}}{{end}}' "$work")
user=$(buildah inspect --type container --format '{{.OCIv1.Config.User}}' "$work")
unshare --net --mount sh -eu -c '
  mount --bind "$root" "$root"
  mount -o remount,bind,ro "$root"
  mount -t tmpfs tmpfs "$root/tmp"
  mount -t proc proc "$root/proc" 2>/dev/null || mount --bind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  exec chroot --userspec="$1" "$root" /usr/bin/env -i $2 sh -eu' sh "$user" "$environment" <tests/image/smoke.sh
