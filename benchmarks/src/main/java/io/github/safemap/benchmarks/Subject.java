package io.github.safemap.benchmarks;

import io.github.safemap.SafeMap;
import io.github.safemap.core.GoMap;
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
    };

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
}
