#!/bin/sh
# Installs Debian packages for development and tests without starting any service that they bring.
# Usage, as root: sh scripts/install-packages.sh <package>...
# Without a package it only mends what a killed run of it left behind.
set -eu

policy=/usr/sbin/policy-rc.d
saved=$policy.before-tidings
mark='# by the set-up of Tidings'

# Puts back what was there before, also what a killed run of this script left behind.
restore() {
  if [ -f "$policy" ] && grep -qF "$mark" "$policy"; then rm -f "$policy"; fi
  if [ -e "$saved" ]; then mv -f "$saved" "$policy"; fi
}
restore
if [ $# -eq 0 ]; then exit 0; fi
trap restore EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Debian's own way to say that nothing may be started: https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
if [ -e "$policy" ]; then mv "$policy" "$saved"; fi
printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
chmod 755 "$policy"

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
apt='apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0'

finish() {
  # An interrupted installation has to be finished before another can begin.
  if [ -n "$(dpkg --audit)" ]; then dpkg --configure -a || return; fi
  # The lists may be older than the archive: then the files that they name are gone.
  $apt install -y --no-install-recommends "$@" || { $apt update && $apt install -y --no-install-recommends "$@"; }
}

if ! finish "$@" >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "The whole of it is in $log" >&2
  exit 1
fi
rm -f "$log"
