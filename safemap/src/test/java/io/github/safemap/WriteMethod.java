package io.github.safemap;

import java.util.Iterator;
import java.util.Map;

/** Each way to write one key. The key has the value 1 or is absent. */
enum WriteMethod {
    PUT {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.put(key, 7);
        }
    },
    PUT_IF_ABSENT {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.putIfAbsent(key, 7);
        }
    },
    PUT_ALL {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.putAll(Map.of(key, 7));
        }
    },
    REMOVE {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.remove(key);
        }
    },
    REMOVE_VALUE {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.remove(key, 1);
        }
    },
    REPLACE {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.replace(key, 7);
        }
    },
    REPLACE_VALUE {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.replace(key, 1, 7);
        }
    },
    COMPUTE {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.compute(key, (same, old) -> 7);
        }
    },
    COMPUTE_IF_PRESENT {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.computeIfPresent(key, (same, old) -> 7);
        }
    },
    MERGE {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.merge(key, 7, Integer::sum);
        }
    },
    REMOVE_FROM_KEY_SET {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.keySet().remove(key);
        }
    },
    REMOVE_FROM_ENTRY_SET {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.entrySet().remove(Map.entry(key, 1));
        }
    },
    /** A plain read if the key is present. */
    COMPUTE_IF_ABSENT(false) {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.computeIfAbsent(key, same -> 7);
        }
    },
    /** Iterations find the key only if it is present. */
    ITERATOR_REMOVE(true) {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            for (Iterator<Object> keys = map.keySet().iterator(); keys.hasNext(); ) {
                if (keys.next().equals(key)) {
                    keys.remove();
                }
            }
        }
    },
    SET_VALUE(true) {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            for (Map.Entry<Object, Integer> entry : map.entrySet()) {
                if (entry.getKey().equals(key)) {
                    entry.setValue(7);
                }
            }
        }
    },
    REMOVE_IF(true) {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.entrySet().removeIf(entry -> entry.getKey().equals(key));
        }
    },
    REPLACE_ALL(true) {
        @Override
        void run(Map<Object, Integer> map, Object key) {
            map.replaceAll((each, old) -> each.equals(key) ? 7 : old);
        }
    };

    /** Whether the write waits for a function that computes a present key. */
    final boolean ifPresent;

    /** Whether the write waits for a function that computes an absent key. */
    final boolean ifAbsent;

    WriteMethod() {
        ifPresent = true;
        ifAbsent = true;
    }

    WriteMethod(boolean onlyIfPresent) {
        ifPresent = onlyIfPresent;
        ifAbsent = !onlyIfPresent;
    }

    abstract void run(Map<Object, Integer> map, Object key);
}
