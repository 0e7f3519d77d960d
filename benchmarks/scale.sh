#!/usr/bin/env bash
# Fills maps as far as the machine's memory goes, and prints the tables of docs/scale.md: the longest put, bytes an
# entry, the directory's length, and what 1,000,000,000 entries would take. Needs benchmarks/target/benchmarks.jar
# (./mvnw -DskipTests package), and JAVA_HOME's JDK or the first in PATH.
set -euo pipefail

usage() {
    cat >&2 <<'USAGE'
usage: benchmarks/scale.sh [--rounds N] [--subjects NAMES] [--out DIRECTORY] [--publish] [ENTRIES...]

  --rounds    3 if not given
  --subjects  CONCURRENT_HASH_MAP,SAFE_MAP if not given
  --out       a new directory for the raw results; benchmarks/target/scale-TIME if not given
  --publish   writes the tables into docs/scale.md
  ENTRIES     1000000 10000000 50000000 100000000 if not given; what there is no memory for is left out
USAGE
    exit 2
}

here=$(cd "$(dirname "$0")" && pwd)
jar=$here/target/benchmarks.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
rounds=3 subjects=CONCURRENT_HASH_MAP,SAFE_MAP publish=
out=$here/target/scale-$(date +%Y%m%d-%H%M%S)
while (($#)) && [[ $1 == --* ]]; do
    case $1 in
        --publish) publish=1 && shift && continue ;;
        --rounds | --subjects | --out) (($# > 1)) || usage ;;
        *) usage ;;
    esac
    declare "${1#--}=$2"
    shift 2
done
(($#)) || set -- 1000000 10000000 50000000 100000000
[[ -f $jar ]] || { echo "no $jar: run ./mvnw -DskipTests package" >&2; exit 1; }
[[ ! -e $out ]] || { echo "there is a $out already" >&2; exit 1; }

# What the model takes its figures from: 1,953,125 is 1,000,000,000 halved nine times.
bases=(1250000 1562500 1953125)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$jar" "$work/benchmarks.jar" # a build meanwhile would change it

# program CLASS ARGUMENTS...: a program of the latency package.
program() {
    "$java" -cp "$work/benchmarks.jar" "io.github.safemap.benchmarks.latency.$1" "${@:2}"
}

# fill ENTRIES DIRECTORY ARGUMENTS...: R7, if its heap fits into the memory.
fill() {
    local gigabytes free
    gigabytes=$((2 + $1 / 7000000))
    free=$(($(awk '/^MemAvailable/ {print $2}' /proc/meminfo) >> 20))
    if ((gigabytes + 1 > free)); then
        echo "left out: $1 entries need $((gigabytes + 1)) GB, there are $free" >&2
        return
    fi
    program Latency R7 --size "$1" --heap $gigabytes --subjects "$subjects" --out "$2" "${@:3}" >&2
}

for entries in "${bases[@]}" "$@"; do
    fill "$entries" "$out" --gc EPSILON,SERIAL --rounds "$rounds"
done
# A heap for so many entries has references of 8 bytes.
fill 1953125 "$out/wide" --gc SERIAL --rounds 1 --jvm=-XX:-UseCompressedOops

program ScaleTable "$out/latency.csv" "$out/wide/latency.csv" | tee "$out/scale.md"
echo "raw results: $out" >&2
if [[ -n $publish ]]; then
    page=$(dirname "$here")/docs/scale.md
    awk -v tables="$out/scale.md" '
        /^<!-- figures -->$/ { print; print ""; while ((getline line < tables) > 0) print line; print ""; inside = 1 }
        /^<!-- end of figures -->$/ { inside = 0 }
        !inside && !/^<!-- figures -->$/
    ' "$page" > "$work/page"
    cp "$work/page" "$page"
fi
