#!/usr/bin/env bash
# Says whether a commit made SafeMap slower: builds the libraries of two commits, each in a git worktree of
# its own, and runs this tree's JMH benchmarks on both, fork beside fork. What has been built of a commit is kept
# in benchmarks/target/compare/builds. Needs benchmarks/target/benchmarks.jar (./mvnw -DskipTests package), git,
# and a JDK: JAVA_HOME's, or the first in PATH.
set -euo pipefail

usage() {
    cat >&2 <<'USAGE'
usage: benchmarks/compare.sh OLD NEW [--rounds N] [--gigabytes N] [--out DIRECTORY] JMH-ARGUMENTS...

  benchmarks/compare.sh HEAD~10 HEAD 'GetHit|\.Churn\.' -t 1 -p keys=LONG -p size=1000,100000
  benchmarks/compare.sh main . FillSmall -p keys=LONG --rounds 9

A dot stands for this tree as it has been built, committed or not.
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

# classes TREE DIRECTORY: copies the libraries' classes.
classes() {
    mkdir "$2"
    cp -r "$1/core/target/classes/." "$2/"
    cp -r "$1/safemap/target/classes/." "$2/"
}

# build COMMIT NAME: leaves the classes in $work/NAME.
build() {
    if [[ $1 == . ]]; then
        classes "$root" "$work/$2"
        return
    fi
    local commit kept
    commit=$(git -C "$root" rev-parse --verify "$1^{commit}")
    kept=$here/target/compare/builds/$commit
    if [[ ! -d $kept ]]; then
        echo "building $2: $(git -C "$root" log -1 --format='%h %s' "$commit")" >&2
        git -C "$root" worktree add --quiet --detach "$work/tree-$2" "$commit"
        (cd "$work/tree-$2" && ./mvnw -q compile -pl safemap -am < /dev/null) >&2
        classes "$work/tree-$2" "$work/whole-$2"
        mkdir -p "$(dirname "$kept")"
        mv "$work/whole-$2" "$kept"
    fi
    cp -r "$kept" "$work/$2"
}

build "$old" old
build "$new" new
cp "$jar" "$work/benchmarks.jar" # a build meanwhile would change it
out=$here/target/compare/$(date +%Y%m%d-%H%M%S)
for argument in "$@"; do
    [[ $argument != --out && $argument != --out=* ]] || out= # given
done
status=0
"$java" -cp "$work/benchmarks.jar" io.github.safemap.benchmarks.bench.Compare \
    --old "$work/old" --new "$work/new" ${out:+--out "$out"} "$@" || status=$?
[[ -z $out ]] || echo "raw results: $out" >&2
exit "$status"
