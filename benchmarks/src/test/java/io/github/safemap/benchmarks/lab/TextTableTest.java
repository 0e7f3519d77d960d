package io.github.safemap.benchmarks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void namesAreFlushLeftAndFiguresFlushRight() {
        assertEquals(
                List.of("map    full  kept", "-----------------", "a       1.0     -", "Bcd  1234.5   0.1"),
                new TextTable("map", "full", "kept")
                        .add("a", "1.0", "-")
                        .add("Bcd", "1234.5", "0.1")
                        .lines());
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        TextTable table = new TextTable("map", "full");
        assertThrows(IllegalArgumentException.class, () -> table.add("a"));
    }

    @Test
    void sentencesBreakBetweenWords() {
        String word = "x".repeat(40);
        assertEquals(List.of(word + " " + word, word), Wrap.lines(word + " " + word + " " + word));
    }
}
