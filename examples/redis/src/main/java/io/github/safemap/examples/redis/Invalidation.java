package io.github.safemap.examples.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.StringCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of Redis to a connection that tracks keys. */
final class Invalidation {
    private Invalidation() {}

    /** Returns a listener that gets the changed keys, or null if all have changed: after FLUSHALL. */
    static PushListener listener(Keys changed) {
        return message -> {
            if (message.getType().equals("invalidate")) {
                changed.are(keysOf(message));
            }
        };
    }

    /** The action for changed keys. */
    interface Keys {
        void are(@Nullable List<String> keys);
    }

    private static @Nullable List<String> keysOf(PushMessage message) {
        Object keys = message.getContent(StringCodec.UTF8::decodeKey).get(1);
        return keys == null
                ? null
                : ((List<?>) keys).stream().map(String.class::cast).toList();
    }

    /** Returns a listener that runs the action when the connection breaks. */
    static RedisConnectionStateListener onLoss(Runnable action) {
        return new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                action.run();
            }
        };
    }
}
