package io.github.safemap.examples.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * Redis's strings, with a near copy of each that was read. A change is seen here when its invalidation has
 * come. A near cache lives as long as its connection. When the connection breaks, nobody reports changes any
 * more. Then the copies are dropped, and each further read throws. Create a new near cache then.
 */
public interface NearCache extends AutoCloseable {
    /** Returns the value of a key: the near copy, or else Redis's value, or null if there is none. */
    @Nullable String get(String key);

    /** Waits until this cache knows every change that another client already knows. */
    void settle();

    /** Ends the connection, and drops the copies. */
    @Override
    void close();

    /** Connects. Refuses a client that would reconnect by itself, because it would then be without tracking. */
    static StatefulRedisConnection<String, String> connect(RedisClient client) {
        if (client.getOptions().isAutoReconnect()) {
            throw new IllegalArgumentException("the client must have autoReconnect(false)");
        }
        return client.connect();
    }
}
