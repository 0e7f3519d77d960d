package io.github.safemap.benchmarks.soak;

import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapInvariants;
import io.github.safemap.SafeMapStats;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The map under test, and what the load calls of it. Not final: twins lie in one of these methods. */
class SoakMap {
    private final SafeMap<Long, Item> map = new SafeMap<>();

    @Nullable Item get(Long key) {
        return map.get(key);
    }

    @Nullable Item put(Long key, Item item) {
        return map.put(key, item);
    }

    @Nullable Item remove(Long key) {
        return map.remove(key);
    }

    @Nullable Item compute(Long key, BiFunction<? super Long, ? super @Nullable Item, ? extends @Nullable Item> function) {
        return map.compute(key, function);
    }

    Item computeIfAbsent(Long key, Function<? super Long, ? extends Item> function) {
        return map.computeIfAbsent(key, function);
    }

    @Nullable Item merge(Long key, Item item, BiFunction<? super Item, ? super Item, ? extends Item> function) {
        return map.merge(key, item, function);
    }

    Iterator<Map.Entry<Long, Item>> iterator() {
        return map.entrySet().iterator();
    }

    boolean removeIf(BiPredicate<? super Long, ? super Item> filter) {
        return map.removeIf(filter);
    }

    Map<Long, Item> snapshot() {
        return map.snapshot();
    }

    void clear() {
        map.clear();
    }

    long size() {
        return map.mappingCount();
    }

    SafeMapStats stats() {
        return map.stats();
    }

    /**
     * Looks into the tables. Nobody may write meanwhile.
     *
     * @throws AssertionError if something is not as it must be
     */
    void check() {
        SafeMapInvariants.check(map);
    }
}
