package io.github.safemap.examples.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapStats;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.NullValue;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What Spring's annotations do to the map behind them. */
class SafeMapCacheManagerTest {
    /** Two strings of one hash code, which share a bin in any ConcurrentHashMap. */
    private static final String ONE = "Aa";

    private static final String OTHER = "BB";

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(CacheConfiguration.class);
    private final Profiles profiles = context.getBean(Profiles.class);
    private final SafeMap<?, ?> store = Customers.store(context.getBean(CacheManager.class), "profiles");

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void aResultIsKeptUntilItIsEvicted() {
        assertEquals("profile of customer 7", profiles.find("customer 7"));
        assertEquals("profile of customer 7", profiles.find("customer 7"));
        assertEquals(1, profiles.questions());
        assertEquals(Map.of("customer 7", "profile of customer 7"), store);
        profiles.changed("customer 7");
        assertTrue(store.isEmpty());
        profiles.find("customer 7");
        assertEquals(2, profiles.questions());
    }

    @Test
    void aNullResultIsKeptAsSpringsOwnObject() {
        assertNull(profiles.find("nobody"));
        assertNull(profiles.find("nobody"));
        assertEquals(1, profiles.questions());
        assertEquals(Map.of("nobody", NullValue.INSTANCE), store);
    }

    @Test
    void nullsAreRefusedByTheCacheIfTheManagerSaysSo() {
        SafeMapCacheManager manager = new SafeMapCacheManager();
        manager.setAllowNullValues(false);
        Cache cache = cache(manager);
        assertThrows(IllegalArgumentException.class, () -> cache.put("nobody", null));
    }

    @Test
    void copiesAreRefusedRatherThanLeftOut() {
        SafeMapCacheManager manager = new SafeMapCacheManager();
        manager.setStoreByValue(true);
        assertThrows(UnsupportedOperationException.class, () -> manager.getCache("profiles"));
    }

    @Test
    void evictionsOneByOneGiveTheTablesBack() {
        for (int i = 0; i < 100_000; i++) {
            profiles.find("customer " + i);
        }
        long full = store.stats().tableBytes();
        for (int i = 100; i < 100_000; i++) {
            profiles.changed("customer " + i);
        }
        SafeMapStats thinned = store.stats();
        assertEquals(100, thinned.entries());
        assertTrue(thinned.merges() > 0, thinned::toString);
        assertTrue(thinned.tableBytes() < full / 20, () -> thinned + " of " + full);
        profiles.allChanged();
        assertEquals(new SafeMap<>().stats().tableBytes(), store.stats().tableBytes());
    }

    /** As when one method with {@code @Cacheable(sync = true)} calls another. */
    @Test
    void aLoadMayLoadAnotherKey() {
        assertEquals("1 and 2", loadOneFromOther(new SafeMapCacheManager()));
    }

    /** The control: ConcurrentHashMap locks all keys that share a bin with the loaded one. */
    @Test
    void inSpringsOwnManagerItMayNot() {
        assertThrows(Cache.ValueRetrievalException.class, () -> loadOneFromOther(new ConcurrentMapCacheManager()));
    }

    private static String loadOneFromOther(CacheManager manager) {
        Cache cache = cache(manager);
        return cache.get(ONE, () -> "1 and " + cache.get(OTHER, () -> "2"));
    }

    private static Cache cache(CacheManager manager) {
        Cache cache = manager.getCache("profiles");
        assertNotNull(cache);
        return cache;
    }
}
