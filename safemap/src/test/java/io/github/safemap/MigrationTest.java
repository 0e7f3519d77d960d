package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code that {@code docs/concurrent-hash-map.md} tells users to write does what the other map's code did. */
class MigrationTest {
    private static final Path PAGE = Path.of("..", "docs", "concurrent-hash-map.md");
    private static final Path THIS_FILE = Path.of("src/test/java/io/github/safemap/MigrationTest.java");

    /** A line of a table: the code of the second column. */
    private static final Pattern LINE = Pattern.compile("\\| [^|]* \\| `([^`|]*)` \\|.*");

    private static final int N = 100_000;

    private final SafeMap<String, Integer> map = new SafeMap<>();
    private final Set<String> visited = new TreeSet<>();
    private final LongAdder sum = new LongAdder();

    @Test
    void constructors() {
        int n = N;
        SafeMap<String, Integer> empty = new SafeMap<>();
        map.put("ada", 1);
        assertEquals(map, new SafeMap<>(map));
        SafeMap<Object, Object> large = SafeMap.builder().expectedSize(n).build();
        large.put(1, 1);
        assertTrue(large.stats().slots() > n / large.stats().shards(), "no room was made");
        SafeMap<Object, Object> many = SafeMap.builder().shards(64).build();
        assertEquals(64, many.stats().shards());
        assertEquals(Map.of(), empty);
    }

    /** The page warns of this: the map keeps the room that {@code expectedSize} asked for. */
    @Test
    void expectedSizeIsKeptThroughMassDeletion() {
        assertTrue(slotsAfterMassDeletion(SafeMap.builder().expectedSize(N).build()) > N);
        assertEquals(0, slotsAfterMassDeletion(new SafeMap<>()));
    }

    private static long slotsAfterMassDeletion(SafeMap<Integer, Integer> map) {
        for (int i = 0; i < N; i++) {
            map.put(i, i);
        }
        for (int i = 0; i < N; i++) {
            map.remove(i);
        }
        map.trim();
        return map.stats().slots();
    }

    @Test
    void keySets() {
        KeySetView<String, Boolean> names = SafeMap.newKeySet();
        assertTrue(names.add("ada"));
        SafeMap<String, String> map = new SafeMap<>();
        String key = "ada";
        assertTrue(map.keySet("default").add(key));
        assertEquals(Map.of("ada", "default"), map);
    }

    @Test
    void bulkMethods() {
        map.put("ada", 1);
        map.put("grace", 2);
        assertEquals(2, map.mappingCount());
        map.forEach(1_000, (k, v) -> sum.add(v));
        assertEquals(3, sum.sumThenReset());
        map.forEach(1, (k, v) -> sum.add(v));
        assertEquals(3, sum.sum());
        assertEquals(3, map.reduceValuesToLong(1, v -> v, 0, Long::sum));
    }

    @Test
    void theOldMethodsHaveReplacements() {
        map.put("ada", 1);
        int value = 1;
        assertTrue(map.containsValue(value));
        Enumeration<String> keys = Collections.enumeration(map.keySet());
        assertEquals(List.of("ada"), Collections.list(keys));
        Enumeration<Integer> elements = Collections.enumeration(map.values());
        assertEquals(List.of(1), Collections.list(elements));
    }

    @Test
    void removeIfRemovesByKeyAndValue() {
        map.put("ada", 1);
        map.put("grace", 2);
        assertTrue(map.removeIf((k, v) -> v > 1));
        assertEquals(Map.of("ada", 1), map);
    }

    @Test
    void getSetAndDelHaveTheirCounterparts() {
        SafeMap<String, Integer> map = new SafeMap<>();
        String key = "ada";
        Integer value = map.get(key);
        assertNull(value);
        value = 1;
        map.put(key, value);
        assertEquals(1, map.get(key));
        assertEquals(1, map.size());
        map.remove(key);
        assertNull(map.get(key));
        map.remove(key);
        assertEquals(0, map.size());
        map.putIfAbsent(key, value);
        map.putIfAbsent(key, 7);
        map.merge(key, 1, Integer::sum);
        assertEquals(Map.of("ada", 2), map);
    }

