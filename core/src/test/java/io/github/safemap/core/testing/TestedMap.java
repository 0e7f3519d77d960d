package io.github.safemap.core.testing;

import java.util.Map;

/**
 * A map under test, its oracle, and what may become of its tables between two operations. What the
 * methods do to the tables must not be seen in what the map says.
 */
public interface TestedMap {
    /** Returns the map, always the same. */
    Map<Key, Integer> map();

    /** Checks the invariants. */
    void check();

    /** Returns whether iterators keep their promises while the map is changed by other means. */
    default boolean iteratorsStandChanges() {
        return true;
    }

    /** Begins to move the entries to another table, if they are not moving already. */
    default void beginMove(Choices choices) {}

    /** Moves one bucket, if the entries are moving. */
    default void moveBucket(Choices choices) {}

    /** Does one turn of what goes on in the background. */
    default void sweep() {}

    /** Gives memory back, if the map can. */
    default void trim() {}

    /** A map whose tables are not touched. */
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
