package io.github.safemap.benchmarks;

import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapStats;
import io.github.safemap.benchmarks.peers.FastutilWrapper;
import io.github.safemap.benchmarks.peers.SwissMap;
import io.github.safemap.core.GoMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jctools.maps.NonBlockingHashMap;
import org.jctools.maps.NonBlockingHashMapLong;

/** The maps under test. A benchmark takes one of these and never names a map itself. */
public enum Subject {
    /** Go's map: for one thread, never shrinks. */
    GO_MAP("GoMap", Trait.ONE_THREAD) {
        @Override
        public <K, V> Map<K, V> create() {
            return new GoMap<>();
        }

        @Override
        public <K, V> Map<K, V> create(int entries) {
            return new GoMap<>(entries);
        }
    },
    /** The JDK's map for one thread. */
    HASH_MAP("HashMap", Trait.ONE_THREAD) {
        @Override
        public <K, V> Map<K, V> create() {
            return new HashMap<>();
        }

        @Override
        public <K, V> Map<K, V> create(int entries) {
            return new HashMap<>(tableFor(entries));
        }
    },
    /** The JDK's concurrent map: the peer that every ratio is taken to. */
    CONCURRENT_HASH_MAP("ConcurrentHashMap") {
        @Override
        public <K, V> Map<K, V> create() {
            return new ConcurrentHashMap<>();
        }

        @Override
        public <K, V> Map<K, V> create(int entries) {
            return new ConcurrentHashMap<>(entries);
        }
    },
    /** JCTools' lock-free map by Cliff Click. */
    NON_BLOCKING_HASH_MAP("NonBlockingHashMap") {
        @Override
        public <K, V> Map<K, V> create() {
            return new NonBlockingHashMap<>();
        }

        @Override
        public <K, V> Map<K, V> create(int entries) {
            return new NonBlockingHashMap<>(entries);
        }
    },
    /** Eclipse Collections' concurrent map, whose bins change by compare-and-set. */
    ECLIPSE_COLLECTIONS("Eclipse Collections") {
        @Override
        public <K, V> Map<K, V> create() {
            return org.eclipse.collections.impl.map.mutable.ConcurrentHashMap.newMap();
        }

        @Override
        public <K, V> Map<K, V> create(int entries) {
            return org.eclipse.collections.impl.map.mutable.ConcurrentHashMap.newMap(entries);
        }
    },
    /** HashSmith's Swiss table in shards, read optimistically; not always there. */
    CONCURRENT_SWISS_MAP("ConcurrentSwissMap") {
        @Override
        public <K, V> Map<K, V> create() {
            return SwissMap.create();
        }

        @Override
        public Optional<String> missing() {
            return SwissMap.missing();
        }
    },
    /** JCTools' map for {@code long} keys, by its methods for {@code Long}. */
    NON_BLOCKING_HASH_MAP_LONG("NonBlockingHashMapLong", Trait.LONG_KEYS) {
        @Override
        public <K, V> Map<K, V> create() {
            return Subject.cast(new NonBlockingHashMapLong<V>());
        }

        @Override
        public <K, V> Map<K, V> create(int entries) {
            return Subject.cast(new NonBlockingHashMapLong<V>(entries));
        }
    },
    /** trivago's locks around fastutil's maps of {@code long} to {@code long}; not always there. */
    FASTUTIL_WRAPPER("fastutil wrapper", Trait.LONG_KEYS, Trait.BASIC) {
        @Override
        public <K, V> Map<K, V> create() {
            return Subject.cast(new FastutilWrapper());
        }

        @Override
        public Optional<String> missing() {
            return FastutilWrapper.missing();
        }
    },
    /** A control: the JDK's map for one thread behind one lock. */
    SYNCHRONIZED_HASH_MAP("synchronized HashMap") {
        @Override
        public <K, V> Map<K, V> create() {
            return Collections.synchronizedMap(new HashMap<>());
        }

        @Override
        public <K, V> Map<K, V> create(int entries) {
            return Collections.synchronizedMap(new HashMap<>(tableFor(entries)));
        }
    },
    /** A control: Go's map behind one lock. */
    SYNCHRONIZED_GO_MAP("synchronized GoMap") {
        @Override
        public <K, V> Map<K, V> create() {
            return Collections.synchronizedMap(new GoMap<>());
        }

        @Override
        public <K, V> Map<K, V> create(int entries) {
            return Collections.synchronizedMap(new GoMap<>(entries));
        }
    },
    /** This project's map. */
    SAFE_MAP("SafeMap") {
        @Override
        public <K, V> Map<K, V> create() {
            return new SafeMap<>();
        }

        @Override
        public <K, V> Map<K, V> create(int entries) {
            return SafeMap.builder().expectedSize(entries).build();
        }

        @Override
        public Map<String, Double> figures(Map<?, ?> map) {
            SafeMapStats stats = ((SafeMap<?, ?>) map).stats();
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("shards", (double) stats.shards());
            figures.put("directory places", (double) stats.directoryLength());
            figures.put("longest rebuild", (double) stats.longestRebuildNanos());
            return figures;
        }
    };

