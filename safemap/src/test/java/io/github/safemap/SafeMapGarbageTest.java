package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.DirectoryView;
import io.github.safemap.core.testing.Reachability;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was in a map that is cleared, emptied or dropped is garbage at once, even if somebody still uses the
 * map.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SafeMapGarbageTest {
    private static final int ENTRIES = 20_000;

    /** One key in this many is watched. */
    private static final int WATCHED_OF = 10;

    /** The collections that must be enough for all garbage. */
    private static final int ENOUGH = 20;

    /** After this number of collections, a remaining object counts as reachable. */
    private static final int A_FEW = 3;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    // ---- While somebody still uses the map ----

    /** What somebody may still have from a map that is emptied. */
    private enum Holder {
        NOTHING(map -> map),
        ITERATOR_THAT_HAS_NOT_BEGUN(map -> map.keySet().iterator()),
        ITERATOR(map -> {
            Iterator<?> entries = map.entrySet().iterator();
            entries.next();
            return entries;
        }),
        ITERATOR_THAT_KNOWS_ITS_NEXT(map -> {
            Iterator<?> values = map.values().iterator();
            assertTrue(values.hasNext());
            return values;
        }),
        SPLITERATOR(map -> map.values().spliterator()),
        SPLITERATOR_THAT_HAS_BEGUN(map -> {
            var spliterator = map.keySet().spliterator();
            assertTrue(spliterator.tryAdvance(key -> {}));
            return spliterator;
        }),
        STREAM(map -> map.values().stream().filter(Objects::nonNull)),
        ITERATOR_OF_A_STREAM(map -> {
            Iterator<?> keys = map.keySet().stream().iterator();
            keys.next();
            return keys;
        }),
        ENTRY(map -> map.entrySet().iterator().next());

        private final Function<SafeMap<Object, Integer>, Object> make;

        Holder(Function<SafeMap<Object, Integer>, Object> make) {
            this.make = make;
        }
    }

    /** How a map becomes empty. */
    private enum Emptying {
        CLEAR {
            @Override
            void run(SafeMap<Object, Integer> map) {
                map.clear();
            }
        },
        REMOVE {
            @Override
            void run(SafeMap<Object, Integer> map) {
                for (Object key : map.keySet()) {
                    map.remove(key);
                }
            }
        },
        REMOVE_IF {
            @Override
            void run(SafeMap<Object, Integer> map) {
                map.removeIf((key, value) -> true);
            }
        };

        abstract void run(SafeMap<Object, Integer> map);
    }

    private SafeMap<Object, Integer> filled(Reachability watched) {
        SafeMap<Object, Integer> map = maps.create();
        for (int i = 0; i < ENTRIES; i++) {
            Object key = new Object();
            if (i % WATCHED_OF == 0) {
                watched.watch(key);
            }
            map.put(key, i);
        }
        return map;
    }

    /** Returns more watched keys than a shard has, but far fewer than all keys. */
    private static int mostOfAShard(SafeMap<?, ?> map) {
        int most = 2 * DirectoryView.largestShard(map.directory) / WATCHED_OF;
        assertTrue(most < ENTRIES / WATCHED_OF / 8, "no small part");
        return most;
    }

    static Stream<Arguments> holdersAndEmptyings() {
        return Stream.of(Holder.values())
                .flatMap(holder -> Stream.of(Emptying.values()).map(emptying -> Arguments.of(holder, emptying)));
    }

    @ParameterizedTest
    @MethodSource("holdersAndEmptyings")
    void anIterationOfAnEmptiedMapKeepsAShardAtMost(Holder holder, Emptying emptying) throws Exception {
        Reachability watched = new Reachability();
        SafeMap<Object, Integer> map = filled(watched);
        int most = mostOfAShard(map);
        Object held = holder.make.apply(map);
        emptying.run(map);
        int left = watched.reachableAfter(A_FEW);
        assertTrue(left <= most, () -> left + " are still there");
        Reference.reachabilityFence(held);
        held = null;
        assertEquals(0, watched.reachableAfter(ENOUGH));
        assertEquals(0, map.size());
    }

    @ParameterizedTest
    @MethodSource("emptyings")
    void aRunningFunctionKeepsItsOwnKeyOnly(Emptying emptying) throws Exception {
        Reachability watched = new Reachability();
        SafeMap<Object, Integer> map = filled(watched);
        int most = mostOfAShard(map);
        ReservedKey held = new ReservedKey(map, "another key", ComputeMethod.COMPUTE_IF_ABSENT, old -> 1);
        emptying.run(map);
        int left = watched.reachableAfter(A_FEW);
        assertTrue(left <= most, () -> left + " are still there");
        held.end();
        assertEquals(0, watched.reachableAfter(ENOUGH));
    }

    static Stream<Emptying> emptyings() {
        return Stream.of(Emptying.values());
    }

    /** The check can fail: a copy keeps all keys. */
    @Test
    void aCopyThatKeepsTheEntriesIsFound() throws Exception {
        Reachability watched = new Reachability();
        SafeMap<Object, Integer> map = filled(watched);
        Object held = map.snapshot().keySet().iterator();
        map.clear();
        assertEquals(ENTRIES / WATCHED_OF, watched.reachableAfter(A_FEW));
        Reference.reachabilityFence(held);
    }

    // ---- Whatever the common pool does ----

    /** Too small for a tenth of what the program creates. */
    private static final String[] SMALL_HEAP = {"-Xmx16m", "-XX:+UseSerialGC"};

    private static final String NO_THREADS = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0";

    @Test
    void droppedMapsAreGarbageWhileTheCommonPoolIsBusy(@TempDir Path directory) throws Exception {
        new Jvm(directory, SMALL_HEAP).runOk(ShortLivedMaps.class, "busy");
    }

    @Test
    void droppedMapsAreGarbageWhereTheCommonPoolHasNoThreads(@TempDir Path directory) throws Exception {
        new Jvm(directory, SMALL_HEAP[0], SMALL_HEAP[1], NO_THREADS).runOk(ShortLivedMaps.class, "idle");
    }

    /** The check can fail: here a task that the pool never runs keeps each map. */
    @Test
    void mapsKeptByATaskOfTheCommonPoolAreFound(@TempDir Path directory) throws Exception {
        String text = new Jvm(directory, SMALL_HEAP).run(ShortLivedMaps.class, "busy", "held");
        assertTrue(text.contains("OutOfMemoryError"), text);
    }

    // ---- A tenant goes ----

    @Test
    void aClassLoaderThatHasUsedAMapIsGarbage(@TempDir Path directory) throws Exception {
        new Jvm(directory, "-Xmx256m").runOk(Tenant.class);
    }

    @Test
    void aTenantThatLeavesAThreadBehindIsFound(@TempDir Path directory) throws Exception {
        String text = new Jvm(directory, "-Xmx256m").run(Tenant.class, "leaves a thread");
        assertTrue(text.contains("class loader is still there"), text);
        assertTrue(text.contains("inherited value is still there"), text);
        assertTrue(text.contains("threads left: [left]"), text);
    }
}
