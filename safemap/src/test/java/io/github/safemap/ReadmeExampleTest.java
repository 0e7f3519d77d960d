package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;

/** The example in the README compiles, does what it says, and is the one that is tested here. */
class ReadmeExampleTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path THIS_FILE = Path.of("src/test/java/io/github/safemap/ReadmeExampleTest.java");

    @Test
    void doesWhatItSays() {
        // README begin
        ConcurrentMap<String, Integer> visits = new SafeMap<>();

        visits.put("ada", 1);
        visits.merge("ada", 1, Integer::sum); // atomic: now 2
        visits.computeIfAbsent("grace", name -> 40); // called only if the key is absent

        for (int i = 0; i < 100_000; i++) { // a rush of guests
            visits.put("guest " + i, 1);
        }
        for (String name : visits.keySet()) { // other threads may go on meanwhile
            if (name.startsWith("guest ")) {
                visits.remove(name); // and the tables shrink on the way
            }
        }
        // visits is {ada=2, grace=40}, in any order
        // README end
        assertEquals(Map.of("ada", 2, "grace", 40), visits);
        SafeMapInvariants.check((SafeMap<String, Integer>) visits);
    }

    @Test
    void isTheSameInBothPlaces() throws IOException {
        String tested = between(Files.readString(THIS_FILE), "// README begin\n", "// README end");
        assertEquals(tested.stripIndent(), between(Files.readString(README), "```java\n", "```"));
    }

    /** Returns what lies between the first occurrence of one text and the next of another. */
    private static String between(String text, String begin, String end) {
        String unix = text.replace("\r\n", "\n");
        int from = unix.indexOf(begin) + begin.length();
        return unix.substring(from, unix.indexOf(end, from));
    }
}
