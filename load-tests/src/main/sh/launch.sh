# Sourced by the scripts of this module: builds the module when it has to be, then runs a class of it.

# maven.sh is the gateway's; every script here has its $module set.
. "$(dirname "$module")/gateway/src/main/sh/maven.sh"

launch_build() { # module: packages it when its jar is missing or older than its sources
  local module=$1 root=$1/.. jar
  jar=$(launch_jar "$module")
  if [ -n "$jar" ] && [ -d "$module/target/lib" ] &&
    [ -z "$(find "$module/src/main" "$module/pom.xml" "$root/pom.xml" -newer "$jar" -print -quit)" ]; then
    return
  fi
  rm -rf "$module/target/lib" # or jars of earlier versions stay on the class path
  maven_build "$root" load-tests load-tests || return
  touch "$(launch_jar "$module")" # unchanged classes leave the jar as old as it was
}

launch_jar() { # module: its jar, or nothing
  find "$1/target" -maxdepth 1 -name 'load-tests-*.jar' -print -quit 2>/dev/null || true
}

launch_java() { # module, then what java takes before the class path is known: options, class, arguments
  local module=$1 java=java
  shift
  [ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java
  exec "$java" -cp "$(launch_jar "$module"):$module/target/lib/*" \
    --enable-native-access=ALL-UNNAMED \
    -Dlogback.configurationFile=points/load/logback.xml "$@"
}

launch_key_file() { # module: where a gateway started from this tree leaves its first key
  echo "${POINTS_DATA_DIR:-$1/../data}/bootstrap-key"
}

launch_build_gateway() { # root: packages the gateway when gateway/run would
  local root=$1 jar=$1/gateway/target/gateway.jar
  if [ -f "$jar" ] && [ -z "$(find "$root"/pom.xml "$root"/{cluster-config,ledger-verticle,gateway}/{pom.xml,src/main} -newer "$jar" -print -quit)" ]; then
    return
  fi
  maven_build "$root" gateway "the gateway" || return
  touch "$jar"
}
