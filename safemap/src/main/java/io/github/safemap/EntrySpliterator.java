package io.github.safemap;

import java.util.Objects;
import java.util.Spliterator;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A spliterator over the keys, the values or the entries of a map.
 *
 * <p>It has no exact size, because the map may change. A split halves the range of hashes, at the boundary of a shard
 * if there is one, and halves the estimate too. A part with an estimate of 0 is not split off: otherwise
 * a range of hashes could be halved 32 times.
 */
final class EntrySpliterator<K, V, T> implements Spliterator<T> {
    private final EntryWalk<K, V> walk;
    private final BiFunction<? super K, ? super V, ? extends T> element;
    private final int characteristics;
    private final long leastPart;
    private long estimate;

    /**
     * Creates a spliterator over a whole map.
     *
     * @param characteristics those besides {@code CONCURRENT} and {@code NONNULL}
     * @param leastPart the fewest entries of a part, by estimate
     */
    EntrySpliterator(
            SafeMap<K, V> map,
            BiFunction<? super K, ? super V, ? extends T> element,
            int characteristics,
            long leastPart) {
        this(new EntryWalk<>(map), element, characteristics | CONCURRENT | NONNULL, leastPart, map.mappingCount());
    }

    private EntrySpliterator(
            EntryWalk<K, V> walk,
            BiFunction<? super K, ? super V, ? extends T> element,
            int characteristics,
            long leastPart,
            long estimate) {
        this.walk = walk;
        this.element = element;
        this.characteristics = characteristics;
        this.leastPart = leastPart;
        this.estimate = estimate;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        Objects.requireNonNull(action, "action");
        if (!walk.advance()) {
            return false;
        }
        action.accept(element.apply(walk.key(), walk.value()));
        return true;
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
        if (estimate >>> 1 < Math.max(leastPart, 1)) {
            return null;
        }
        EntryWalk<K, V> rest = walk.split();
        if (rest == null) {
            return null;
        }
        estimate >>>= 1;
        return new EntrySpliterator<>(rest, element, characteristics, leastPart, estimate);
    }

    @Override
    public long estimateSize() {
        return estimate;
    }

    @Override
    public int characteristics() {
        return characteristics;
    }
}
