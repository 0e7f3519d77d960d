package io.github.safemap.benchmarks.soak;

import java.util.List;

/** A part of a worker's cycle. */
enum Phase {
    /** All keys of the cycle are put in. */
    GROW,
    /** Keys come and go, and are looked for. */
    CHURN,
    /** All entries are iterated over; some are removed through the iterator. */
    ITERATE,
    /** All but one in a thousand are removed, one by one. */
    DELETE,
    /** Nothing is done. */
    QUIET,
    /** Churn of one key in a hundred, the others being away. */
    SMALL_CHURN,
    /** Functions insert, replace and remove values. */
    COMPUTE,
    /** A third is removed at once. */
    REMOVE_IF,
    /** Copies are made and compared. */
    SNAPSHOT,
    /** All workers at once add to a few counters. */
    COUNT,
    /** One worker clears the map, the others look on. */
    CLEAR;

    /** The two halves of a cycle. Workers are in different ones, so that each meets all of the other. */
    static final List<List<Phase>> HALVES = List.of(
            List.of(GROW, CHURN, ITERATE, DELETE, QUIET, SMALL_CHURN),
            List.of(GROW, COMPUTE, REMOVE_IF, CHURN, SNAPSHOT, COMPUTE));
}
