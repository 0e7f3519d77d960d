package io.github.safemap;

import io.github.safemap.core.testing.MapReachabilityTest;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has left a {@link SafeMap} is garbage. */
class SafeMapReachabilityTest extends MapReachabilityTest {
    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    @Override
    protected <K, V> Map<K, V> newMap() {
        return maps.create();
    }
}
