package io.github.safemap.core.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * What Flight Recorder shows of the rebuild of a shard's table, from the moment that the next table is
 * about to be there to the one when the last bucket has moved. Costs nothing while nobody records.
 */
@Name(RebuildEvent.NAME)
@Label("SafeMap Rebuild")
@Category("SafeMap")
@Description("A shard of a SafeMap moved to a larger or a smaller table")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // Flight Recorder reads the fields
final class RebuildEvent extends Event {
    /** The name of the event in recordings. */
    static final String NAME = "io.github.safemap.Rebuild";

    @Label("Kind")
    @Description("growth or shrinking")
    private final String kind;

    @Label("Shard")
    private final int shard;

    @Label("Buckets Before")
    private final int bucketsBefore;

    @Label("Buckets After")
    private final int bucketsAfter;

    @Label("Entries Moved")
    private long entriesMoved;

    private RebuildEvent(int shard, int bucketsBefore, int bucketsAfter) {
        kind = bucketsAfter > bucketsBefore ? "growth" : "shrinking";
        this.shard = shard;
        this.bucketsBefore = bucketsBefore;
        this.bucketsAfter = bucketsAfter;
    }

    /** Begins an event; null if nobody records. */
    static @Nullable RebuildEvent begun(int shard, int bucketsBefore, int bucketsAfter) {
        RebuildEvent event = new RebuildEvent(shard, bucketsBefore, bucketsAfter);
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    /** Ends the event, perhaps in another thread. */
    void ended(long entries) {
        entriesMoved = entries;
        commit();
    }
}
