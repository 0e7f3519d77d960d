#!/usr/bin/env bash
# Installs the library into a separate local repository. Then builds and runs this project, a module that
# depends on the installed library, on the JDK in use (JAVA_HOME) or on each JDK whose home is given:
#
#   examples/consumer/run.sh /usr/lib/jvm/java-17-openjdk-amd64 /usr/lib/jvm/temurin-25-jdk-amd64
#
# Everything but the library itself comes from the user's local repository, or from Maven Central.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

here=examples/consumer
repository=$PWD/$here/target/repository
installed=$repository/io/github/safemap/safemap/0.1.0-SNAPSHOT
maven=(./mvnw --batch-mode --no-transfer-progress -q "-Dmaven.repo.local=$repository"
    "-Dmaven.repo.local.tail=${MAVEN_REPOSITORY:-$HOME/.m2/repository}")

rm -rf "$here/target"
# The profile leaves out the library's tests and Javadoc.
"${maven[@]}" install -Pexamples -pl core,safemap -am
[[ -s $installed/safemap-0.1.0-SNAPSHOT.jar ]] || { echo "nothing was installed in $installed" >&2; exit 1; }

for home in "${@:-}"; do
    [[ -z $home ]] || export JAVA_HOME=$home
    rm -rf "$here/target/classes" "$here/target/maven-status" "$here"/target/*.jar
    said=$("${maven[@]}" -f "$here" verify)
    printf '%s\n' "$said"
    # The library's jar, not its classes in this build.
    [[ $said == *"$installed/safemap-0.1.0-SNAPSHOT.jar"* ]] || { echo "that is not what was installed" >&2; exit 1; }
done
