package io.github.safemap.examples.redis;

import io.github.safemap.SafeMap;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A near cache that is never stale for longer than an invalidation takes. The key is reserved while Redis is
 * asked. So an invalidation that comes meanwhile waits, and then removes the value. Threads that miss the same
 * key ask Redis once. In a {@code SafeMap} only the key is reserved for that time; a {@code ConcurrentHashMap}
 * would lock all keys of the bin.
 *
 * <p>After FLUSHALL, and when the connection breaks, the map is cleared. That does not wait, and values that
 * are being read at that time are not kept.
 */
public final class LoadingNearCache implements NearCache {
    private final StatefulRedisConnection<String, String> connection;
    private final Function<String, @Nullable String> redis;
    private final SafeMap<String, String> near;

    /**
     * Removes changed keys, on a thread of its own. The connection's thread must not do this: it would wait for
     * a key whose reader waits for an answer that only the connection's thread can read.
     */
    private final ExecutorService invalidations = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
                Thread thread = new Thread(task, "near-cache-invalidations");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy()); // what comes after close

    /**
     * Connects, and makes Redis track the keys that are read.
     *
     * @param client without {@code autoReconnect}
     * @param near keeps the copies
     */
    public LoadingNearCache(RedisClient client, SafeMap<String, String> near) {
        this(client, near, redis -> redis);
    }

    LoadingNearCache(
            RedisClient client,
            SafeMap<String, String> near,
            Function<Function<String, @Nullable String>, Function<String, @Nullable String>> detour) {
        this.near = near;
        connection = NearCache.connect(client);
        redis = detour.apply(key -> connection.sync().get(key));
        connection.addListener(Invalidation.onLoss(() -> invalidations.execute(near::clear)));
        connection.addListener(Invalidation.listener(keys -> invalidations.execute(() -> {
            if (keys == null) {
                near.clear();
            } else {
                keys.forEach(near::remove);
            }
        })));
        connection.sync().clientTracking(TrackingArgs.Builder.enabled());
    }

    @Override
    public @Nullable String get(String key) {
        return near.computeIfAbsent(key, redis);
    }

    /** As {@link FrontendNearCache#settle}, and also waits until the received invalidations are done. */
    @Override
    public void settle() {
        connection.sync().ping();
        CompletableFuture.runAsync(() -> {}, invalidations).join();
    }

    @Override
    public void close() {
        connection.close();
        invalidations.shutdown();
        near.clear();
    }
}
