# Sourced by the scripts that build before they run: Maven, with a line for each step instead of silence.

maven_build() { # root, module, what is built: packages the module and what it needs; says how far it is on stderr
  local root=$1 module=$2 what=$3 line downloads=0 errors=0 succeeded=false began=$SECONDS
  local -a last=() # what Maven said besides: it may not even have started
  command -v mvn >/dev/null || { echo "mvn is missing: install Maven 3.8 or newer" >&2; return 1; }
  echo "building $what (the first time: one to three minutes, most of it Maven's downloads) ..." >&2
  # Bash's read takes each line as it comes; colours are cut off, because this may go into a file.
  mvn --batch-mode -f "$root/pom.xml" -pl "$module" -am -Dmaven.test.skip=true -Dspotless.check.skip=true package 2>&1 |
    { while IFS= read -r line; do
      line=${line//$'\e'\[[0-9]m/}
      line=${line//$'\e'\[m/}
      case $line in
        *"Downloaded from "*)
          downloads=$((downloads + 1))
          [ $((downloads % 50)) -ne 0 ] || echo "  $downloads files downloaded" >&2
          ;;
        *"[INFO] Building "*"/"*"]") echo "  $(tr -s ' ' <<<"${line##*\[INFO\] Building }")" >&2 ;;
        *"[ERROR]"*) # the first; what follows are stacks and Maven's advice
          errors=$((errors + 1))
          [ $errors -gt 20 ] || echo "$line" >&2
          ;;
        *"BUILD SUCCESS"*) succeeded=true ;;
        *)
          last+=("$line")
          [ ${#last[@]} -le 20 ] || last=("${last[@]:1}")
          ;;
      esac
    done
    $succeeded || [ $errors -gt 0 ] || printf '%s\n' "${last[@]}" >&2; } || return
  echo "built $what in $((SECONDS - began)) s" >&2
}
