package io.github.safemap;

import io.github.safemap.core.engine.ShardCopy;
import io.github.safemap.core.engine.Shards;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How {@link SafeMap#snapshot} is made: references first, shard by shard, and a map of them afterwards. */
final class Snapshot {
    /** Entries to a bucket of {@link HashMap}. */
    private static final double LOAD_FACTOR = 0.75;

    private Snapshot() {}

    static <K, V> Map<K, V> of(Shards shards) {
        List<List<Object>> copies = new ArrayList<>(shards.length());
        long entries = 0;
        for (int shard = 0; shard < shards.length(); shard++) {
            List<Object> copy = ShardCopy.of(shards, shard);
            copies.add(copy);
            entries += copy.size() / 2;
        }
        // The keys' hashCode and equals are called from here on, when writers no longer wait.
        Map<K, V> map = new HashMap<>((int) Math.min(entries / LOAD_FACTOR + 1, Integer.MAX_VALUE));
        for (List<Object> copy : copies) {
            addAll(map, copy);
        }
        return Collections.unmodifiableMap(map);
    }

    @SuppressWarnings("unchecked") // keys and values by turns
    private static <K, V> void addAll(Map<K, V> map, List<Object> copy) {
        for (int i = 0; i < copy.size(); i += 2) {
            map.put((K) copy.get(i), (V) copy.get(i + 1));
        }
    }
}
