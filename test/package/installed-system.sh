#!/bin/sh
# Run by installed-system.ts in a mount namespace of its own:
#   sh installed-system.sh <folder> <overlay option>...
# Lays over each folder of the machine that is named in <folder>/upper (as var%lib) what is written there from now on.
# Says so, and stays until its standard input ends.
set -eu
folder=$1 options=${2:-}
for upper in "$folder"/upper/*; do
  name=$(basename "$upper")
  path=/$(echo "$name" | tr % /)
  mount -t overlay tidings -o "${options}lowerdir=$path,upperdir=$upper,workdir=$folder/overlay-work/$name" "$path"
  # The kernel's own folder has no rights at all, and whoever isn't root could not remove it later.
  chmod 700 "$folder/overlay-work/$name/work"
done
echo ready
exec cat
