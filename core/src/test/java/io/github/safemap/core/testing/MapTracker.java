package io.github.safemap.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The maps of a test. The oracle checks each when the test ends. A subclass knows how to create one kind of
 * map, and its oracle.
 */
public abstract class MapTracker implements AfterEachCallback {
    private final Consumer<Map<?, ?>> oracle;
    private final List<Map<?, ?>> maps = new ArrayList<>();

    /** A tracker. The oracle checks its maps after {@link MapChecks}. */
    protected MapTracker(Consumer<Map<?, ?>> oracle) {
        this.oracle = oracle;
    }

    /** Remembers the map until the test ends. */
    protected final <M extends Map<?, ?>> M track(M map) {
        maps.add(map);
        return map;
    }

    /** Checks one map now, in the middle of a test. */
    public final void check(Map<?, ?> map) {
        MapChecks.agreesWithItself(map);
        oracle.accept(map);
    }

    /** Checks every map and forgets them; for suites that JUnit Jupiter does not run. */
    public final void checkAll() {
        try {
            maps.forEach(this::check);
        } finally {
            maps.clear();
        }
    }

    @Override
    public final void afterEach(ExtensionContext context) {
        checkAll();
    }
}
