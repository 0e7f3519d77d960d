#!/usr/bin/env bash
# Runs the jcstress tests and checks what jcstress does not check: that no test was left out, and that every
# broken twin was caught in some samples and was right in others.
#
#   stress-tests/run.sh [short|sanity|quick|default|tough|stress] [option of jcstress ...]
#
# short, the default, is for each change: every test in one JVM mode. The others are jcstress' presets;
# sanity only shows that the tests run, and need not catch a twin.
# Further options go to jcstress as they are, such as  -t 'Split'  or
#   -jvmArgs "-XX:-TieredCompilation -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM"
#
# Leaves target/jcstress/summary.txt (what was run, and every outcome), output.txt, and the HTML report
# in report/. Exits with 1 if an outcome was forbidden, a test failed or did not run, or a twin was not
# caught, or never right. Needs bash, a JDK 17 or newer, and the jar: ./mvnw -q package -pl stress-tests -am
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

jar=target/jcstress.jar
out=target/jcstress
mode=${1:-short}
(($# == 0)) || shift

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
code=0
# Change to that directory, because jcstress leaves its raw results in the current one.
(cd "$out" && "$java" -jar ../jcstress.jar "${options[@]}" -v -r report) > "$out/output.txt" 2>&1 \
    || code=$?
((code == 0)) || failures+=("jcstress ended with exit code $code")

# The results: the last part of the output has each test's sum over all configurations.
declare -A verdict=() caught=() right=() outcomes=()
results=false
test=
while IFS= read -r line; do
    if [[ $line == 'RUN RESULTS:'* ]]; then
        results=true
    elif ! $results; then
        continue
    elif [[ $line =~ ^\.*\ \[([A-Z ]+)\]\ (io\.github\.safemap\.[A-Za-z0-9_.]+)$ ]]; then
        test=${BASH_REMATCH[2]}
        verdict[$test]=${BASH_REMATCH[1]}
        outcomes[$test]=
    elif [[ -n $test && $line =~ ^\ *(.*[^\ ])\ +([0-9,]+)\ +([<>]?[0-9.]+%)\ +(Acceptable|Interesting|Forbidden|Unknown)\ +(.*)$ ]]; then
        [[ ${BASH_REMATCH[2]} == 0 ]] && continue
        [[ ${BASH_REMATCH[4]} == Interesting ]] && caught[$test]=1
        [[ ${BASH_REMATCH[4]} == Acceptable ]] && right[$test]=1
        printf -v row '    %-22s %14s %8s  %-11s  %s\n' "${BASH_REMATCH[@]:1:5}"
        outcomes[$test]+=$row
    fi
done < "$out/output.txt"

twins=0
twins_caught=0
for test in "${!listed[@]}"; do
    if [[ -z ${verdict[$test]:-} ]]; then
        failures+=("did not run: $test")
    elif [[ ${verdict[$test]} != OK ]]; then
        failures+=("${verdict[$test]}: $test")
    elif [[ $test == *.Broken* ]]; then
        twins=$((twins + 1))
        if [[ -n ${caught[$test]:-} ]]; then
            twins_caught=$((twins_caught + 1))
        elif [[ $mode != sanity ]]; then # which takes too few samples
            failures+=("twin not caught: $test")
        fi
        # A twin that is always wrong is wrong without a race, so its mistake is not the intended one.
        [[ $mode == sanity || -n ${right[$test]:-} ]] || failures+=("twin never right: $test")
    fi
done
((${#listed[@]} > 0)) || failures+=("no tests listed")

{
    printf 'tests listed: %d, run: %d; twins caught: %d of %d\n' \
        "${#listed[@]}" "${#verdict[@]}" "$twins_caught" "$twins"
    if ((${#failures[@]} > 0)); then
        printf 'FAILED: %s\n' "${failures[@]}"
    else
        printf 'passed\n'
    fi
    printf '\ncommand: stress-tests/run.sh %s\n' "$mode${*:+ $*}"
    printf 'jcstress options: %s\n' "${options[*]}"
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
