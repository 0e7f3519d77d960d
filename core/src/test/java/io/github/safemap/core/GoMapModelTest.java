package io.github.safemap.core;

import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.MapModelTest;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link GoMap} against {@code HashMap}, with and without a size hint. */
class GoMapModelTest extends MapModelTest {
    @RegisterExtension
    final GoMaps maps = new GoMaps();

    @Override
    protected Map<Key, Integer> newMap(SplittableRandom random) {
        return random.nextBoolean() ? maps.create() : maps.create(random.nextInt(500));
    }

    @Override
    protected void check(Map<?, ?> map) {
        maps.check(map);
    }
}
