#!/usr/bin/env bash
# Measures SafeMap beside ConcurrentHashMap and prints a table of ratios. Forks of the two run by
# turns, in several rounds; the table has the medians. The raw results stay in the directory.
# Needs the jar (./mvnw package) and a JDK: JAVA_HOME's, or the first in PATH.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: benchmarks/run-bars.sh --quick|--full [--only REGEX] DIRECTORY

  --quick       about 10 minutes: 2 rounds of short forks
  --full        some hours: 5 rounds
  --only REGEX  of the steps T1T2, T1big, T3T4-1t, T3T4-2t, T9, R1, R2, M1, M3, M4
                only those that match
USAGE
    exit 2
}

mode=
only=.
directory=
while (($#)); do
    case $1 in
        --quick | --full) mode=${1#--} ;;
        --only)
            only=${2:?}
            shift
            ;;
        -*) usage ;;
        *) directory=$1 ;;
    esac
    shift
done
[[ -n $mode && -n $directory ]] || usage

here=$(cd "$(dirname "$0")" && pwd)
jar=$here/target/benchmarks.jar
[[ -f $jar ]] || { echo "no $jar: run ./mvnw -DskipTests package" >&2; exit 1; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
base=io.github.safemap.benchmarks

if [[ $mode == quick ]]; then
    rounds=2 latency_rounds=1 sizes_m1=8 millions_m4=20
    timing=(-wi 2 -w 300ms -i 3 -r 300ms)
    shots=(-wi 1 -i 2)
else
    rounds=5 latency_rounds=5 sizes_m1=40 millions_m4=100
    timing=(-wi 3 -w 1s -i 5 -r 1s)
    shots=(-wi 2 -i 5)
fi

mkdir -p "$directory"
# Raw results of two runs in one directory would be mixed into one table.
if compgen -G "$directory/*.csv" > /dev/null; then
    echo "$directory has results already" >&2
    exit 1
fi
{
    date -u
    echo "mode $mode, only $only"
    git -C "$here" describe --always --dirty 2> /dev/null || true
    "$java" -version 2>&1
    uname -a
    lscpu 2> /dev/null || true
} > "$directory/environment.txt"

# What else the machine does decides whether the figures mean anything: a run by itself has a
# load of 1 to 2 (a little more while G1 works), and more is somebody else's.
say() { echo "$(date +%T) load $(cut -d' ' -f1 /proc/loadavg 2> /dev/null): $*" \
    | tee -a "$directory/steps.txt" >&2; }

wanted() { [[ $1 =~ $only ]]; }

# jmh STEP COLLECTOR ROUND arguments...: the subjects change places from round to round.
jmh() {
    local step=$1 collector=$2 round=$3 subjects=CONCURRENT_HASH_MAP,SAFE_MAP
    shift 3
    ((round % 2)) || subjects=SAFE_MAP,CONCURRENT_HASH_MAP
    local file=$directory/jmh-${step//-/_}-$collector-$round
    say "round $round, $step $collector"
    "$java" -jar "$jar" -f 1 -foe true -p subject=$subjects \
        -rf csv -rff "$file.csv" -o "$file.txt" "$@" || { tail -n 30 "$file.txt" >&2; exit 1; }
}

measure() {
    local step=$1
    shift
    wanted "$step" || return 0
    say "$step"
    "$java" -cp "$jar" "$@" --subjects CONCURRENT_HASH_MAP,SAFE_MAP --out "$directory" \
        > "$directory/$step.txt"
}

kinds=LONG,STRING
sizes=1000,100000,1000000
epsilon="-XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC -Xms8g -Xmx8g -XX:+AlwaysPreTouch"

# In braces, so that bash has read it all: the file may change while the run goes on.
{
for ((round = 1; round <= rounds; round++)); do
    if wanted T1T2; then
        jmh T1T2 G1 "$round" 'T1G|T2G' "${timing[@]}" -p keys=$kinds -p size=$sizes -t 1
    fi
    if wanted T1big; then
        jmh T1big G1 "$round" T1G "${timing[@]}" -p keys=LONG -p size=10000000 -t 1
    fi
    for threads in 1 2; do
        if wanted "T3T4-${threads}t"; then
            jmh "T3T4-${threads}t" G1 "$round" 'T3P|T4C' "${timing[@]}" \
                -p keys=$kinds -p size=$sizes -t "$threads"
        fi
    done
    if wanted T9; then
        jmh T9 G1 "$round" fill5000000 "${shots[@]}" -p keys=LONG
        jmh T9 EPSILON "$round" fill5000000 "${shots[@]}" -p keys=LONG -jvmArgs "$epsilon"
    fi
done
for workload in R1 R2; do
    measure $workload $base.latency.Latency $workload --gc EPSILON --rounds $latency_rounds
done
measure M1 $base.memory.Memory m1 --sizes $sizes_m1
measure M3 $base.memory.Memory m3
measure M4 $base.memory.Memory m4 --millions $millions_m4

"$java" -cp "$jar" $base.bars.Bars "$directory" | tee "$directory/bars.txt"
exit
}
