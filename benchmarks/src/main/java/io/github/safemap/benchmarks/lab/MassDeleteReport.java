package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.support.NamedChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what maps hold when empty, full and emptied again. */
final class MassDeleteReport implements Report {
    private final String name;
    private final String title;
    private final Unit unit;
    private final List<Published> published;

    MassDeleteReport(String name, String title, Unit unit, Published... published) {
        this.name = name;
        this.title = title;
        this.unit = unit;
        this.published = List.of(published);
    }

    @Override
    public List<String> lines(Results results) {
        List<Row> rows = results.rowsOf(name);
        if (rows.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(name + ", " + unit, "empty", "full", "after delete", "kept", "committed MB");
        for (Row row : rows) {
            table.add(
                    row.subject().label(),
                    unit.number(row.emptyBytes()),
                    unit.number(row.fullBytes()),
                    unit.number(row.keptBytes()),
                    Unit.percent(row.keptShare()),
                    Unit.MB.number(row.committedBytes()));
        }
        for (Published p : published) {
            table.add(
                    p.label() + " (" + p.source() + ")",
                    "-",
                    unit.number(p.fullBytes()),
                    unit.number(p.keptBytes()),
                    Unit.percent(p.keptShare()),
                    "-");
        }
        List<String> lines = new ArrayList<>();
        lines.add(title);
        lines.addAll(table.lines());
        lines.addAll(Wrap.lines(Findings.kept(rows, published, unit)));
        return lines;
    }

    @Override
    public Optional<NamedChart> chart(Results results) {
        List<Row> rows = results.rowsOf(name);
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new NamedChart(name, Charts.fullAndKept(title, unit, rows, published)));
    }
}
