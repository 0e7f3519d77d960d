package io.github.safemap.core.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** The Flight Recorder event for a long rebuild. Costs nothing while no recording is on. */
@Name(RebuildEvent.NAME)
@Label("SafeMap Rebuild")
@Category("SafeMap")
@Description("A shard of a SafeMap was rebuilt, which took longer than the threshold")
@Threshold("1 ms")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // Flight Recorder reads the fields
final class RebuildEvent extends Event {
    /** The name of the event in recordings. */
    static final String NAME = "io.github.safemap.Rebuild";

    @Label("Kind")
    @Description("growth, cleaning, shrinking, split or merge")
    String kind = "";

    @Label("Slots Before")
    int slotsBefore;

    @Label("Slots After")
    int slotsAfter;

    @Label("Entries Moved")
    int entriesMoved;
}
