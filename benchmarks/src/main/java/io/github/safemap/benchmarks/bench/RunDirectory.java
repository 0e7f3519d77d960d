package io.github.safemap.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Where a run leaves its results: {@code parts/PART/ROUND}, a directory a step. A step works in {@code
 * ROUND.unfinished}, which gets its name when all has been written: what has that name is finished, and is
 * not measured again.
 */
record RunDirectory(Path path) {
    private static final String UNFINISHED = ".unfinished";

    /** Returns where a step's results are or will be. */
    Path of(Step step) {
        return path.resolve("parts").resolve(step.part().name()).resolve(step.round() + "");
    }

    /** Returns whether a step need not be run again. */
    boolean has(Step step) {
        return Files.isDirectory(of(step));
    }

    /** Returns an empty directory for a step to work in. */
    Path begin(Step step) throws IOException {
        Path work = unfinished(step);
        FileUtils.deleteDirectory(work.toFile());
        return Files.createDirectories(work);
    }

    /** Makes what a step has left its result. */
    void finish(Step step) throws IOException {
        Files.move(unfinished(step), of(step));
    }

    /** Returns the directories of all finished steps, sorted; none of a published run. */
    List<Path> finished() throws IOException {
        Path parts = path.resolve("parts");
        if (!Files.isDirectory(parts)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(parts, 2)) {
            return all.filter(found -> parts.relativize(found).getNameCount() == 2)
                    .filter(found -> found.getFileName().toString().matches("\\d+"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the part and the round of a finished step's directory: two parts may have a cell in common. */
    static String roundOf(Path step) {
        return step.getParent().getFileName() + "/" + step.getFileName();
    }

    private Path unfinished(Step step) {
        Path finished = of(step);
        return finished.resolveSibling(finished.getFileName() + UNFINISHED);
    }
}
