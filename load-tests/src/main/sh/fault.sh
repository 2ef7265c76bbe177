# The first process of the namespaces that the fault tests run in: what ends there is taken care of by
# this shell, and what does not end with the tests is ended with it. Run by unshare, see load-tests/fault.
set -euo pipefail
mkdir -p /run/netns
mount -t tmpfs none /run/netns # names of network namespaces, seen by nobody outside
export POINTS_FAULT_NAMESPACES=1
status=0
"$@" || status=$?
exit "$status"
