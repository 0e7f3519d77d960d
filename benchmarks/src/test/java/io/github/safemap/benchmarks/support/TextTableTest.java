package io.github.safemap.benchmarks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void alignsTheFirstColumnLeftAndTheOthersRight() {
        TextTable table = new TextTable("what", "n");
        table.row("a", "1,000");
        table.row("longer", "1");
        assertEquals(
                String.join(System.lineSeparator(), "what        n", "a       1,000", "longer      1", ""),
                table.toString());
    }
}
