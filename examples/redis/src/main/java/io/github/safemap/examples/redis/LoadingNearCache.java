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
 * A near cache that is never stale for longer than an invalidation takes: the key is held while Redis is asked, so an
 * invalidation that comes meanwhile waits, and then removes what was read. Threads that miss the same key ask Redis
 * once. With {@code SafeMap} only the key is held for that long; {@code ConcurrentHashMap} would hold all keys of its
 * bin.
 *
 * <p>After FLUSHALL, and when the connection breaks, the map is cleared, which does not wait: what is being read at
 * that time is not kept.
 */
public final class LoadingNearCache implements NearCache {
    private final StatefulRedisConnection<String, String> connection;
    private final Function<String, @Nullable String> redis;
    private final SafeMap<String, String> near;

    /**
     * Removes what has changed. Not the thread that reads from the connection: that one would wait for a key whose
     * reader waits for an answer which it has yet to read.
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
     * Connects, and has Redis track what is read.
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

    /** As {@link FrontendNearCache#settle}; and what has come is also done. */
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
