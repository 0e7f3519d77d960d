package io.github.safemap.core.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** The references between classes, as {@code jdeps} reads them from class files. */
public final class References {
    /** A line such as "   a.B   -> c.D   the.module.of.it". */
    private static final Pattern REFERENCE = Pattern.compile("^ +(\\S+) +-> +(\\S+)", Pattern.MULTILINE);

    private References() {}

    /**
     * Returns for each class the other classes that it refers to. Nested classes are parts of their outer
     * classes.
     *
     * @param classes the folder of a module's class files
     * @param prefix the common beginning of the names of all these classes
     */
    public static Map<String, Set<String>> of(Path classes, String prefix) {
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        StringWriter output = new StringWriter();
        int result = jdeps.run(
                new PrintWriter(output),
                new PrintWriter(output),
                "-verbose:class",
                "-filter:none",
                "--ignore-missing-deps",
                "--multi-release",
                "base",
                classes.toString());
        if (result != 0) {
            throw new AssertionError("jdeps: " + output);
        }
        Map<String, Set<String>> references = new TreeMap<>();
        for (Matcher line = REFERENCE.matcher(output.toString()); line.find(); ) {
            String from = outermost(line.group(1));
            String to = outermost(line.group(2));
            if (from.startsWith(prefix)) {
                Set<String> known = references.computeIfAbsent(from, name -> new TreeSet<>());
                if (to.startsWith(prefix) && !to.equals(from)) {
                    known.add(to);
                }
            }
        }
        return references;
    }

    private static String outermost(String name) {
        return name.split("\\$", 2)[0];
    }
}
