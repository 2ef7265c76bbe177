# Sourced by the scripts of this module: builds the jar when it is missing or older than its sources.
# Wants $root, the top of the checkout, and $jar.
. "$root/gateway/src/main/sh/maven.sh"
if [ ! -f "$jar" ] || [ -n "$(find "$root"/pom.xml "$root"/{cluster-config,ledger-verticle,gateway}/{pom.xml,src/main} \
  "$root"/gateway/console/{package-lock.json,index.html,vite.config.ts,public,scripts,src} \
  -path '*/api/generated' -prune -o -newer "$jar" -print -quit)" ]; then
  maven_build "$root" gateway "the gateway"
  touch "$jar"
fi
