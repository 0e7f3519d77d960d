#!/usr/bin/env bash
# Puts SafeMap under a mixed load for long, checks every answer, and leaves figures, charts and a summary in
# the directory. Fails at once if an entry is lost or doubled. Needs a JDK: JAVA_HOME's, or the first in PATH.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: benchmarks/soak.sh [--built] [--minutes 30] [--keys 2000000] [--phase 4] [--twin NAME] DIRECTORY

  --built  uses what `./mvnw -q -Psoak -pl benchmarks -am` has built, perhaps on another JDK
  the other options: see the class Soak
USAGE
    exit 2
}
(($#)) || usage
[[ $1 != -h && $1 != --help ]] || usage

here=$(cd "$(dirname "$0")" && pwd)
if [[ $1 == --built ]]; then
    shift
else
    "$here/../mvnw" -q -f "$here/../pom.xml" -Psoak -pl benchmarks -am
fi
directory=${*: -1}
mkdir -p "$directory"
place="commit $(git -C "$here" describe --always --dirty 2> /dev/null || echo unknown), $(date -u '+%F %R') UTC, $(uname -sm)"
place+=", $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2> /dev/null | head -n 1)"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx4g -XX:+UseG1GC "-Xlog:gc,safepoint:file=$directory/gc.log" \
    -Djava.awt.headless=true "-Dsoak.place=$place" \
    -cp "$here/target/test-classes:$here/target/classes:$(< "$here/target/soak.classpath")" \
    io.github.safemap.benchmarks.soak.Soak "$@"
