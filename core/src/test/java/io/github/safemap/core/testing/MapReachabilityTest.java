package io.github.safemap.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Departure.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What has left a map must not be reachable from it, in whatever way it left and whatever the state of the
 * table. The maps themselves stay reachable, because the tracker refers to them until the test ends.
 */
public abstract class MapReachabilityTest {
    /** The collections that must be enough for all garbage. */
    private static final int ENOUGH = 20;
    /** After this number of collections, a remaining object counts as reachable. */
    private static final int A_FEW = 3;

    /** The states of the table when entries leave. Each watches the keys 0 to 3. */
    public enum Scene {
        /** Nothing else in the map. */
        ALONE(HashKind.GOOD, 0, 0),
        /** A table that has grown and has room. */
        AMONG_OTHERS(HashKind.GOOD, 150, 150),
        /**
         * 105 entries, one more than a table of 16 buckets takes at load 6.5. Its growth has just begun, and
         * most of the first keys are in old buckets.
         */
        GROWTH_JUST_BEGUN(HashKind.GOOD, 0, 101),
        /** In the last bucket of a long overflow chain. */
        END_OF_CHAIN(HashKind.CONSTANT, 60, 0),
        /** In the middle of a long overflow chain. */
        MIDDLE_OF_CHAIN(HashKind.CONSTANT, 30, 30),
        /** A long chain in a table whose growth has just begun. */
        CHAIN_WHILE_GROWING(HashKind.TRUNCATED, 50, 51);

        private final HashKind kind;
        private final int before;
        private final int after;

        Scene(HashKind kind, int before, int after) {
            this.kind = kind;
            this.before = before;
            this.after = after;
        }
    }

    private static final int WATCHED = 4;

    /** A new, empty map, tracked. */
    protected abstract <K, V> Map<K, V> newMap();

    /** Fails if the map is not in the middle of a growth, if it can tell. */
    protected void checkGrowing(Map<?, ?> map) {}

    @ParameterizedTest
    @MethodSource("departuresInScenes")
    public void removedEntryIsNotReachable(Scene scene, Departure departure) throws Exception {
        Map<Key, Payload> map = newMap();
        Reachability removed = new Reachability();
        play(scene, map, removed);
        if (scene == Scene.GROWTH_JUST_BEGUN || scene == Scene.CHAIN_WHILE_GROWING) {
            checkGrowing(map);
        }
        depart(map, scene.kind, departure);
        assertEquals(0, removed.reachableAfter(ENOUGH), "watched objects still reachable");
        for (int id = 0; id < WATCHED; id++) {
            assertNull(map.get(scene.kind.key(id)));
        }
    }

    @ParameterizedTest
    @MethodSource("replacementsInScenes")
    public void replacedValueIsNotReachable(Scene scene, Replacement replacement) throws Exception {
        Map<Key, Payload> map = newMap();
        Reachability replaced = new Reachability();
        for (Key key : play(scene, map, new Reachability())) {
            replaced.watch(map.get(key));
            replacement.step.accept(map, key);
        }
        assertEquals(0, replaced.reachableAfter(ENOUGH), "replaced values still reachable");
        assertEquals(scene.before + WATCHED + scene.after, map.size());
    }

    @ParameterizedTest
    @EnumSource
    public void equalKeyOfLaterPutIsNotRetained(Scene scene) throws Exception {
        Map<Key, Payload> map = newMap();
        List<Key> first = play(scene, map, new Reachability());
        Reachability later = new Reachability();
        for (int id = 0; id < WATCHED; id++) {
            putEqualKey(map, scene.kind.key(id), later);
        }
        assertEquals(0, later.reachableAfter(ENOUGH), "keys of later puts still reachable");
        for (Key key : first) {
            assertTrue(map.keySet().stream().anyMatch(k -> k == key), "a key object was replaced");
        }
    }

