package io.github.safemap;

import io.github.safemap.core.engine.DirectoryView;
import io.github.safemap.core.testing.Choices;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.MapChecks;
import io.github.safemap.core.testing.TestedMap;
import java.util.Map;

/** A {@link SafeMap} whose shards are rebuilt and split when a history demands it. */
public class TestedSafeMap implements TestedMap {
    private static final int[] SHARDS = {1, 2, 16};
    private static final int[] SHRINK_THRESHOLDS = {0, 1, 32};

    private final SafeMap<Key, Integer> map;

    TestedSafeMap(SafeMap<Key, Integer> map) {
        this.map = map;
    }

    /** A new map with these settings. */
    public static TestedSafeMap create(Choices choices) {
        SafeMapBuilder builder = SafeMap.builder()
                .shards(SHARDS[choices.below(SHARDS.length)])
                .shrinkThreshold(SHRINK_THRESHOLDS[choices.below(SHRINK_THRESHOLDS.length)]);
        switch (choices.below(8)) {
            case 1 -> builder.growOnly();
            case 2 -> builder.expectedSize(choices.below(256));
            default -> {}
        }
        return new TestedSafeMap(builder.build());
    }

    @Override
    public Map<Key, Integer> map() {
        return map;
    }

    @Override
    public void check() {
        MapChecks.agreesWithItself(map());
        SafeMapInvariants.check(map);
    }

    /** Rebuilds some shard. */
    @Override
    public void beginMove(Choices choices) {
        DirectoryView.rebuild(map.directory, choices);
    }

    /** Splits some shard as if many writers had had to wait for it. */
    @Override
    public void moveBucket(Choices choices) {
        DirectoryView.split(map.directory, choices);
    }

    @Override
    public void trim() {
        map.trim();
    }
}