    private final String label;
    private final Set<Trait> traits;

    Subject(String label, Trait... traits) {
        this.label = label;
        this.traits = Set.of(traits);
    }

    /** Returns the name that tables and charts show. */
    public String label() {
        return label;
    }

    /** Returns whether several threads may share one map of this kind. */
    public boolean concurrent() {
        return !traits.contains(Trait.ONE_THREAD);
    }

    /** Returns whether it has all methods of {@code Map}, and not just get, put and remove. */
    public boolean isMap() {
        return !traits.contains(Trait.BASIC);
    }

    /** Returns whether its keys may be of this kind. */
    public boolean takes(KeyKind keys) {
        return keys == KeyKind.LONG || !traits.contains(Trait.LONG_KEYS);
    }

    /** Returns why this map cannot be made here; nothing if it can. */
    public Optional<String> missing() {
        return Optional.empty();
    }

    /**
     * Returns a new empty map with its default settings.
     *
     * @throws IllegalStateException if this map is {@link #missing}
     */
    public abstract <K, V> Map<K, V> create();

    /**
     * Returns a new empty map that has been told how many entries will come.
     *
     * @throws IllegalStateException if it cannot be told
     */
    public <K, V> Map<K, V> create(int entries) {
        throw new IllegalStateException(label + " cannot be told that " + entries + " entries will come");
    }

    /** Returns what the map itself tells about its shape and work; nothing if it does not. */
    public Map<String, Double> figures(Map<?, ?> map) {
        return Map.of();
    }

    /** Returns those that are here and have all methods of {@code Map}, for keys of any kind. */
    public static Subject[] maps() {
        return Arrays.stream(values())
                .filter(subject -> subject.isMap() && subject.takes(KeyKind.STRING))
                .filter(subject -> subject.missing().isEmpty())
                .toArray(Subject[]::new);
    }

    /**
     * Refuses a map that cannot be measured so.
     *
     * @throws IllegalStateException if its keys are of another kind, or it is for one thread only
     */
    public void require(KeyKind keys, int threads) {
        missing().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        if (!takes(keys)) {
            throw new IllegalStateException(label + " takes Long keys only");
        }
        if (threads > 1 && !concurrent()) {
            throw new IllegalStateException(label + " is for one thread; run it without -t or with -t 1");
        }
    }

    /**
     * Refuses a map of few methods.
     *
     * @throws IllegalStateException if this has nothing but get, put and remove
     */
    public void requireMap() {
        if (!isMap()) {
            throw new IllegalStateException(label + " has only get, put and remove");
        }
    }

    /** Returns the capacity with which a {@code HashMap} need not grow for so many entries. */
    private static int tableFor(int entries) {
        return (int) Math.ceil(entries / 0.75);
    }

    /** The caller's keys are what the map takes: {@link #require} has seen to it. */
    @SuppressWarnings("unchecked")
    private static <K, V> Map<K, V> cast(Map<?, ?> map) {
        return (Map<K, V>) map;
    }

    /** What a map cannot do. */
    private enum Trait {
        /** It is for one thread. */
        ONE_THREAD,
        /** It has get, put and remove, and nothing else. */
        BASIC,
        /** Its keys are {@code Long}s. */
        LONG_KEYS
    }
}
