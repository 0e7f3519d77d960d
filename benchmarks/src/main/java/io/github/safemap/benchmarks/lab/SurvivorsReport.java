package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.support.NamedChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Shows what maps keep when a few entries survive a mass delete. */
final class SurvivorsReport implements Report {
    private static final String NOT_MEASURED = "-";

    private final String name;
    private final Published published;

    SurvivorsReport(String name, Published published) {
        this.name = name;
        this.published = published;
    }

    @Override
    public List<String> lines(Results results) {
        List<Row> rows = results.rowsOf(name);
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Integer> counts = Series.survivorCounts(rows);
        List<String> lines = new ArrayList<>();
        lines.add("Heap kept after deleting all but some survivors, by number of survivors");
        lines.addAll(keptTable(rows, counts).lines());
        lines.add("");
        lines.add("The same less the survivors' own keys and values, as a share of the full map");
        lines.addAll(beyondTable(rows, counts).lines());
        lines.addAll(Wrap.lines(Findings.promise(rows) + " " + Findings.published(published)));
        return lines;
    }

    private TextTable keptTable(List<Row> rows, List<Integer> counts) {
        TextTable table = new TextTable(header(name + ", MB", counts));
        for (List<Row> ofSubject : Series.bySubject(rows)) {
            table.add(cells(
                    ofSubject.get(0).subject().label(),
                    Unit.MB.number(ofSubject.get(0).fullBytes()),
                    counts,
                    count -> cell(ofSubject, count, r -> Unit.MB.number(r.keptBytes()))));
        }
        table.add(cells(
                "survivors alone, no map",
                NOT_MEASURED,
                counts,
                count -> cell(rows, count, r -> Unit.MB.number(r.survivorBytes()))));
        table.add(cells(
                published.label() + " (" + published.source() + ")",
                Unit.MB.number(published.fullBytes()),
                counts,
                count -> {
                    var kept = published.keptWith(count);
                    return kept.isPresent() ? String.format(Locale.ROOT, "%,.1f", kept.getAsDouble()) : NOT_MEASURED;
                }));
        return table;
    }

    private TextTable beyondTable(List<Row> rows, List<Integer> counts) {
        TextTable table = new TextTable(header(name + ", % of full", counts));
        for (List<Row> ofSubject : Series.bySubject(rows)) {
            table.add(cells(
                    ofSubject.get(0).subject().label(),
                    "100%",
                    counts,
                    count -> cell(ofSubject, count, r -> Unit.percent(r.beyondSurvivorsShare()))));
        }
        return table;
    }

    private static String[] header(String first, List<Integer> counts) {
        return cells(first, "full", counts, count -> String.format(Locale.ROOT, "%,d", count))
                .toArray(String[]::new);
    }

    private static List<String> cells(String label, String full, List<Integer> counts, Function<Integer, String> cell) {
        List<String> cells = new ArrayList<>(List.of(label, full));
        counts.stream().map(cell).forEach(cells::add);
        return cells;
    }

    private static String cell(List<Row> rows, int count, Function<Row, String> text) {
        return rows.stream()
                .filter(row -> row.survivors() == count)
                .findFirst()
                .map(text)
                .orElse(NOT_MEASURED);
    }

    @Override
    public Optional<NamedChart> chart(Results results) {
        List<Row> rows = results.rowsOf(name);
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new NamedChart(name, Charts.keptBySurvivors(rows, published)));
    }
}
