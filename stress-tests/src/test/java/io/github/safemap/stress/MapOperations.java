package io.github.safemap.stress;

import io.github.safemap.SafeMap;
import java.util.HashMap;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * The operations whose results must be those of some sequential order: all that name one key, {@code clear},
 * and {@code trim}, which changes nothing visible. There are only three keys and three values, so the
 * operations meet.
 *
 * <p>Operations that promise less are left out: {@code size}, {@code isEmpty} and iterations. Each part of
 * these is right for some moment, but not the whole. Functions that use the map have tests of their own.
 *
 * <p>A subclass has a map in some state. Lincheck creates one for each run of a scenario.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public abstract class MapOperations {
    /** From this value on {@link #compute} removes the key. */
    private static final int LARGE = 4;

    private final Map<String, Integer> map;
    private final String[] keys;

    /**
     * Races for keys of a map.
     *
     * @param map the map with its first entries
     * @param keys the three keys that the operations use
     */
    protected MapOperations(Map<String, Integer> map, String... keys) {
        this.map = map;
        this.keys = keys.clone();
    }

    /** The model: the same entries in a map for one thread. */
    protected MapOperations(MapOperations original) {
        this(new HashMap<>(original.map), original.keys);
    }

    /** Returns the map, if it is a SafeMap under test. */
    protected final SafeMap<String, Integer> safeMap() {
        return (SafeMap<String, Integer>) map;
    }

    /** Returns a key by its number. */
    protected final String key(int number) {
        return keys[number];
    }

    @Operation
    public Integer get(@Param(name = "key") int key) {
        return map.get(key(key));
    }

    @Operation
    public boolean containsKey(@Param(name = "key") int key) {
        return map.containsKey(key(key));
    }

    @Operation
    public Integer put(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.put(key(key), value);
    }

    @Operation
    public Integer putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.putIfAbsent(key(key), value);
    }

    @Operation
    public Integer remove(@Param(name = "key") int key) {
        return map.remove(key(key));
    }

    @Operation
    public boolean removeValue(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.remove(key(key), value);
    }

    @Operation
    public Integer replace(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.replace(key(key), value);
    }

    @Operation
    public boolean replaceValue(
            @Param(name = "key") int key, @Param(name = "value") int expected, @Param(name = "value") int value) {
        return map.replace(key(key), expected, value);
    }

    @Operation
    public Integer compute(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.compute(key(key), (same, old) -> old == null ? value : old >= LARGE ? null : old + value);
    }

    @Operation
    public Integer computeIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.computeIfAbsent(key(key), same -> value);
    }

    @Operation
    public Integer computeIfPresent(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.computeIfPresent(key(key), (same, old) -> old >= LARGE ? null : old + value);
    }

    @Operation
    public Integer merge(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.merge(key(key), value, Integer::sum);
    }

    @Operation
    public void clear() {
        map.clear();
    }

    @Operation
    public void trim() {
        if (map instanceof SafeMap<?, ?> safeMap) {
            safeMap.trim();
        }
    }
}
