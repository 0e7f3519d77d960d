package io.github.safemap;

import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.MapModelTest;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link SafeMap} against {@code HashMap}. */
class SafeMapModelTest extends MapModelTest {
    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    @Override
    protected Map<Key, Integer> newMap(SplittableRandom random) {
        return maps.create();
    }

    @Override
    protected void check(Map<?, ?> map) {
        maps.check(map);
    }
}
