package io.github.safemap.examples.nullness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.KeySetView;
import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapBuilder;
import io.github.safemap.SafeMapStats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The two sources use the whole API and do what they say. Forbidden code does not compile. */
class NullnessTest {
    private static final List<Class<?>> API =
            List.of(SafeMap.class, SafeMapBuilder.class, SafeMapStats.class, KeySetView.class);

    /**
     * Methods that both languages replace by an operator or do not need: of objects in general, of collections,
     * of streams.
     */
    private static final Set<String> NOT_SAID = Set.of(
            "toArray", "equals", "hashCode", "wait", "notify", "notifyAll", "getClass", "parallelStream", "stream");

    // ---- The whole API ----

    /** Returns the methods of the API that a class does not call. */
    private static Set<String> notCalledBy(Class<?> source) throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Class<?> type : API) {
            for (Method method : type.getMethods()) {
                if (method.getDeclaringClass().getName().startsWith("io.github.safemap")
                        && !method.isBridge()
                        && !Modifier.isVolatile(method.getModifiers())
                        && !NOT_SAID.contains(method.getName())) {
                    missing.add(signature(method.getName(), Type.getMethodDescriptor(method)));
                }
            }
        }
        assertTrue(missing.size() > 60, () -> "only " + missing);
        missing.removeAll(calledBy(source));
        return missing;
    }

    /** Without the result type, because Kotlin calls {@code Map}'s bridge of {@code keySet}. */
    private static String signature(String name, String descriptor) {
        return name + descriptor.substring(0, descriptor.indexOf(')') + 1);
    }

    /** Returns the methods that a class calls or refers to. */
    private static Set<String> calledBy(Class<?> source) throws IOException {
        Set<String> called = new TreeSet<>();
        MethodVisitor calls = new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
                called.add(signature(name, descriptor));
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                for (Object argument : arguments) {
                    if (argument instanceof Handle handle) {
                        called.add(signature(handle.getName(), handle.getDesc()));
                    }
                }
            }
        };
        try (InputStream code = source.getResourceAsStream(source.getSimpleName() + ".class")) {
            new ClassReader(code)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access, String name, String descriptor, String signature, String[] thrown) {
                                    return calls;
                                }
                            },
                            0);
        }
        return called;
    }

    @Test
    void theSourceInJavaUsesTheWholeApi() throws IOException {
        assertEquals(Set.of(), notCalledBy(InJava.class));
    }

    @Test
    void theSourceInKotlinUsesTheWholeApi() throws IOException {
        assertEquals(Set.of(), notCalledBy(InKotlinKt.class));
    }

    @Test
    void aSourceThatMissesAMethodIsFound() throws IOException {
        assertTrue(notCalledBy(NullnessTest.class)
                .contains("computeIfAbsent(Ljava/lang/Object;Ljava/util/function/Function;)"));
    }

    // ---- It does what it says ----

    @Test
    void theSourceInKotlinRuns() {
        assertEquals(
                "[null, null, 1, 7, 1, 2, null, 1, null, 11, null, null, true, true, true, null, null, 0]",
                InKotlinKt.singleKeys(new SafeMap<>()).toString());
        assertEquals(
                List.of(3, true, 2, 2, 2L, false, true, true, true, true, 10),
                InKotlinKt.wholeMap(new SafeMap<>(Map.of("a", 1, "b", 2))));
        for (long threshold : new long[] {1, Long.MAX_VALUE}) {
            assertEquals(
                    "[true, b, 1, null, 1, a, 2, 3, 5, 8.0, 8, 8]",
                    InKotlinKt.bulk(new SafeMap<>(Map.of("a", 1, "b", 2)), threshold)
                            .toString());
        }
        assertEquals(3, InKotlinKt.counted(new SafeMap<>(), "ab"));
        assertEquals(3, InKotlinKt.counted(new ConcurrentHashMap<>(), "ab"));
        assertEquals(
                22,
                InKotlinKt.views(new SafeMap<>(Map.of("a", 1, "b", 2, "c", 3))).size() + 3);
    }

    @Test
    void theSourceInJavaRuns() {
        SafeMap<String, List<Integer>> lists = new SafeMap<>();
        InJava.addTo(lists, new ConcurrentHashMap<>());
        assertEquals(Map.of("a", List.of(1)), lists);
        assertEquals(4, InJava.length(new SafeMap<>(), key -> "four"));
        assertTrue(InJava.singleKeys(new SafeMap<>()) > 0);
        assertEquals(9, InJava.wholeMap(new SafeMap<>(Map.of("a", 1, "b", 2))));
        assertTrue(InJava.bulk(new SafeMap<>(Map.of("a", 1, "b", 2)), 1) > 0);
        assertTrue(InJava.views(new SafeMap<>(Map.of("a", 1, "b", 2))) > 0);
        assertTrue(InJava.figuresOf(InJava.settings()) > 0);
    }

    // ---- What Kotlin refuses ----

    /** Compiles some lines about {@code map}. Returns the compiler's errors. */
    private static String complaints(Path directory, String lines) throws IOException {
        Path source = directory.resolve("Lines.kt");
        Files.writeString(
                source,
                "import io.github.safemap.SafeMap\n\nfun lines(map: SafeMap<String, String>): Any? {\n" + lines
                        + "\n}\n");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ExitCode code;
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            code = new K2JVMCompiler()
                    .exec(
                            out,
                            "-no-stdlib",
                            "-Werror",
                            "-classpath",
                            System.getProperty("java.class.path"),
                            "-d",
                            directory.resolve("classes").toString(),
                            source.toString());
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertEquals(text.isEmpty(), code == ExitCode.OK, text);
        return text;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return map.computeIfAbsent(\"a\") { it }.length",
                "return map.get(\"a\")?.length",
                "return map.put(\"a\", \"b\")?.length"
            })
    void whatMayBeNullIsAsked(String lines, @TempDir Path directory) throws IOException {
        assertEquals("", complaints(directory, lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return map.get(\"a\").length",
                "return map.put(\"a\", \"b\").length",
                "return map.remove(\"a\").length",
                "return map.compute(\"a\") { _, old -> old }.length",
                "return map.computeIfPresent(\"a\") { _, old -> old }.length",
                "return map.merge(\"a\", \"b\") { old, _ -> old }.length",
                "return map.reduceKeys(1) { one, _ -> one }.length",
                "return map.search<String>(1) { key, _ -> key }.length",
                "return map.keySet(\"a\").mappedValue.length",
                "return map.compute(\"a\") { _, old -> old.substring(1) }",
                "return map.computeIfAbsent(\"a\") { null }",
                "return map.computeIfAbsent(\"a\") { it }?.length",
                "return map.put(\"a\", null)",
                "return SafeMap<String, String?>()",
            })
    void whatMayBeNullIsNotForgotten(String lines, @TempDir Path directory) throws IOException {
        String complaints = complaints(directory, lines);
        assertFalse(complaints.isEmpty());
        assertTrue(List.of("null", "Null", "safe call", "String?").stream().anyMatch(complaints::contains), complaints);
        assertFalse(complaints.contains("unresolved reference"), complaints);
    }
}
