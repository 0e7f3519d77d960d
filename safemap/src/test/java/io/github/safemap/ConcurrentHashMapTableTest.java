package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The page that compares {@link SafeMap} with {@code ConcurrentHashMap} is complete and true. */
class ConcurrentHashMapTableTest {
    /** In the source tree. The tests run in their module's directory. */
    private static final Path PAGE = Path.of("..", "docs", "concurrent-hash-map.md");

    private static final Pattern LINE = Pattern.compile("\\| `([\\w.]+\\([^`]*\\))` \\| ([^|]*) \\| ?(.*)\\|");

    private static final Set<String> VERDICTS = Set.of("same", "better", "left out");

    /**
     * A line of the page.
     *
     * @param signature the method of {@code ConcurrentHashMap}
     * @param verdict what {@code SafeMap} has instead
     * @param how the explanation
     */
    private record Line(String signature, String verdict, String how) {}

    private static List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        List<String> page = Files.readAllLines(PAGE);
        for (String text : page.subList(page.indexOf("## Method by method"), page.size())) {
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                lines.add(new Line(line.group(1), line.group(2), line.group(3).strip()));
            } else {
                assertFalse(text.startsWith("| `"), () -> "not a line of the table: " + text);
            }
        }
        return lines;
    }

    private static String signature(String name, Executable member) {
        return Arrays.stream(member.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", name + "(", ")"));
    }

    /** The public methods of a class, with those inherited from a class of the package. */
    private static Set<String> methods(Class<?> type, String prefix, boolean withResults) {
        Set<String> methods = new TreeSet<>();
        for (Method method : type.getMethods()) {
            if (method.getDeclaringClass() != Object.class) {
                String result = withResults ? " " + method.getReturnType().getSimpleName() : "";
                methods.add(signature(prefix + method.getName(), method) + result);
            }
        }
        return methods;
    }

    private static Set<String> constructors(Class<?> type) {
        Set<String> constructors = new TreeSet<>();
        for (Constructor<?> constructor : type.getConstructors()) {
            constructors.add(signature(type.getSimpleName(), constructor));
        }
        return constructors;
    }

    private static Set<String> surface(Class<?> map, Class<?> keySet, boolean withResults) {
        Set<String> surface = constructors(map);
        surface.addAll(methods(map, "", withResults));
        surface.addAll(methods(keySet, "KeySetView.", withResults));
        return surface.stream()
                .map(member -> member.replace(map.getSimpleName(), "ConcurrentHashMap"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> theirs(boolean withResults) {
        return surface(ConcurrentHashMap.class, ConcurrentHashMap.KeySetView.class, withResults);
    }

    private static Set<String> ours(boolean withResults) {
        Class<?> keySet = new SafeMap<String, String>().keySet().getClass();
        return surface(SafeMap.class, keySet, withResults);
    }

    private static Set<String> withoutLine(List<Line> lines) {
        Set<String> members = theirs(false);
        lines.forEach(line -> members.remove(line.signature()));
        return members;
    }

    /** The lines that are not true of our class. */
    private static List<String> untrue(List<Line> lines) {
        Set<String> ours = ours(false);
        Set<String> oursWithResults = ours(true);
        List<String> untrue = new ArrayList<>();
        for (Line line : lines) {
            boolean present = ours.contains(line.signature());
            if (present == line.verdict().equals("left out")) {
                untrue.add(line.toString());
            } else if (present && !line.signature().startsWith("ConcurrentHashMap(")) {
                // They may have other result types for the same result: a set of keys is a Set too.
                boolean sameResult = theirs(true).stream()
                        .filter(member -> member.startsWith(line.signature() + " "))
                        .anyMatch(oursWithResults::contains);
                if (!sameResult) {
                    untrue.add("returns another type: " + line);
                }
            }
        }
        return untrue;
    }

    @Test
    void eachPublicMethodOfConcurrentHashMapHasALine() throws IOException {
        assertTrue(theirs(false).size() > 90, "too few methods found");
        assertEquals(Set.of(), withoutLine(lines()));
    }

    @Test
    void noMethodHasTwoLinesAndEachLineHasAVerdict() throws IOException {
        Set<String> signatures = new HashSet<>();
        for (Line line : lines()) {
            assertTrue(signatures.add(line.signature()), () -> "twice: " + line);
            assertTrue(VERDICTS.contains(line.verdict()), () -> "no verdict: " + line);
            assertTrue(line.verdict().equals("same") || !line.how().isEmpty(), () -> "not explained: " + line);
        }
    }

    @Test
    void eachLineIsTrueOfSafeMap() throws IOException {
        assertEquals(List.of(), untrue(lines()));
    }

    /** Older JDKs lack methods that the page names. Newer ones have all of them. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void eachLineIsAboutAMethodOfConcurrentHashMap() throws IOException {
        Set<String> theirs = theirs(false);
        for (Line line : lines()) {
            assertTrue(theirs.contains(line.signature()), () -> "there is no such method: " + line);
        }
    }

    @Test
    void aLineThatIsMissingIsFound() throws IOException {
        for (String removed : List.of(
                "put(Object, Object)", "newKeySet(int)", "KeySetView.getMap()", "ConcurrentHashMap(int, float)")) {
            List<Line> lines = new ArrayList<>(lines());
            assertTrue(lines.removeIf(line -> line.signature().equals(removed)));
            assertEquals(Set.of(removed), withoutLine(lines));
        }
    }

    @Test
    void aLineThatIsNotTrueIsFound() {
        Line promised = new Line("elements()", "same", "");
        Line denied = new Line("put(Object, Object)", "left out", "why not");
        Line missing = new Line("KeySetView.shuffle()", "better", "at random");
        assertEquals(3, untrue(List.of(promised, denied, missing)).size());
        assertEquals(List.of(), untrue(List.of(new Line("get(Object)", "same", ""))));
    }
}