    @Test
    void rangeEndsWhereTheFunctionSays() {
        for (int i = 0; i < 100; i++) {
            map.put("key " + i, i);
        }
        BiPredicate<String, Integer> f = (key, value) -> {
            map.remove(key); // go-zero's Range would hang
            visited.add(key);
            return visited.size() < 10;
        };
        for (Map.Entry<String, Integer> entry : map.entrySet()) {
            if (!f.test(entry.getKey(), entry.getValue())) {
                break;
            }
        }
        assertEquals(10, visited.size());
        assertEquals(90, map.size());
    }

    @Test
    void rangeToTheEnd() {
        map.put("ada", 1);
        map.put("grace", 2);
        map.forEach((key, value) -> visited.add(key));
        assertEquals(Set.of("ada", "grace"), visited);
        visited.clear();
        for (String key : map.snapshot().keySet()) {
            visited.add(key);
        }
        assertEquals(Set.of("ada", "grace"), visited);
    }

    // ---- What the compiler does not tell you ----

    @Test
    void theViewOfEntriesAddsNone() {
        assertThrows(UnsupportedOperationException.class, () -> map.entrySet().add(Map.entry("ada", 1)));
        assertThrows(UnsupportedOperationException.class, () -> map.entrySet().addAll(List.of(Map.entry("ada", 1))));
        assertTrue(new ConcurrentHashMap<String, Integer>().entrySet().add(Map.entry("ada", 1)));
        assertTrue(map.isEmpty());
    }

    /**
     * A key that refers to its own map. Deserialization reads the map first, so the map has the key before the
     * key has its name.
     */
    private static final class Circular implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // both maps are
        private final Map<Object, Object> around;

        private final String name = String.valueOf('a');

        Circular(Map<Object, Object> around) {
            this.around = around;
            around.put(this, "value");
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(name);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Circular circular && name.equals(circular.name);
        }
    }

    private static Object afterRebuilds(Map<Object, Object> around) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Circular(around));
        }
        Circular read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (Circular) in.readObject();
        }
        for (int i = 0; i < 1_000; i++) {
            read.around.put(i, i);
        }
        return read.around.get(read);
    }

    @Test
    void aKeyThatIsReadWhileHalfBuiltIsFoundAfterARebuild() throws Exception {
        assertEquals("value", afterRebuilds(new SafeMap<>()));
        assertNull(afterRebuilds(new ConcurrentHashMap<>()));
    }

    @Test
    void eachLineOfThePageIsRunHere() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<String> code = code(page.subList(0, page.indexOf("## Method by method")));
        assertTrue(code.size() > 20, "too few lines found");
        assertEquals(List.of(), notRun(code));
    }

    @Test
    void aLineThatIsNotRunIsFound() throws IOException {
        String unknown = "map.keySet()" + ".clear()"; // in two parts, so that it is not in this file
        assertEquals(List.of(unknown), notRun(code(List.of("| `m.Clear()` | `" + unknown + "` | |"))));
    }

    /** The Java of the page's tables. */
    private static List<String> code(List<String> page) {
        List<String> code = new ArrayList<>();
        for (String line : page) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                code.add(matcher.group(1));
            } else {
                assertTrue(isNoLine(line), () -> "not a line of a table: " + line);
            }
        }
        return code;
    }

    private static boolean isNoLine(String line) {
        return !line.startsWith("|") || line.startsWith("| ---") || line.contains("| SafeMap |");
    }

    /** Returns those that this file does not contain. White space and comments do not count. */
    private static List<String> notRun(List<String> code) throws IOException {
        String statements = Files.readAllLines(THIS_FILE).stream()
                .filter(line -> !line.strip().startsWith("//"))
                .collect(Collectors.joining());
        String packed = packed(statements);
        return code.stream().filter(text -> !packed.contains(packed(text))).toList();
    }

    private static String packed(String text) {
        return text.replaceAll("\\s", "");
    }
}
