package io.github.safemap.examples.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * Redis's strings, with a near copy of each that was read. A copy is as old as the last word from Redis: a change
 * is seen here when its invalidation has come. A near cache lives as long as its connection. When that breaks
 * there is nobody to say what changes, so the copies are dropped and each further read throws; make another then.
 */
public interface NearCache extends AutoCloseable {
    /** Returns the value of a key: the near copy, or else what Redis says. Null if there is none. */
    @Nullable String get(String key);

    /** Waits until every change that another client has already been told of is also known here. */
    void settle();

    /** Ends the connection, and drops the copies. */
    @Override
    void close();

    /** Connects; not with a client that would connect again by itself, and be without tracking then. */
    static StatefulRedisConnection<String, String> connect(RedisClient client) {
        if (client.getOptions().isAutoReconnect()) {
            throw new IllegalArgumentException("the client must have autoReconnect(false)");
        }
        return client.connect();
    }
}
