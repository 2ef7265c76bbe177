# Sourced by the scripts of this module: builds the jar when it is missing or older than its sources.
# Wants $root, the top of the checkout, and $jar.
if [ ! -f "$jar" ] || [ -n "$(find "$root"/pom.xml "$root"/{cluster-config,ledger-verticle,gateway}/{pom.xml,src/main} -newer "$jar" -print -quit)" ]; then
  echo "building the gateway ..." >&2
  mvn --batch-mode --quiet -f "$root/pom.xml" -pl gateway -am -Dmaven.test.skip=true -Dspotless.check.skip=true package >&2
  touch "$jar"
fi
