package io.github.safemap.benchmarks.soak;

import java.util.Locale;

/** What is timed, each by itself. */
enum Kind {
    GET,
    PUT,
    REMOVE,
    COMPUTE,
    MERGE,
    /** One step of an iterator. */
    NEXT,
    REMOVE_IF,
    SNAPSHOT,
    CLEAR,
    /**
     * The control: from the end of an operation to the beginning of the next, in the same thread. What interrupts
     * the thread interrupts this as well.
     */
    BETWEEN;

    /** Whether it is done in a moment, whatever the size of the map. */
    boolean isShort() {
        return this != REMOVE_IF && this != SNAPSHOT;
    }

    /** Whether it is an operation of the map. */
    boolean isOfTheMap() {
        return this != BETWEEN;
    }

    /** The name in tables and files. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