    /** The broken twin: the same test must catch a map that keeps what it removes. */
    @ParameterizedTest
    @EnumSource
    public void mapThatHoardsIsCaught(Scene scene) throws Exception {
        Hoarder map = new Hoarder();
        Reachability removed = new Reachability();
        play(scene, map, removed);
        depart(map, scene.kind, Departure.REMOVE);
        assertEquals(2 * WATCHED, removed.reachableAfter(A_FEW), "the check cannot fail");
        assertFalse(map.hoard.isEmpty());
    }

    @Test
    public void presentEntryIsReachable() throws Exception {
        Map<Key, Payload> map = newMap();
        Reachability present = new Reachability();
        play(Scene.AMONG_OTHERS, map, present);
        assertEquals(2 * WATCHED, present.reachableAfter(A_FEW));
        assertTrue(map.containsKey(Scene.AMONG_OTHERS.kind.key(0)));
    }

    static Stream<Arguments> departuresInScenes() {
        return Stream.of(Scene.values())
                .flatMap(scene -> Stream.of(Departure.values()).map(departure -> Arguments.of(scene, departure)));
    }

    static Stream<Arguments> replacementsInScenes() {
        return Stream.of(Scene.values())
                .flatMap(scene -> Stream.of(Replacement.values()).map(replacement -> Arguments.of(scene, replacement)));
    }

    /** Each way in which another value can replace a value. */
    public enum Replacement {
        PUT((map, key) -> map.put(key, new Payload(-1))),
        REPLACE((map, key) -> map.replace(key, new Payload(-1))),
        REPLACE_IF_EQUAL((map, key) -> map.replace(key, new Payload(key.id()), new Payload(-1))),
        REPLACE_ALL((map, key) -> map.replaceAll((k, value) -> k.equals(key) ? new Payload(-1) : value)),
        COMPUTE((map, key) -> map.compute(key, (k, value) -> new Payload(-1))),
        COMPUTE_IF_PRESENT((map, key) -> map.computeIfPresent(key, (k, value) -> new Payload(-1))),
        MERGE((map, key) -> map.merge(key, new Payload(-1), (old, value) -> value)),
        SET_VALUE((map, key) -> {
            for (Map.Entry<Key, Payload> entry : map.entrySet()) {
                if (entry.getKey().equals(key)) {
                    entry.setValue(new Payload(-1));
                }
            }
        });

        private final BiConsumer<Map<Key, Payload>, Key> step;

        Replacement(BiConsumer<Map<Key, Payload>, Key> step) {
            this.step = step;
        }
    }

    /**
     * Fills the map as the scene says, and watches the keys and values with the ids 0 to 3.
     *
     * @return the watched keys; the caller must drop the list
     */
    private List<Key> play(Scene scene, Map<Key, Payload> map, Reachability watcher) {
        int id = WATCHED;
        for (int i = 0; i < scene.before; i++, id++) {
            map.put(scene.kind.key(id), new Payload(id));
        }
        List<Key> keys = new ArrayList<>();
        for (int w = 0; w < WATCHED; w++) {
            Key key = scene.kind.key(w);
            Payload value = new Payload(w);
            watcher.watch(key);
            watcher.watch(value);
            map.put(key, value);
            keys.add(key);
        }
        for (int i = 0; i < scene.after; i++, id++) {
            map.put(scene.kind.key(id), new Payload(id));
        }
        return keys;
    }

    private void depart(Map<Key, Payload> map, HashKind kind, Departure departure) {
        for (int id = 0; id < WATCHED; id++) {
            departure.apply(map, kind.key(id));
        }
    }

    private void putEqualKey(Map<Key, Payload> map, Key key, Reachability watcher) {
        watcher.watch(key);
        map.put(key, new Payload(-1));
    }

    /** Correct as a map, but all removed entries stay on a list. */
    private static final class Hoarder extends HashMap<Key, Payload> {
        private static final long serialVersionUID = 1L;
        private final transient List<Object> hoard = new ArrayList<>();

        @Override
        public Payload remove(Object key) {
            keySet().stream().filter(key::equals).forEach(hoard::add);
            Payload value = super.remove(key);
            hoard.add(value);
            return value;
        }
    }
}
