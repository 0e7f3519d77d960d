package io.github.safemap.core.testing;

import java.util.Map;

/**
 * A map under test, its oracle, and what may happen to its tables between two operations. The changes to the
 * tables must not be visible in the map's answers.
 */
public interface TestedMap {
    /** Returns the map, always the same. */
    Map<Key, Integer> map();

    /** Checks the invariants. */
    void check();

    /** Returns whether iterators keep their promises while others change the map. */
    default boolean iteratorsStandChanges() {
        return true;
    }

    /** Begins to move the entries to another table, unless they are moving already. */
    default void beginMove(Choices choices) {}

    /** Moves one bucket, if the entries are moving. */
    default void moveBucket(Choices choices) {}

    /** Does one step of the background work. */
    default void sweep() {}

    /** Gives memory back, if the map can. */
    default void trim() {}

    /** A map whose tables stay as they are. */
    static TestedMap untouched(Map<Key, Integer> map, boolean iteratorsStandChanges) {
        return new TestedMap() {
            @Override
            public Map<Key, Integer> map() {
                return map;
            }

            @Override
            public void check() {
                MapChecks.agreesWithItself(map);
            }

            @Override
            public boolean iteratorsStandChanges() {
                return iteratorsStandChanges;
            }
        };
    }
}
