package io.github.safemap.core.engine;

import io.github.safemap.core.testing.Choices;
import java.util.OptionalInt;

/** Steps of an evacuation that a test takes when it wants to. */
public final class TableSteps {
    /** Tables are made no larger than this, or a history would spend its time on empty buckets. */
    private static final int MAX_BITS = 9;

    private final Shards shards;

    /** The sweeper, run by hand and not by its timer: that drops what it is given. */
    private final Sweeper sweeper;

    /** Steps of the tables of a concurrent map. */
    public TableSteps(Shards shards) {
        this.shards = shards;
        sweeper = new Sweeper(shards, task -> {});
    }

    /** Begins to move the entries of some shard to a table of some size. */
    public void beginMove(Choices choices) {
        Table table = pickShard(choices);
        int bits = table.bits() - 2 + choices.below(4);
        if (table != shards.emptyTable()) {
            beginMove(table, Math.max(0, bits));
        }
    }

    /** Begins to move the entries of a map's oldest table. */
    public static void beginMove(Table table, int bits) {
        if (table.getNextAcquire() == null && bits <= MAX_BITS) {
            Growth.start(table, bits);
        }
    }

    /** Moves one bucket of some shard, if that is being evacuated. */
    public void moveBucket(Choices choices) {
        int shard = choices.below(shards.length());
        Table table = shards.getTableAcquire(shard);
        pickMoving(table, choices).ifPresent(index -> shards.evacuate(shard, table, index, index + 1));
    }

    /** Moves one bucket of a table, if it is being evacuated. */
    public static void moveBucket(Table table, Choices choices) {
        pickMoving(table, choices).ifPresent(index -> Growth.tryEvacuate(table, table.nextOfForwarded(), index, true));
    }

    /** Chooses a bucket of a table that is being evacuated. */
    public static OptionalInt pickMoving(Table table, Choices choices) {
        return table.getNextAcquire() == null
                ? OptionalInt.empty()
                : OptionalInt.of(choices.below(1 << Byte.SIZE) & (table.length() - 1));
    }

    /** Does one turn of the sweeper's task. */
    public void sweep() {
        for (int shard = 0; shard < shards.length(); shard++) {
            if (shards.getTableAcquire(shard).getNextAcquire() != null) {
                sweeper.evacuationStarted(shard);
            }
        }
        sweeper.run();
    }

    private Table pickShard(Choices choices) {
        return shards.getTableAcquire(choices.below(shards.length()));
    }
}
