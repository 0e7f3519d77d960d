package io.github.safemap;

import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.engine.TableSteps;
import io.github.safemap.core.testing.Choices;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.MapChecks;
import io.github.safemap.core.testing.TestedMap;
import java.util.Map;

/** A {@link SafeMap} whose tables move when a history wants them to, a bucket at a time. */
public class TestedSafeMap implements TestedMap {
    private static final int[] SHARDS = {1, 2, 16};
    private static final int[] SHRINK_THRESHOLDS = {0, 1, 32};

    private final SafeMap<Key, Integer> map;
    private Shards shards;
    private TableSteps steps;

    TestedSafeMap(SafeMap<Key, Integer> map) {
        this.map = map;
        follow();
    }

    /** A new map; few of them have an executor, for then not all happens in one thread. */
    public static TestedSafeMap create(Choices choices) {
        return choices.below(16) == 1 ? new TestedSafeMap(new SafeMap<>()) : createByHand(choices);
    }

    /** A new map, all of whose work is done by writes and by the history. */
    public static TestedSafeMap createByHand(Choices choices) {
        SafeMapBuilder builder = SafeMap.builder()
                .noExecutor()
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

    @Override
    public void beginMove(Choices choices) {
        follow().beginMove(choices);
    }

    @Override
    public void moveBucket(Choices choices) {
        follow().moveBucket(choices);
    }

    @Override
    public void sweep() {
        follow().sweep();
    }

    @Override
    public void trim() {
        map.trim();
    }

    /** Returns the steps of the shards that the map has now: {@code clear} exchanges them. */
    private TableSteps follow() {
        Shards now = map.getShardsAcquire();
        if (steps == null || now != shards) {
            shards = now;
            steps = new TableSteps(now);
        }
        return steps;
    }
}
