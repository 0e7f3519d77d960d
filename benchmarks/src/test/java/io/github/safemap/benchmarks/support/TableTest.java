package io.github.safemap.benchmarks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table =
            new Table("map", "full", "").row("a", "1.0", "-").row("Bcd", "1,234.5", "");

    @Test
    void asTextNamesAreFlushLeftAndFiguresFlushRight() {
        assertEquals(List.of("map     full", "---------------", "a        1.0  -", "Bcd  1,234.5"), table.text());
    }

    @Test
    void asMarkdownItHasARuleAsWell() {
        assertEquals(
                List.of("| map | full |  |", "| --- | --- | --- |", "| a | 1.0 | - |", "| Bcd | 1,234.5 |  |"),
                table.markdown());
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> table.row("a"));
    }
}
