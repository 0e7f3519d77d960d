package io.github.safemap.benchmarks.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/** Which sources are measured. */
final class Revision {
    private Revision() {}

    /** Returns the commit, and a check sum of what has been changed since, if anything has. */
    static String of(Path project) throws InterruptedException {
        Optional<String> commit = git(project, "rev-parse", "--short=10", "HEAD");
        if (commit.isEmpty()) {
            return "unversioned";
        }
        String changes = git(project, "diff", "HEAD").orElse("")
                + git(project, "ls-files", "--others", "--exclude-standard").orElse("");
        if (changes.isEmpty()) {
            return commit.get();
        }
        CRC32 sum = new CRC32();
        sum.update(changes.getBytes(StandardCharsets.UTF_8));
        return commit.get() + "-changed-" + Long.toHexString(sum.getValue());
    }

    private static Optional<String> git(Path project, String... arguments) throws InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Environment.outputOf(project, command);
    }
}
