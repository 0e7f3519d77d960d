package io.github.safemap.core.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The Flight Recorder event for a directory that becomes longer or shorter. */
@Name(DirectoryEvent.NAME)
@Label("SafeMap Directory")
@Category("SafeMap")
@Description("The directory of a SafeMap's shards was doubled or halved")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // Flight Recorder reads the fields
final class DirectoryEvent extends Event {
    /** The name of the event in recordings. */
    static final String NAME = "io.github.safemap.Directory";

    @Label("Places Before")
    int placesBefore;

    @Label("Places After")
    int placesAfter;
}
