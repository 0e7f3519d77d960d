package io.github.safemap.benchmarks.lab;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A published measurement of a Go map, shown beside ours: another language on another machine, so
 * compare the shares and not the sizes.
 *
 * @param label what was measured
 * @param source where it was published
 * @param unit the unit of the figures
 * @param full the heap with the full map
 * @param kept the heap after the deletions, one figure for each number of survivors
 */
record Published(String label, String source, Unit unit, double full, List<Kept> kept) {

    /**
     * The heap after the deletions.
     *
     * @param survivors the entries left
     * @param size the heap, in the unit of the measurement
     */
    record Kept(int survivors, double size) {}

    private static final String MISTAKE_28 = "100go.co, mistake 28";

    /** One million arrays in the map itself. */
    static final Published GO_MILLION_VALUES = allDeleted("Go map[int][128]byte", MISTAKE_28, Unit.MB, 461, 293);

    /** One million pointers to arrays. */
    static final Published GO_MILLION_POINTERS = allDeleted("Go map[int]*[128]byte", MISTAKE_28, Unit.MB, 182, 38);

    /** Twenty million entries. */
    static final Published GO_TWENTY_MILLION = allDeleted("Go map", "20,000,000 entries", Unit.MB, 7_389, 4_694);

    /** The small map of integers. */
    static final Published GO_INTS = allDeleted("Go 1.10 map", "whole heap, Go 1.10", Unit.KB, 422, 424);

    /** The small map of records. */
    static final Published GO_PERSONS = allDeleted("Go 1.18 map", "whole heap, Go 1.18", Unit.KB, 697, 699);

    /** go-zero's answer to the leak, which does not help from 1,000 survivors on. */
    static final Published GO_ZERO = new Published(
            "go-zero SafeMap",
            "measured with Go 1.19, pointers to [128]byte",
            Unit.MB,
            202,
            List.of(
                    new Kept(0, 0.1),
                    new Kept(500, 0.2),
                    new Kept(1_000, 72.4),
                    new Kept(5_000, 72.9),
                    new Kept(50_000, 78.8)));

    private static Published allDeleted(String label, String source, Unit unit, double full, double kept) {
        return new Published(label, source, unit, full, List.of(new Kept(0, kept)));
    }

    /** Returns the heap in bytes with the full map. */
    long fullBytes() {
        return unit.toBytes(full);
    }

    /** Returns the heap in bytes after all was deleted. */
    long keptBytes() {
        return unit.toBytes(kept.get(0).size());
    }

    /** Returns the share of the full heap that was kept after all was deleted. */
    double keptShare() {
        return kept.get(0).size() / full;
    }

    /** Returns the heap, in the measurement's unit, with this number of survivors. */
    OptionalDouble keptWith(int survivors) {
        return kept.stream()
                .filter(k -> k.survivors() == survivors)
                .mapToDouble(Kept::size)
                .findFirst();
    }
}
