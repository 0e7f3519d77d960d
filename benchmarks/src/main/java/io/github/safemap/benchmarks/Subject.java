package io.github.safemap.benchmarks;

import io.github.safemap.SafeMap;
import io.github.safemap.benchmarks.controls.FlatMap;
import io.github.safemap.core.GoMap;
import io.github.safemap.core.engine.LockedBuckets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jctools.maps.NonBlockingHashMap;

/** The maps under test. A benchmark takes one of these and never names a map itself. */
public enum Subject {
    /** Go's map: for one thread, never shrinks. */
    GO_MAP("GoMap", false) {
        @Override
        public <K, V> Map<K, V> create() {
            return new GoMap<>();
        }
    },
    /** The JDK's map for one thread. */
    HASH_MAP("HashMap", false) {
        @Override
        public <K, V> Map<K, V> create() {
            return new HashMap<>();
        }
    },
    /** The JDK's concurrent map: the peer that every ratio is taken to. */
    CONCURRENT_HASH_MAP("ConcurrentHashMap", true) {
        @Override
        public <K, V> Map<K, V> create() {
            return new ConcurrentHashMap<>();
        }
    },
    /** JCTools' lock-free map by Cliff Click. */
    NON_BLOCKING_HASH_MAP("NonBlockingHashMap", true) {
        @Override
        public <K, V> Map<K, V> create() {
            return new NonBlockingHashMap<>();
        }
    },
    /** Eclipse Collections' concurrent map, whose bins change by compare-and-set. */
    ECLIPSE_COLLECTIONS("Eclipse Collections", true) {
        @Override
        public <K, V> Map<K, V> create() {
            return org.eclipse.collections.impl.map.mutable.ConcurrentHashMap.newMap();
        }
    },
    /** This project's map. */
    SAFE_MAP("SafeMap", true) {
        @Override
        public <K, V> Map<K, V> create() {
            return new SafeMap<>();
        }
    },
    /** A control: SafeMap's buckets, but a writer locks the whole shard. Only get, put and remove. */
    LOCKED_SHARDS("a lock a shard", true) {
        @Override
        public <K, V> Map<K, V> create() {
            return create(DEFAULT_SIZE);
        }

        @Override
        public <K, V> Map<K, V> create(int expectedSize) {
            return new LockedBuckets<>(expectedSize);
        }
    },
    /** A control: as SafeMap, but in flat arrays. Only get, put and remove. */
    FLAT_TABLES("flat tables", true) {
        @Override
        public <K, V> Map<K, V> create() {
            return create(DEFAULT_SIZE);
        }

        @Override
        public <K, V> Map<K, V> create(int expectedSize) {
            return new FlatMap<>(expectedSize);
        }
    };

    private static final int DEFAULT_SIZE = 1_000;

    private final String label;
    private final boolean concurrent;

    Subject(String label, boolean concurrent) {
        this.label = label;
        this.concurrent = concurrent;
    }

    /** Returns the name that tables and charts show. */
    public String label() {
        return label;
    }

    /** Returns whether several threads may share one map of this kind. */
    public boolean concurrent() {
        return concurrent;
    }

    /** Returns a new empty map with its default settings. */
    public abstract <K, V> Map<K, V> create();

    /**
     * Returns a new empty map that is to hold so many entries. Only the controls, which do not grow, ask
     * for it: a program does not know the number.
     */
    public <K, V> Map<K, V> create(int expectedSize) {
        return create();
    }

    /** Returns the maps that people use, and GoMap: all but the controls. */
    public static Subject[] maps() {
        return Arrays.stream(values()).filter(Subject::isMap).toArray(Subject[]::new);
    }

    private boolean isMap() {
        return this != LOCKED_SHARDS && this != FLAT_TABLES;
    }

    /**
     * Refuses a control.
     *
     * @throws IllegalStateException if this has nothing but get, put and remove
     */
    public void requireMap() {
        if (!isMap()) {
            throw new IllegalStateException(label + " has only get, put and remove");
        }
    }
}
