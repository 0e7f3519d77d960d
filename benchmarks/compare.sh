#!/usr/bin/env bash
# Says whether a commit made SafeMap slower: builds the libraries of two commits, each in a git worktree of
# its own, and runs this tree's JMH benchmarks on both, fork beside fork. Needs benchmarks/target/benchmarks.jar
# (./mvnw -DskipTests package), git, and a JDK: JAVA_HOME's, or the first in PATH.
set -euo pipefail

usage() {
    cat >&2 <<'USAGE'
usage: benchmarks/compare.sh OLD NEW [--rounds N] [--gigabytes N] JMH-ARGUMENTS...

  benchmarks/compare.sh HEAD~10 HEAD 'T1G|T4C' -t 1 -p keys=LONG -p size=1000,100000
  benchmarks/compare.sh main HEAD T9FillSmall -p keys=LONG --rounds 9

Exit code 3: in some cell NEW is slower than OLD, with 95 % confidence.
USAGE
    exit 2
}

(($# >= 3)) || usage
old=$1 new=$2
shift 2

here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
jar=$here/target/benchmarks.jar
[[ -f $jar ]] || { echo "no $jar: run ./mvnw -DskipTests package" >&2; exit 1; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

work=$(mktemp -d)
cleanup() {
    local tree
    for tree in "$work"/tree-*; do
        [[ -d $tree ]] && git -C "$root" worktree remove --force "$tree" > /dev/null 2>&1
    done
    rm -rf "$work"
}
trap cleanup EXIT

# build COMMIT NAME: leaves the classes in $work/NAME.
build() {
    local commit
    commit=$(git -C "$root" rev-parse --verify "$1^{commit}")
    echo "building $2: $(git -C "$root" log -1 --format='%h %s' "$commit")" >&2
    git -C "$root" worktree add --quiet --detach "$work/tree-$2" "$commit"
    (cd "$work/tree-$2" && ./mvnw -q package -pl safemap -am -DskipTests -Dmaven.javadoc.skip \
        < /dev/null) >&2
    mkdir "$work/$2"
    cp -r "$work/tree-$2/core/target/classes/." "$work/$2/"
    cp -r "$work/tree-$2/safemap/target/classes/." "$work/$2/"
}

build "$old" old
build "$new" new
cp "$jar" "$work/benchmarks.jar" # a build meanwhile would change it
out=$here/target/compare/$(date +%Y%m%d-%H%M%S)
echo "raw results: $out" >&2
status=0
"$java" -cp "$work/benchmarks.jar" io.github.safemap.benchmarks.bench.Compare \
    --old "$work/old" --new "$work/new" --out "$out" "$@" || status=$?
exit "$status"
