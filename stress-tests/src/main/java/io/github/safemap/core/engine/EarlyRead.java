package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * The broken twin of {@link Table#get}'s fast path: it loads the tophash before the control word, and
 * does not mind that somebody has the chain.
 */
public final class EarlyRead {
    private EarlyRead() {}

    /** Returns the value of a key in a map that is not being rebuilt, perhaps too early. */
    public static @Nullable Object get(Shards shards, Object key) {
        Table table = shards.getTableAcquire(0);
        long hash = table.hash(key.hashCode());
        Bucket main = table.getBucketAcquire(table.indexOf(hash));
        if (main == null) {
            return null;
        }
        long matches = TopHash.matches(main.getTophashAcquire(), TopHash.pattern(hash));
        Gap.widen();
        for (; matches != 0; matches = TopHash.withoutFirst(matches)) {
            int word = main.getControlAcquire();
            int slot = TopHash.firstSlot(matches);
            Object candidate = main.getKeyAcquire(slot);
            if (key.equals(candidate)) {
                Object value = main.getValueAcquire(slot);
                return Bucket.sameVersion(word, main.getControlAcquire()) ? value : null;
            }
        }
        return null;
    }
}
