package io.github.safemap.benchmarks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.safemap.benchmarks.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundTableTest {
    @Test
    void aFigureThatASubjectDoesNotHaveIsBlank() {
        RoundTable table = new RoundTable("cell");
        table.add(Subject.HASH_MAP, Map.of("both", 1.0));
        table.add(Subject.SAFE_MAP, Map.of("both", 2.0));
        table.add(Subject.SAFE_MAP, Map.of("both", 4.0, "one", 5.0));
        table.add(Subject.GO_MAP, Map.of("one", 6.0));
        List<String> lines =
                table.text().stream().map(line -> line.replaceAll(" +", " ")).toList();
        assertEquals("cell GoMap HashMap SafeMap", lines.get(0));
        assertEquals(List.of("one 6.00", "both 1.00 3.00"), lines.subList(2, lines.size()));
    }
}
