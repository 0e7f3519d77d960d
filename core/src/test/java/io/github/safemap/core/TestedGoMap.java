package io.github.safemap.core;

import io.github.safemap.core.testing.Choices;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.MapChecks;
import io.github.safemap.core.testing.TestedMap;
import java.util.Map;

/** A {@link GoMap} that grows when a history demands it, one bucket at a time. */
public class TestedGoMap implements TestedMap {
    private static final int MAX_HINT = 256;

    /** The largest table. In a larger one a history would spend its time on empty buckets. */
    private static final int MAX_BUCKETS = 512;

    private final GoMap<Key, Integer> map;

    TestedGoMap(GoMap<Key, Integer> map) {
        this.map = map;
    }

    /** A new map, with or without a size hint. */
    public static TestedGoMap create(Choices choices) {
        return new TestedGoMap(choices.below(2) == 0 ? new GoMap<>() : new GoMap<>(choices.below(MAX_HINT)));
    }

    @Override
    public Map<Key, Integer> map() {
        return map;
    }

    final GoTable table() {
        return map.table();
    }

    @Override
    public void check() {
        MapChecks.agreesWithItself(map);
        GoMapInvariants.check(map);
    }

    /** Growth to twice the size or the same size. The map never shrinks. */
    @Override
    public void beginMove(Choices choices) {
        int length = table().buckets().length << choices.below(2);
        if (!table().isGrowing() && length <= MAX_BUCKETS) {
            table().tryGrow(length);
        }
    }

    @Override
    public void moveBucket(Choices choices) {
        if (table().isGrowing()) {
            moveBucket(choices.below(1 << Byte.SIZE) & (table().old().length - 1));
        }
    }

    /** Moves one bucket of a table that is growing. */
    void moveBucket(int index) {
        table().tryEvacuate(index);
    }
}
