#!/bin/sh
# Run by other-system.ts as root of a user and mount namespace of its own:
#   sh other-system.sh <folder> root|person <setting>... -- <command> [arguments]
# Puts the folders of `<folder>/system` in the place of the machine's, which stay to be seen in `<folder>/real`.
# A <setting> is a file of /proc/sys and its content: user/max_user_namespaces=0.
set -eu
folder=$1 who=$2
shift 2

for path in usr/bin usr/sbin etc var; do mount --rbind "/$path" "$folder/real/$path"; done
for path in usr/bin usr/sbin etc var; do mount --bind "$folder/system/$path" "/$path"; done

while [ "$1" != -- ]; do
  setting=${1%%=*} value=${1#*=}
  # The kernel's own answer where this namespace has the setting to itself, else what another kernel would say.
  if [ "${setting%%/*}" = user ]; then
    echo "$value" >"/proc/sys/$setting"
  else
    echo "$value" >"$folder/system/proc-sys-kernel/${setting#kernel/}"
    mountpoint -q /proc/sys/kernel || mount --bind "$folder/system/proc-sys-kernel" /proc/sys/kernel
  fi
  shift
done
shift

if [ "$who" = root ]; then exec "$@"; fi
# The files are the caller's, in whatever name: only this keeps a person from what is root's.
for path in usr/bin usr/sbin etc var; do mount -o remount,bind,ro "/$path"; done
exec unshare --user --map-user=1000 --map-group=1000 -- "$@"
