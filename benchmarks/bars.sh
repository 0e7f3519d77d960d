#!/usr/bin/env bash
# Measures what SafeMap is built to reach, and prints a table of bars and values: bytes (M), the longest operations
# of a fresh JVM (R), and throughput beside an older commit's (T, by compare.sh). Needs what compare.sh needs.
set -euo pipefail

parts=(M1 M2 M3 M5 R4 R5 T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12)

usage() {
    cat >&2 <<USAGE
usage: benchmarks/bars.sh [--trial] [--old COMMIT] [--new COMMIT] [--rounds N] [--dir DIRECTORY] all|PART...
       benchmarks/bars.sh [--dir DIRECTORY] table

  parts: ${parts[*]}
  table      prints the table of what has been measured, and measures nothing
  --trial    small and short: shows that a part runs, and tells nothing of its bar
  --old      the commit that T is compared with; cc890c8, the first engine, if not given
  --new      this tree as it has been built, if not given; M and R always measure that
  --rounds   of T and R, 5 if not given
  --dir      where the results are kept, a directory a part; benchmarks/target/bars if not given

A part that is measured again replaces what was there. Exit code 3: a bar is missed.
USAGE
    exit 2
}

here=$(cd "$(dirname "$0")" && pwd)
jar=$here/target/benchmarks.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
trial= old=cc890c8 new=. rounds=5 dir=
while (($#)) && [[ $1 == --* ]]; do
    case $1 in
        --trial) trial=1 rounds=1 && shift && continue ;;
        --old | --new | --rounds | --dir) (($# > 1)) || usage ;;
        *) usage ;;
    esac
    declare "${1#--}=$2"
    shift 2
done
(($#)) || usage
[[ $1 != all ]] || set -- "${parts[@]}"
[[ -n $dir ]] || dir=$here/target/bars${trial:+-trial}
[[ -f $jar ]] || { echo "no $jar: run ./mvnw -DskipTests package" >&2; exit 1; }

# program CLASS ARGUMENTS...: a program of the benchmarks.
program() {
    "$java" -cp "$work/benchmarks.jar" "io.github.safemap.benchmarks.$1" "${@:2}"
}

memory() {
    program memory.Memory "$@" --subjects SAFE_MAP --out "$out"
}

# latency WORKLOAD: each round is a JVM of its own.
latency() {
    local size
    for size in "${fills[@]}"; do
        program latency.Latency "$1" --subjects SAFE_MAP --gc EPSILON --size "$size" --rounds "$rounds" --out "$out"
    done
}

# compare NAME ARGUMENTS...: the old and the new, fork beside fork; a slower cell is for the table to judge.
compare() {
    local status=0
    "$here/compare.sh" "$old" "$new" --rounds "$rounds" --out "$out/$1" "${@:2}" || status=$?
    ((status == 0 || status == 3)) || exit "$status"
}

# The benchmarks that have one regular expression.
declare -A benchmarks=(
    [T1]='\.GetHit\.' [T2]='\.GetMiss\.' [T3]='\.PutPresent\.' [T4]='\.Churn\.' [T5]='\.Mixed\.'
    [T6]='\.computeIfAbsent$' [T7]='\.MergeCounters\.' [T8]='\.Iterate\.' [T10]='\.Exchange\.'
    [T11]='\.PutIfAbsent\.' [T12]='\.ParallelLoad\.'
)

# The threads that there are processors for; more of them, which take longer to be compiled; and single shots.
timed=(-wi 2 -w 500ms -i 4 -r 500ms)
crowded=(-wi 12 -w 500ms -i 4 -r 500ms)
shots=(-wi 2 -i 3)
sizes=1000,100000,1000000 counters=1000,100000 one=100000
m1=(--sizes 40) m2=(--copies 10000) m3=(--size 1000000) m5=(--millions 100) fills=(5000000 20000000)
if [[ -n $trial ]]; then
    timed=(-wi 1 -w 50ms -i 1 -r 50ms) crowded=(-wi 1 -w 50ms -i 1 -r 50ms) shots=(-wi 0 -i 1)
    sizes=1000 counters=1000 one=1000
    m1=(--sizes 2) m5=(--millions 1) fills=(5000000)
fi

measure() {
    local keys=(-p keys=LONG) threads benchmark=${benchmarks[$1]-}
    case $1 in
        M1) memory m1 "${m1[@]}" ;;
        M2) memory m2 "${m2[@]}" ;;
        M3) memory m3 "${m3[@]}" ;;
        M5) memory m5 "${m5[@]}" ;;
        R4 | R5) latency "$1" ;;
        T1 | T2) compare "$1" "$benchmark" -t 1 -p keys=LONG,STRING -p size=$sizes "${timed[@]}" ;;
        T3 | T4)
            for threads in 1 2; do
                compare $threads "$benchmark" -t $threads "${keys[@]}" -p size=$sizes "${timed[@]}"
            done
            for threads in 4 8; do
                compare $threads "$benchmark" -t $threads "${keys[@]}" -p size=100,1000 "${crowded[@]}"
            done
            ;;
        T5) compare 2 "$benchmark" -t 2 "${keys[@]}" -p size=$one -p reads=99,90,75 "${timed[@]}" ;;
        T6) compare 2 "$benchmark" -t 2 "${keys[@]}" -p pick=HOT,ZIPF "${timed[@]}" ;;
        T7) compare 2 "$benchmark" -t 2 "${keys[@]}" -p size=$counters "${timed[@]}" ;;
        T8)
            compare 1 "$benchmark" -t 1 "${keys[@]}" -p size=$counters -p left=100,1 "${timed[@]}"
            compare few "$benchmark" -t 1 "${keys[@]}" -p size=100 -p left=100 "${timed[@]}"
            ;;
        T9)
            compare small '\.(fill1000|fill100000)$' -t 1 "${keys[@]}" "${timed[@]}"
            compare large '\.fill5000000$' -t 1 "${keys[@]}" "${shots[@]}" --gigabytes 8
            ;;
        T10) compare 2 "$benchmark" -t 2 "${keys[@]}" -p size=$one "${timed[@]}" ;;
        T11) compare 2 "$benchmark" -t 2 -p keys=STRING "${timed[@]}" ;;
        T12) compare 2 "$benchmark" -t 2 "${keys[@]}" -p skew=0.01,0.5,0.99 "${shots[@]}" ;;
        *) usage ;;
    esac
}

mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$jar" "$work/benchmarks.jar" # a build meanwhile would change it
if [[ $1 != table ]]; then
    for part in "$@"; do
        [[ " ${parts[*]} " == *" $part "* ]] || usage
    done
    for part in "$@"; do
        printf '==== %s (after %d s)\n' "$part" "$SECONDS" >&2
        out=$dir/$part
        rm -rf "$out"
        mkdir "$out"
        measure "$part"
    done
fi
program bench.Bars "$dir"
