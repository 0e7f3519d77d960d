package io.github.safemap.examples.redis;

import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapStats;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The program: near copies of 200,000 keys. Another client deletes most of them, and then all. It does the same
 * with a SafeMap and a ConcurrentHashMap.
 */
public final class InvalidationStorm {
    static final int SURVIVORS = 1_000;
    private static final int KEYS = 200_000;

    /** Keys in one command of the other client. */
    private static final int BATCH = 1_000;

    /** Enough for the answers of Redis to come in batches. */
    private static final int READERS = 32;

    private static final int REFERENCE_BYTES = 4;

    /** Lettuce's caching logs a failure at each FLUSHALL; see {@link FrontendNearCache}. */
    private static final Logger LETTUCE = Logger.getLogger("io.lettuce.core.protocol.CommandHandler");

    private InvalidationStorm() {}

    public static void main(String[] args) throws InterruptedException {
        silenceLettuce();
        SafeMap<String, String> safeMap = new SafeMap<>();
        ConcurrentHashMap<String, String> hashMap = new ConcurrentHashMap<>();
        try (RedisServer server = RedisServer.start();
                RedisClient near = server.client();
                RedisClient far = server.client();
                NearCache first = new LoadingNearCache(near, safeMap);
                NearCache second = new FrontendNearCache(near, hashMap)) {
            RedisCommands<String, String> other = far.connect().sync();
            fill(other, KEYS);
            readAll(first, KEYS);
            readAll(second, KEYS);
            print("after reading all", safeMap, hashMap);

            other.set(key(7), "changed");
            settle(first, second);
            System.out.printf("key 7, changed by another client: %s, %s%n", first.get(key(7)), second.get(key(7)));

            deleteMost(other, KEYS);
            settle(first, second);
            print("after a mass deletion", safeMap, hashMap);

            other.flushall();
            settle(first, second);
            print("after FLUSHALL", safeMap, hashMap);
        }
    }

    static void silenceLettuce() {
        LETTUCE.setLevel(Level.OFF);
    }

    static String key(int number) {
        return "key:" + number;
    }

    static void fill(RedisCommands<String, String> redis, int keys) {
        Map<String, String> batch = new HashMap<>();
        for (int i = 0; i < keys; i++) {
            batch.put(key(i), "value " + i);
            if (batch.size() == BATCH) {
                redis.mset(batch);
                batch.clear();
            }
        }
    }

    static void deleteMost(RedisCommands<String, String> redis, int keys) {
        String[] batch = new String[BATCH];
        for (int i = SURVIVORS; i < keys; i += BATCH) {
            for (int j = 0; j < BATCH; j++) {
                batch[j] = key(i + j);
            }
            redis.unlink(batch);
        }
    }

    static void readAll(NearCache cache, int keys) throws InterruptedException {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        for (int reader = 0; reader < READERS; reader++) {
            int first = reader;
            readers.execute(() -> {
                for (int i = first; i < keys; i += READERS) {
                    cache.get(key(i));
                }
            });
        }
        readers.shutdown();
        if (!readers.awaitTermination(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the readers do not end");
        }
    }

    private static void settle(NearCache... caches) {
        for (NearCache cache : caches) {
            cache.settle();
        }
    }

    /**
     * Returns the length of the table. {@code ConcurrentHashMap} has no method for that, so this needs
     * --add-opens.
     */
    static int slots(ConcurrentHashMap<?, ?> map) {
        try {
            var table = ConcurrentHashMap.class.getDeclaredField("table");
            table.setAccessible(true);
            Object[] slots = (Object[]) table.get(map);
            return slots == null ? 0 : slots.length;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(String when, SafeMap<?, ?> safeMap, ConcurrentHashMap<?, ?> hashMap) {
        SafeMapStats stats = safeMap.stats();
        System.out.printf(
                Locale.ROOT,
                "%s%n  SafeMap            %,9d copies, tables of %,10d bytes, %d merges of shards%n"
                        + "  ConcurrentHashMap  %,9d copies, table of  %,10d bytes (%,d references)%n",
                when,
                stats.entries(),
                stats.tableBytes(),
                stats.merges(),
                hashMap.mappingCount(),
                (long) slots(hashMap) * REFERENCE_BYTES,
                slots(hashMap));
    }
}
