package io.github.safemap;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Placeholder.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class SafeMap<K, V> extends ConcurrentHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    /** Creates it. */
    public SafeMap() {}
}
