package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The sentences below the tables, derived from the figures and from nothing else. */
final class Findings {
    /** SafeMap's promise: what it keeps besides the survivors is less than this share of full. */
    static final double PROMISE = 0.01;

    private Findings() {}

    /** Says who keeps which share of its full map after the deletions. */
    static String kept(List<HeapRow> rows, List<Published> published, Unit unit) {
        List<HeapRow> byShare = rows.stream()
                .sorted(Comparator.comparingDouble(HeapRow::keptShare))
                .toList();
        List<String> sentences = new ArrayList<>();
        rows.stream()
                .filter(row -> row.subject() == Subject.SAFE_MAP)
                .forEach(row -> sentences.add("%s keeps %s of the %s it held when full (%s)."
                        .formatted(
                                row.subject().label(),
                                unit.text(row.keptBytes()),
                                unit.text(row.fullBytes()),
                                Unit.percent(row.keptShare()))));
        String others = byShare.stream()
                .filter(row -> row.subject() != Subject.SAFE_MAP)
                .map(row -> share(row.subject().label(), row.keptShare()))
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            sentences.add("Kept by the others: " + others + ".");
        }
        if (byShare.size() > 1) {
            sentences.add(leastKept(byShare));
        }
        if (!published.isEmpty()) {
            sentences.add(published.stream()
                    .map(p -> share(p.label(), p.keptShare()))
                    .collect(Collectors.joining(", ", "Published: ", ".")));
        }
        return String.join(" ", sentences);
    }

    private static String leastKept(List<HeapRow> byShare) {
        String least = Unit.percent(byShare.get(0).keptShare());
        List<String> names = byShare.stream()
                .filter(row -> Unit.percent(row.keptShare()).equals(least))
                .map(row -> row.subject().label())
                .toList();
        return names.size() == byShare.size()
                ? "They do not differ."
                : "The smallest share is that of %s.".formatted(String.join(", ", names));
    }

    private static String share(String label, double share) {
        return label + " " + Unit.percent(share);
    }

    /** Says whether SafeMap's promise holds for every number of survivors, and how others do. */
    static String promise(List<HeapRow> rows) {
        Map<Subject, HeapRow> worst = new LinkedHashMap<>();
        for (HeapRow row : rows) {
            worst.merge(row.subject(), row, (a, b) -> a.beyondSurvivorsShare() >= b.beyondSurvivorsShare() ? a : b);
        }
        List<String> sentences = new ArrayList<>();
        HeapRow safeMap = worst.remove(Subject.SAFE_MAP);
        if (safeMap != null) {
            boolean holds = safeMap.beyondSurvivorsShare() < PROMISE;
            sentences.add(("Beyond the survivors' own keys and values %s keeps at most %s of its full"
                            + " size (with %,d survivors): the promise of less than %.0f%% %s.")
                    .formatted(
                            safeMap.subject().label(),
                            Unit.percent(safeMap.beyondSurvivorsShare()),
                            safeMap.survivors(),
                            100 * PROMISE,
                            holds ? "holds" : "DOES NOT HOLD"));
        }
        if (!worst.isEmpty()) {
            sentences.add(worst.values().stream()
                    .sorted(Comparator.comparingDouble(HeapRow::beyondSurvivorsShare))
                    .map(row -> share(row.subject().label(), row.beyondSurvivorsShare()))
                    .collect(Collectors.joining(", ", "Of the others at most: ", ".")));
        }
        return String.join(" ", sentences);
    }

    /** Says from which number of survivors on a published map keeps more than a tenth. */
    static String published(Published published) {
        return published.kept().stream()
                .filter(k -> k.size() > published.full() / 10)
                .findFirst()
                .map(k -> "The published %s keeps %s of its full size from %,d survivors on."
                        .formatted(published.label(), Unit.percent(k.size() / published.full()), k.survivors()))
                .orElse("");
    }
}
