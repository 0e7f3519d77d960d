package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's example compiles and does what the README says. This test has the same lines. */
class ReadmeExampleTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path THIS_FILE = Path.of("src/test/java/io/github/safemap/ReadmeExampleTest.java");

    @Test
    void doesWhatItSays() {
        // README begin
        SafeMap<Integer, String> visits = new SafeMap<>();
        for (int i = 0; i < 1_000_000; i++) { // a million visitors come
            visits.put(i, "guest");
        }
        long busy = visits.stats().tableBytes();

        visits.keySet().removeIf(i -> i >= 100); // all but a hundred leave
        long quiet = visits.stats().tableBytes();

        System.out.println(busy + " bytes of tables, then " + quiet);
        visits.merge(7, "!", String::concat); // the rest works as in any ConcurrentMap
        // README end
        assertEquals(100, visits.size());
        assertEquals("guest!", visits.get(7));
        assertTrue(quiet < busy / 1_000, "tables: " + busy + ", then " + quiet);
        SafeMapInvariants.check(visits);
    }

    @Test
    void isTheSameInBothPlaces() throws IOException {
        String tested = between(Files.readString(THIS_FILE), "// README begin\n", "// README end");
        assertEquals(tested.stripIndent(), between(Files.readString(README), "```java\n", "```"));
    }

    /** Returns the text between the first occurrence of one text and the next of another. */
    private static String between(String text, String begin, String end) {
        String unix = text.replace("\r\n", "\n");
        int from = unix.indexOf(begin) + begin.length();
        return unix.substring(from, unix.indexOf(end, from));
    }
}
