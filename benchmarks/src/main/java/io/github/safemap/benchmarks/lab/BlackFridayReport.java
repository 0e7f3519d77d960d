package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.support.NamedChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows the heap of the window of customers before, during and after the rush. */
final class BlackFridayReport implements Report {
    private static final int BEFORE = 60 * BlackFriday.RUSH_HOUR;
    private static final int HOUR_LATER = BlackFriday.PEAK_MINUTE + 60;

    private final String name;

    BlackFridayReport(String name) {
        this.name = name;
    }

    @Override
    public List<String> lines(Results results) {
        List<Row> rows = results.rowsOf(name);
        if (rows.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(
                name + ", MB",
                "empty",
                "before the rush",
                "peak",
                "1 h after",
                BlackFriday.QUIET_HOURS_AFTER + " h after",
                "kept",
                "committed MB");
        for (Row row : rows) {
            table.add(
                    row.subject().label(),
                    Unit.MB.number(row.emptyBytes()),
                    at(BEFORE, row, results),
                    Unit.MB.number(row.fullBytes()),
                    at(HOUR_LATER, row, results),
                    Unit.MB.number(row.keptBytes()),
                    Unit.percent(row.keptShare()),
                    Unit.MB.number(row.committedBytes()));
        }
        int left = rows.get(0).survivors();
        String survivors = Unit.MB.text(rows.get(0).survivorBytes());
        List<String> lines = new ArrayList<>();
        lines.add("Heap of an hour-long window of customers; after the rush, quiet hours");
        lines.addAll(table.lines());
        lines.addAll(Wrap.lines(String.format(
                Locale.ROOT,
                "%d hours after the rush each map has %,d customers, who are %s" + " themselves. %s %s",
                BlackFriday.QUIET_HOURS_AFTER,
                left,
                survivors,
                Findings.kept(rows, List.of(), Unit.MB),
                Findings.promise(rows))));
        lines.addAll(Wrap.lines("The story is that of 100go.co, mistake 28, which gives no figures for" + " it."));
        return lines;
    }

    private String at(int minute, Row row, Results results) {
        return results.samplesOf(name, row.subject()).stream()
                .filter(sample -> sample.minute() == minute)
                .findFirst()
                .map(sample -> Unit.MB.number(sample.heapBytes()))
                .orElse("-");
    }

    @Override
    public Optional<NamedChart> chart(Results results) {
        return results.rowsOf(name).isEmpty()
                ? Optional.empty()
                : Optional.of(new NamedChart(name, Charts.heapOverTime(name, results)));
    }
}
