package io.github.safemap.core;

import io.github.safemap.core.engine.Table;
import io.github.safemap.core.engine.TableInvariants;
import java.util.List;

/** Checks everything that must be true of a {@link GoMap} between two operations. */
public final class GoMapInvariants {
    private GoMapInvariants() {}

    /**
     * Checks a map.
     *
     * @return the keys found in its tables
     * @throws AssertionError if something is not as it must be
     */
    public static List<Object> check(GoMap<?, ?> map) {
        Table table = map.table();
        map.stats(); // refused if a write flag has been left behind
        Table next = table.getNextAcquire();
        if (next != null && next.getNextAcquire() != null) {
            throw new AssertionError("growth began before the last one ended");
        }
        List<Object> keys = TableInvariants.check(table);
        if (keys.size() != map.size()) {
            throw new AssertionError(keys.size() + " entries, but size is " + map.size());
        }
        return keys;
    }
}
