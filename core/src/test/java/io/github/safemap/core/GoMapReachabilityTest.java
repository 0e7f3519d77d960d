package io.github.safemap.core;

import io.github.safemap.core.testing.MapReachabilityTest;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has left a {@link GoMap} is garbage, even in old buckets and overflow chains. */
class GoMapReachabilityTest extends MapReachabilityTest {
    @RegisterExtension
    final GoMaps maps = new GoMaps();

    @Override
    protected <K, V> Map<K, V> newMap() {
        return maps.create();
    }

    @Override
    protected void checkGrowing(Map<?, ?> map) {
        GoMaps.assertGrowing(map);
    }
}
