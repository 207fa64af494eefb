#!/bin/sh
# Installs Debian packages for development and tests. No service that they bring is started, and none is left
# to start with the machine or with a session.
# Usage, as root: sh scripts/install-packages.sh <package>...
# Without a package it only mends what a killed run of it left behind.
set -eu

# Where an ordinary user became root (`su`), these are missing, and dpkg refuses to work without them.
PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin
export PATH

policy=/usr/sbin/policy-rc.d
saved=$policy.before-tidings
mark='# by the set-up of Tidings'
list="$mark; this started by itself before:"

if [ "$(id -u)" -ne 0 ]; then
  echo 'Only root can install packages: put sudo before this line.' >&2
  exit 1
fi

# One run at a time: the end of one would take the ban away under the other. The kernel lets go of this with the
# last that holds it, and that may be the apt of a run that was killed.
exec 9</usr/sbin
if [ $# -eq 0 ]; then
  flock --nonblock 9 || exit 0
  if ! grep -qsF "$mark" "$policy" && [ ! -e "$saved" ]; then exit 0; fi
else
  flock --wait 900 9 || { echo 'Another set-up has been installing packages for 15 minutes.' >&2; exit 1; }
fi

# What starts by itself, a link a line.
self_starting() {
  find /etc/systemd/system /etc/systemd/user /etc/rc[2345S].d \
    \( -path '*.wants/*' -o -path '*.requires/*' -o -path '/etc/rc*/S*' \) -type l 2>/dev/null | sort
}

# Debian's own way to say that nothing may be started: https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
# In one step, because half a list would have `allow_services` switch off what isn't ours.
forbid_services() {
  # A run that was killed has left its own, with the list of what was before it.
  if grep -qsF "$list" "$policy"; then return; fi
  if [ ! -e "$saved" ] && { [ -e "$policy" ] || [ -L "$policy" ]; } && ! grep -qsF "$mark" "$policy"; then
    mv "$policy" "$saved"
  fi
  { printf '#!/bin/sh\n%s\n' "$list" && self_starting | sed 's/^/# /' && echo 'exit 101'; } >"$policy.new-by-tidings"
  chmod 755 "$policy.new-by-tidings"
  mv -f "$policy.new-by-tidings" "$policy"
}

# Takes from the start what was added to it, then puts back what was there before.
allow_services() {
  trap '' HUP INT TERM
  if grep -qsF "$list" "$policy"; then
    self_starting | while read -r link; do
      if grep -qxF "# $link" "$policy" || [ ! -L "$link" ]; then continue; fi
      case $link in
        /etc/rc*) name=${link##*/S??} && update-rc.d "$name" disable || echo "$name starts with the machine." >&2 ;;
        *) rm -f "$link" ;;
      esac
    done
  fi
  if grep -qsF "$mark" "$policy"; then rm -f "$policy"; fi
  if [ -e "$saved" ] || [ -L "$saved" ]; then mv -f "$saved" "$policy"; fi
}

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
apt='apt-get -qq --no-remove -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0'

trap allow_services EXIT
trap 'rm -f "$log"; exit 129' HUP
trap 'rm -f "$log"; exit 130' INT
trap 'rm -f "$log"; exit 143' TERM
forbid_services

install() {
  # An interrupted installation has to be finished before another can begin.
  if [ -n "$(dpkg --audit)" ]; then dpkg --configure -a || return; fi
  if [ $# -eq 0 ]; then return; fi
  # The lists may be older than the archive: then the files that they name are gone.
  $apt install -y --no-install-recommends "$@" || { $apt update && $apt install -y --no-install-recommends "$@"; }
}

if ! install "$@" >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "The whole of it is in $log" >&2
  exit 1
fi
rm -f "$log"
