#!/usr/bin/env bash
# Runs the jcstress tests and checks what jcstress does not check: that no test was left out, that every broken
# twin was caught in some samples and was right in others, and that the other tests had enough samples to mean
# anything. A test that shows too little at first, on a busy machine for example, is run once more, with more time.
#
#   stress-tests/run.sh [short|sanity|quick|default|tough|stress] [option of jcstress ...]
#
# short, the default, is for each change: every test in one JVM mode. The others are jcstress' presets;
# sanity only shows that the tests run, and need not catch a twin.
# Further options go to jcstress as they are, such as  -t 'Split'  or
#   -jvmArgs "-XX:-TieredCompilation -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM"
#
# Leaves target/jcstress/summary.txt (what was run, and every outcome), output.txt, and the HTML report
# in report/; output-again.txt and report-again/ if tests were run once more. Exits with 1 if an outcome was
# forbidden, a test failed, did not run or had too few samples, or a twin was not caught, or never right. Needs bash,
# a JDK 17 or newer, and the jar: ./mvnw -q package -pl stress-tests -am
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

jar=target/jcstress.jar
out=target/jcstress
mode=${1:-short}
(($# == 0)) || shift

# On a quiet machine each twin is caught more often than once in 20,000 samples. So a mistake like theirs would show.
enough_samples=50000

# The time of each test in the second run. The first has 200 ms in the mode short.
longer_ms=5000

# set_option NAME VALUE: jcstress refuses an option that is there twice.
set_option() {
    local i
    for ((i = 0; i < ${#options[@]}; i++)); do
        if [[ ${options[i]} == "$1" ]]; then
            options[i + 1]=$2
            return
        fi
    done
    options+=("$1" "$2")
}

case $mode in
    short)
        options=(-m quick -sc false -af NONE -f 1 -iters 1 -time 200)
        [[ " $* " == *" -jvmArgs "* ]] || options+=(-jvmArgs -XX:-TieredCompilation)
        ;;
    sanity | quick | default | tough | stress) options=(-m "$mode") ;;
    *)
        printf 'no such mode: %s\n' "$mode" >&2
        exit 2
        ;;
esac
options+=("$@")
first_options=("${options[@]}")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[[ -f $jar ]] || {
    printf '%s is missing: ./mvnw -q package -pl stress-tests -am\n' "$jar" >&2
    exit 2
}
rm -rf "$out"
mkdir -p "$out"

# All tests.
declare -A listed=()
while IFS= read -r line; do
    [[ $line =~ ^io\.github\.safemap\.[A-Za-z0-9_.]+$ ]] && listed[$line]=1
done < <("$java" -jar "$jar" "${options[@]}" -l)

failures=()
declare -A verdict=() caught=() right=() samples=() outcomes=()

# run_jcstress SUFFIX: runs jcstress with the options, and adds up the results.
run_jcstress() {
    local output=output$1.txt code=0
    # Change to that directory, because jcstress leaves its raw results in the current one.
    (cd "$out" && "$java" -jar ../jcstress.jar "${options[@]}" -v -r "report$1") > "$out/$output" 2>&1 \
        || code=$?
    ((code == 0)) || failures+=("jcstress ended with exit code $code: see $output")
    read_results "$out/$output"
}

# read_results FILE: the last part of the output has each test's sum over all configurations.
read_results() {
    local line test='' results=false row
    local -A seen=()
    while IFS= read -r line; do
        if [[ $line == 'RUN RESULTS:'* ]]; then
            results=true
        elif ! $results; then
            continue
        elif [[ $line =~ ^\.*\ \[([A-Z ]+)\]\ (io\.github\.safemap\.[A-Za-z0-9_.]+)$ ]]; then
            test=${BASH_REMATCH[2]}
            if [[ -n ${seen[$test]:-} ]]; then # in two lists: interesting, and failed
                test=
                continue
            fi
            seen[$test]=1
            [[ -z ${verdict[$test]:-} ]] || outcomes[$test]+=$'    again:\n'
            [[ ${verdict[$test]:-OK} != OK ]] || verdict[$test]=${BASH_REMATCH[1]}
        elif [[ -n $test && $line =~ ^\ *(.*[^\ ])\ +([0-9,]+)\ +([<>]?[0-9.]+%)\ +(Acceptable|Interesting|Forbidden|Unknown)\ +(.*)$ ]]; then
            [[ ${BASH_REMATCH[2]} == 0 ]] && continue
            [[ ${BASH_REMATCH[4]} == Interesting ]] && caught[$test]=1
            [[ ${BASH_REMATCH[4]} == Acceptable ]] && right[$test]=1
            samples[$test]=$((${samples[$test]:-0} + ${BASH_REMATCH[2]//,/}))
            printf -v row '    %-22s %14s %8s  %-11s  %s\n' "${BASH_REMATCH[@]:1:5}"
            outcomes[$test]+=$row
        fi
    done < "$1"
}

# Only C2 breaks the twins BrokenPlain…. jcstress' own configurations include it.
has_c2=true
[[ " ${options[*]}" != *' -Xint'* && " ${options[*]}" != *TieredStopAtLevel=[1-3]* ]] || has_c2=false

# lack_of TEST: prints what the results of a test lack; nothing if they say enough.
lack_of() {
    if [[ -z ${verdict[$1]:-} || ${verdict[$1]} != OK || $mode == sanity ]]; then # sanity takes too few samples
        return
    elif [[ $1 != *.Broken* ]]; then
        ((${samples[$1]:-0} >= enough_samples)) || printf 'only %d samples' "${samples[$1]:-0}"
    elif [[ -z ${caught[$1]:-} ]]; then
        [[ $1 == *.BrokenPlain* && $has_c2 == false ]] || printf 'twin not caught'
    elif [[ -z ${right[$1]:-} ]]; then
        # A twin that is always wrong is wrong without a race, so its mistake is not the intended one.
        printf 'twin never right'
    fi
}

run_jcstress ''

again=()
for test in "${!listed[@]}"; do
    [[ -z $(lack_of "$test") ]] || again+=("$test")
done
if ((${#again[@]} > 0)); then
    printf -v names '|%s' "${again[@]}"
    set_option -t "^(${names:1})\$"
    set_option -time "$longer_ms"
    run_jcstress -again
fi

twins=0
twins_caught=0
for test in "${!listed[@]}"; do
    lack=$(lack_of "$test")
    if [[ -z ${verdict[$test]:-} ]]; then
        failures+=("did not run: $test")
    elif [[ ${verdict[$test]} != OK ]]; then
        failures+=("${verdict[$test]}: $test")
    elif [[ -n $lack ]]; then
        failures+=("$lack: $test")
    fi
    [[ $test == *.Broken* ]] || continue
    twins=$((twins + 1))
    [[ -z ${caught[$test]:-} ]] || twins_caught=$((twins_caught + 1))
done
((${#listed[@]} > 0)) || failures+=("no tests listed")

{
    printf 'tests listed: %d, run: %d, run again for longer: %d; twins caught: %d of %d\n' \
        "${#listed[@]}" "${#verdict[@]}" "${#again[@]}" "$twins_caught" "$twins"
    if ((${#failures[@]} > 0)); then
        printf 'FAILED: %s\n' "${failures[@]}"
    else
        printf 'passed\n'
    fi
    printf '\ncommand: stress-tests/run.sh %s\n' "$mode${*:+ $*}"
    printf 'jcstress options: %s\n' "${first_options[*]}"
    printf 'commit: %s\n' "$(git rev-parse HEAD 2> /dev/null || printf unknown)"
    printf 'date: %(%Y-%m-%d)T, took %d s\n' -1 "$SECONDS"
    printf 'machine: %s, %s cores\n' "$(uname -sm)" "$(getconf _NPROCESSORS_ONLN)"
    "$java" -version 2>&1
    printf '\n'
    for test in $(printf '%s\n' "${!verdict[@]}" | sort); do
        printf '%s: %s\n%s' "${test#io.github.safemap.stress.}" "${verdict[$test]}" \
            "${outcomes[$test]}"
    done
} > "$out/summary.txt"

while IFS= read -r line && [[ -n $line ]]; do
    printf '%s\n' "$line"
done < "$out/summary.txt"
printf 'summary: stress-tests/%s\n' "$out/summary.txt"
((${#failures[@]} == 0))
