package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.GoMap;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the two modules export, and that a modular program can use them. */
class ModuleTest {
    private static final long TIMEOUT_SECONDS = 60;

    @TempDir
    private Path directory;

    @Test
    void safemapShowsItsOnePackage() throws Exception {
        ModuleDescriptor module = descriptorOf(SafeMap.class);
        assertEquals("io.github.safemap", module.name());
        assertFalse(module.isAutomatic() || module.isOpen());
        assertEquals(Set.of("io.github.safemap"), exportsOf(module));
        assertEquals(Set.of(), module.opens());
        assertEquals(
                Set.of("mandated java.base", "io.github.safemap.core", "static org.jspecify"), requirementsOf(module));
    }

    @Test
    void coreShowsItsEngineToSafemapAlone() throws Exception {
        ModuleDescriptor module = descriptorOf(GoMap.class);
        assertEquals("io.github.safemap.core", module.name());
        assertFalse(module.isAutomatic() || module.isOpen());
        assertEquals(
                Set.of("io.github.safemap.core", "io.github.safemap.core.engine to [io.github.safemap]"),
                exportsOf(module));
        assertEquals(Set.of(), module.opens());
        assertEquals(Set.of("mandated java.base", "static jdk.jfr", "static org.jspecify"), requirementsOf(module));
    }

    private static Set<String> exportsOf(ModuleDescriptor module) {
        return module.exports().stream()
                .map(e -> e.source() + (e.isQualified() ? " to " + e.targets() : ""))
                .collect(Collectors.toSet());
    }

    /** Transitive or not does not matter, because nobody needs the annotations at run time. */
    private static Set<String> requirementsOf(ModuleDescriptor module) {
        return module.requires().stream()
                .map(r -> (r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC) ? "static " : "")
                        + (r.modifiers().contains(ModuleDescriptor.Requires.Modifier.MANDATED) ? "mandated " : "")
                        + r.name())
                .collect(Collectors.toSet());
    }

    private static final String USER = """
            package consumer;

            import io.github.safemap.SafeMap;

            public class Main {
                public static void main(String[] args) {
                    SafeMap<String, Integer> map = new SafeMap<>();
                    for (int i = 0; i < 100_000; i++) {
                        map.put("key" + i, i);
                    }
                    map.keySet().removeIf(key -> !key.equals("key7"));
                    System.out.println(map + " " + SafeMap.class.getModule().getName());
                }
            }
            """;

    @Test
    void aModuleUsesTheMapWithoutTheAnnotations() throws Exception {
        assertEquals("", compile(USER));
        assertEquals("{key7=7} io.github.safemap", run());
    }

    /** As in a jlink image with only what the map needs, so without Flight Recorder. */
    @Test
    void aModuleUsesTheMapWithoutTheRestOfTheJdk() throws Exception {
        assertEquals("", compile(USER));
        assertEquals("{key7=7} io.github.safemap", run("--limit-modules", "consumer"));
    }

    @Test
    void aModuleCannotReachTheEngine() throws Exception {
        String program = """
                package consumer;

                public class Main {
                    io.github.safemap.core.engine.Directory directory;
                }
                """;
        assertTrue(compile(program).contains("package io.github.safemap.core.engine is not visible"));
    }

    /** Compiles a program as a module. Returns the compiler's errors. */
    private String compile(String program) throws Exception {
        Path sources = Files.createDirectories(directory.resolve("sources/consumer"));
        Path module = sources.resolveSibling("module-info.java");
        Files.writeString(module, "module consumer { requires io.github.safemap; }");
        Path main = Files.writeString(sources.resolve("Main.java"), program);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjects(module, main);
            String path = modulePath(NullMarked.class);
            List<String> options = List.of("-d", classes().toString(), "--module-path", path, "--release", "17");
            compiler.getTask(complaints, files, null, options, null, units).call();
        }
        return complaints.toString();
    }

    /** Runs the program without the annotations' module. Returns its output. */
    private String run(String... options) throws IOException, InterruptedException, URISyntaxException {
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-Xmx256m",
                "--module-path",
                classes() + File.pathSeparator + modulePath(),
                "--module",
                "consumer/consumer.Main"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), "it does not end");
        return Files.readString(output).strip();
    }

    private Path classes() {
        return directory.resolve("classes");
    }

    private static String modulePath(Class<?>... more) throws URISyntaxException {
        StringBuilder path = new StringBuilder(placeOf(SafeMap.class).toString());
        path.append(File.pathSeparator).append(placeOf(GoMap.class));
        for (Class<?> type : more) {
            path.append(File.pathSeparator).append(placeOf(type));
        }
        return path.toString();
    }

    private static ModuleDescriptor descriptorOf(Class<?> type) throws URISyntaxException {
        return ModuleFinder.of(placeOf(type)).findAll().iterator().next().descriptor();
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
