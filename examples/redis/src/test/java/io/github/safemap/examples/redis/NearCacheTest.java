package io.github.safemap.examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapStats;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Near copies of the data in a real Redis, while another client changes it. */
@Timeout(120)
class NearCacheTest {
    private static final int KEYS = 50_000;

    private static RedisServer server;
    private static RedisClient near;
    private static RedisClient far;
    private static RedisCommands<String, String> other;

    private final SafeMap<String, String> copies = new SafeMap<>();

    /** The two ways to keep them. */
    private enum Kind {
        FRONTEND,
        LOADING;

        NearCache over(SafeMap<String, String> copies) {
            return this == FRONTEND ? new FrontendNearCache(near, copies) : new LoadingNearCache(near, copies);
        }
    }

    @BeforeAll
    static void start() {
        InvalidationStorm.silenceLettuce();
        server = RedisServer.start();
        near = server.client();
        far = server.client();
        other = far.connect().sync();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            near.shutdown();
            far.shutdown();
            server.close();
        }
    }

    @BeforeEach
    @AfterEach
    void empty() {
        other.flushall();
    }

    @ParameterizedTest
    @EnumSource
    void aChangeByAnotherClientRemovesTheCopy(Kind kind) {
        try (NearCache cache = kind.over(copies)) {
            assertNull(cache.get("ada"));
            other.set("ada", "1");
            cache.settle(); // the miss was tracked too, so its invalidation may come after the next load
            assertEquals("1", cache.get("ada"));
            assertEquals(Map.of("ada", "1"), copies);
            other.set("ada", "2");
            cache.settle();
            assertEquals(Map.of(), copies);
            assertEquals("2", cache.get("ada"));
            other.del("ada");
            cache.settle();
            assertNull(cache.get("ada"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void flushallRemovesAllCopies(Kind kind) {
        try (NearCache cache = kind.over(copies)) {
            other.set("ada", "1");
            other.set("grace", "2");
            cache.get("ada");
            cache.get("grace");
            other.flushall();
            cache.settle();
            assertEquals(Map.of(), copies);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenConnectionLeavesNothingToRead(Kind kind) {
        other.set("ada", "1");
        try (NearCache cache = kind.over(copies)) {
            assertEquals("1", cache.get("ada"));
            other.clientKill(KillArgs.Builder.typeNormal().skipme(true));
            while (!copies.isEmpty()) {
                Thread.onSpinWait();
            }
            assertThrows(RedisException.class, () -> cache.get("ada"));
            assertThrows(RedisException.class, () -> cache.get("grace"));
        }
    }

    @Test
    void aClientThatConnectsAgainByItselfIsRefused() {
        try (RedisClient stubborn = server.client()) {
            stubborn.setOptions(ClientOptions.create());
            assertThrows(IllegalArgumentException.class, () -> new LoadingNearCache(stubborn, copies));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStormOfInvalidationsGivesTheTablesBack(Kind kind) throws InterruptedException {
        InvalidationStorm.fill(other, KEYS);
        ConcurrentHashMap<String, String> control = new ConcurrentHashMap<>();
        try (NearCache cache = kind.over(copies);
                NearCache controlled = new FrontendNearCache(near, control)) {
            InvalidationStorm.readAll(cache, KEYS);
            InvalidationStorm.readAll(controlled, KEYS);
            assertEquals(KEYS, copies.size());
            long full = copies.stats().tableBytes();
            int slots = InvalidationStorm.slots(control);

            InvalidationStorm.deleteMost(other, KEYS);
            cache.settle();
            controlled.settle();
            SafeMapStats thinned = copies.stats();
            assertEquals(InvalidationStorm.SURVIVORS, thinned.entries());
            assertEquals(InvalidationStorm.SURVIVORS, control.size());
            assertTrue(thinned.merges() > 0, thinned::toString);
            assertTrue(thinned.tableBytes() < full / 10, () -> thinned + " of " + full);

            other.flushall();
            cache.settle();
            controlled.settle();
            assertEquals(new SafeMap<>().stats().tableBytes(), copies.stats().tableBytes());
            assertTrue(control.isEmpty());
            assertEquals(slots, InvalidationStorm.slots(control));
        }
    }

    /** The key changes, and its invalidation comes, after Redis was asked and before the answer is put. */
    @Test
    void byTheFrontendACopyCanStayStale() {
        other.set("ada", "old");
        NearCache[] cache = new NearCache[1];
        CacheAccessor<String, String> plain = CacheAccessor.forMap(copies);
        CacheAccessor<String, String> slow = new CacheAccessor<>() {
            @Override
            public String get(String key) {
                return plain.get(key);
            }

            @Override
            public void put(String key, String value) {
                other.set(key, "new");
                cache[0].settle();
                plain.put(key, value);
            }

            @Override
            public void evict(String key) {
                plain.evict(key);
            }
        };
        cache[0] = new FrontendNearCache(near, copies, slow);
        try (NearCache stale = cache[0]) {
            stale.get("ada");
            stale.settle();
            assertEquals("old", stale.get("ada"));
            assertEquals("new", other.get("ada"));
        }
    }

    /** The same, with the key reserved. */
    @Test
    void byLoadingItCannot() {
        other.set("ada", "old");
        LoadingNearCache cache = new LoadingNearCache(near, copies, redis -> key -> {
            String value = redis.apply(key);
            if ("old".equals(value)) {
                other.set(key, "new");
                redis.apply("anything"); // its answer comes after the invalidation, which now waits for this key
            }
            return value;
        });
        try (cache) {
            assertEquals("old", cache.get("ada"));
            cache.settle();
            assertEquals("new", cache.get("ada"));
        }
    }

    /** The reason for the listener of {@link FrontendNearCache}. This test fails once Lettuce handles it. */
    @Test
    void lettuceAloneKeepsAllCopiesAfterFlushall() {
        other.set("ada", "1");
        StatefulRedisConnection<String, String> connection = near.connect();
        try (CacheFrontend<String, String> frontend =
                ClientSideCaching.enable(CacheAccessor.forMap(copies), connection, TrackingArgs.Builder.enabled())) {
            assertEquals("1", frontend.get("ada"));
            other.flushall();
            connection.sync().ping();
            assertEquals("1", frontend.get("ada"));
        }
    }

    /** The reason for {@code autoReconnect(false)}. This test fails once Lettuce handles it. */
    @Test
    void lettuceAloneConnectsAgainWithoutTracking() {
        other.set("ada", "1");
        try (RedisClient stubborn = server.client()) {
            stubborn.setOptions(ClientOptions.create());
            StatefulRedisConnection<String, String> connection = stubborn.connect();
            CacheFrontend<String, String> frontend =
                    ClientSideCaching.enable(CacheAccessor.forMap(copies), connection, TrackingArgs.Builder.enabled());
            assertEquals("1", frontend.get("ada"));
            other.clientKill(KillArgs.Builder.typeNormal().skipme(true));
            connection.sync().ping(); // waits for the next connection
            other.set("ada", "2");
            connection.sync().ping();
            assertEquals("1", frontend.get("ada"));
        }
    }
}
