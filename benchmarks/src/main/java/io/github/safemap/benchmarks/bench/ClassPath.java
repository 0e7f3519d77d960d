package io.github.safemap.benchmarks.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The class path of the JVMs that measure: a copy, so that a build meanwhile does not change it. */
final class ClassPath {
    private ClassPath() {}

    /** Returns the class path with all that lies in the project copied to {@code directory}. */
    static String copied(String classPath, Path project, Path directory) throws IOException {
        RunDirectory.delete(directory);
        Files.createDirectories(directory);
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (!path.startsWith(project.toAbsolutePath())) {
                entries.add(entry);
            } else if (Files.exists(path)) {
                Path copy = directory.resolve(entries.size() + "-" + path.getFileName());
                copy(path, copy);
                entries.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Returns the jars in a directory, to be appended to a class path. */
    static String jarsIn(Path directory) throws IOException {
        StringBuilder jars = new StringBuilder();
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .forEach(jar -> jars.append(File.pathSeparator).append(jar.toAbsolutePath()));
        }
        return jars.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        for (Path file : all) {
            // resolve("") would append a slash to a file's name.
            Path target =
                    file.equals(from) ? to : to.resolve(from.relativize(file).toString());
            Files.copy(file, target);
        }
    }
}
