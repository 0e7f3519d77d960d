package io.github.safemap.core.testing;

import com.google.common.collect.testing.SampleElements;
import com.google.common.collect.testing.TestMapGenerator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What Guava's testlib needs: how to create a map of {@link Key}s, and the sample entries. All keys have one
 * hash kind.
 */
public final class KeyMapGenerator implements TestMapGenerator<Key, String> {
    private final HashKind kind;
    private final Supplier<? extends Map<Key, String>> maps;
    private final Consumer<? super Map<Key, String>> finish;

    /** A generator that takes a new, empty map from the supplier. */
    public KeyMapGenerator(HashKind kind, Supplier<? extends Map<Key, String>> maps) {
        this(kind, maps, map -> {});
    }

    /**
     * A generator that takes a map from the supplier, puts the sample entries, and finishes the map. Then the
     * map must have no other entries.
     */
    public KeyMapGenerator(
            HashKind kind, Supplier<? extends Map<Key, String>> maps, Consumer<? super Map<Key, String>> finish) {
        this.kind = kind;
        this.maps = maps;
        this.finish = finish;
    }

    @Override
    public SampleElements<Map.Entry<Key, String>> samples() {
        return new SampleElements<>(entry(0), entry(1), entry(2), entry(3), entry(4));
    }

    private Map.Entry<Key, String> entry(int id) {
        return Map.entry(kind.key(id), "value " + id);
    }

    @Override
    public Map<Key, String> create(Object... entries) {
        Map<Key, String> map = maps.get();
        for (Object element : entries) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) element;
            map.put((Key) entry.getKey(), (String) entry.getValue());
        }
        finish.accept(map);
        return map;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Map.Entry<Key, String>[] createArray(int length) {
        return new Map.Entry[length];
    }

    @Override
    public Key[] createKeyArray(int length) {
        return new Key[length];
    }

    @Override
    public String[] createValueArray(int length) {
        return new String[length];
    }

    @Override
    public List<Map.Entry<Key, String>> order(List<Map.Entry<Key, String>> insertionOrder) {
        return insertionOrder;
    }
}
