package io.github.safemap.benchmarks.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** The class path of the JVMs that measure: a copy, so that a build meanwhile does not change it. */
final class ClassPath {
    private ClassPath() {}

    /** Returns the class path with all that lies in the project copied to {@code directory}. */
    static String copied(String classPath, Path project, Path directory) throws IOException {
        FileUtils.deleteDirectory(directory.toFile());
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            File file = new File(entry).getAbsoluteFile();
            if (!file.toPath().startsWith(project.toAbsolutePath())) {
                entries.add(entry);
            } else if (file.exists()) {
                File copy =
                        directory.resolve(entries.size() + "-" + file.getName()).toFile();
                if (file.isDirectory()) {
                    FileUtils.copyDirectory(file, copy);
                } else {
                    FileUtils.copyFile(file, copy);
                }
                entries.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Returns the jars in a directory, to be appended to a class path. */
    static String jarsIn(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(jar -> File.pathSeparator + jar.toAbsolutePath())
                    .collect(Collectors.joining());
        }
    }
}
