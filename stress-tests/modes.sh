#!/usr/bin/env bash
# Runs the jcstress tests once for each way of running Java code that orders memory accesses
# differently, and keeps each summary.
#
#   stress-tests/modes.sh [short|sanity|quick|default|tough|stress] [option of jcstress ...]
#
# c2           the optimizing compiler alone
# shuffled     the same, with instructions in a random order as far as the memory model allows. x86
#              reorders little by itself, so this mode is the likeliest to show a missing acquire or release there
# c1           the quick compiler alone
# interpreter  no compiler
#
# A mode that the JVM does not have is left out, with a message. Leaves target/jcstress-modes/<mode>.txt; exits with
# 1 if a mode failed, or none could be run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

out=target/jcstress-modes
preset=${1:-short}
(($# == 0)) || shift
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mkdir -p "$out"

names=(c2 shuffled c1 interpreter)
declare -A flags=(
    [c2]='-XX:-TieredCompilation'
    [shuffled]='-XX:-TieredCompilation -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM'
    [c1]='-XX:TieredStopAtLevel=1'
    [interpreter]='-Xint'
)

ran=0
failed=()
for name in "${names[@]}"; do
    read -ra options <<< "${flags[$name]}"
    if ! "$java" "${options[@]}" -version > /dev/null 2>&1; then
        printf '%s: left out, this JVM has no %s\n' "$name" "${flags[$name]}"
        continue
    fi
    printf '%s: %s\n' "$name" "${flags[$name]}"
    # Given flags, jcstress adds none of its own.
    ./run.sh "$preset" -jvmArgs "${flags[$name]}" "$@" || failed+=("$name")
    cp target/jcstress/summary.txt "$out/$name.txt"
    ran=$((ran + 1))
done
((ran > 0)) || failed+=("no mode could be run")
printf 'modes run: %d; failed: %s\n' "$ran" "${failed[*]:-none}"
((${#failed[@]} == 0))
