package io.github.safemap.examples.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lettuce's own client-side caching, over any map. This class adds two things to {@link ClientSideCaching} of
 * Lettuce 7.7, which fails on the message that all keys are gone (and logs a {@code NullPointerException}) and
 * ignores broken connections.
 *
 * <p>One thing it cannot add: <b>a copy can stay stale.</b> A read that misses asks Redis, and then puts the
 * answer into the map. If the key changes in between and its invalidation comes before the put, the
 * invalidation finds nothing to remove. The old value stays until the key changes again. {@link
 * LoadingNearCache} has no such gap.
 */
public final class FrontendNearCache implements NearCache {
    private final StatefulRedisConnection<String, String> connection;
    private final CacheFrontend<String, String> frontend;
    private final Map<String, String> near;

    /**
     * Connects, and makes Redis track the keys that are read.
     *
     * @param client without {@code autoReconnect}
     * @param near keeps the copies
     */
    public FrontendNearCache(RedisClient client, Map<String, String> near) {
        this(client, near, CacheAccessor.forMap(near));
    }

    FrontendNearCache(RedisClient client, Map<String, String> near, CacheAccessor<String, String> accessor) {
        this.near = near;
        connection = NearCache.connect(client);
        connection.addListener(Invalidation.onLoss(near::clear));
        // Must precede Lettuce's own listener, whose exception ends the round.
        connection.addListener(Invalidation.listener(keys -> {
            if (keys == null) {
                near.clear();
            }
        }));
        frontend = ClientSideCaching.enable(accessor, connection, TrackingArgs.Builder.enabled());
    }

    @Override
    public @Nullable String get(String key) {
        if (!connection.isOpen()) {
            throw new RedisException("the connection is broken, and the copies are worth nothing");
        }
        return frontend.get(key);
    }

    /**
     * Redis sends an invalidation before it answers the client that made the change, so this answer comes after
     * it.
     */
    @Override
    public void settle() {
        connection.sync().ping();
    }

    @Override
    public void close() {
        frontend.close();
        near.clear();
    }
}
