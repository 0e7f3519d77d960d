package io.github.safemap;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** Each way in which many entries can leave a map. In this map each value equals its key. */
enum MassRemoval {
    REMOVE {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            going(map, goes).forEach(map::remove);
        }
    },
    REMOVE_KEY_AND_VALUE {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            going(map, goes).forEach(key -> map.remove(key, key));
        }
    },
    KEY_ITERATOR {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            iterate(map.keySet(), goes);
        }
    },
    VALUE_ITERATOR {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            iterate(map.values(), goes);
        }
    },
    ENTRY_ITERATOR {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            Iterator<Map.Entry<Integer, Integer>> entries = map.entrySet().iterator();
            while (entries.hasNext()) {
                if (goes.test(entries.next().getKey())) {
                    entries.remove();
                }
            }
        }
    },
    KEY_SET_REMOVE {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            going(map, goes).forEach(map.keySet()::remove);
        }
    },
    KEY_SET_REMOVE_IF {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            map.keySet().removeIf(goes::test);
        }
    },
    KEY_SET_REMOVE_ALL {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            map.keySet().removeAll(going(map, goes));
        }
    },
    KEY_SET_RETAIN_ALL {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            map.keySet().retainAll(going(map, goes.negate()));
        }
    },
    VALUES_REMOVE {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            // Each call searches from the beginning of an iteration, so remove the values in that order.
            Collection<Integer> values = map.values();
            for (Integer value : values) {
                if (goes.test(value)) {
                    values.remove(value);
                }
            }
        }
    },
    VALUES_REMOVE_IF {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            map.values().removeIf(goes::test);
        }
    },
    VALUES_REMOVE_ALL {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            map.values().removeAll(going(map, goes));
        }
    },
    VALUES_RETAIN_ALL {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            map.values().retainAll(going(map, goes.negate()));
        }
    },
    ENTRY_SET_REMOVE {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            going(map, goes).forEach(key -> map.entrySet().remove(Map.entry(key, key)));
        }
    },
    ENTRY_SET_REMOVE_IF {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            map.entrySet().removeIf(entry -> goes.test(entry.getKey()));
        }
    },
    ENTRY_SET_REMOVE_ALL {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            List<Map.Entry<Integer, Integer>> entries =
                    going(map, goes).stream().map(key -> Map.entry(key, key)).toList();
            map.entrySet().removeAll(entries); // not in a set, because their hash codes are all 0
        }
    },
    ENTRY_SET_RETAIN_ALL {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            Set<Integer> staying = going(map, goes.negate());
            List<Map.Entry<Integer, Integer>> entries =
                    staying.stream().map(key -> Map.entry(key, key)).toList();
            map.entrySet().retainAll(entries);
        }
    },
    MAP_REMOVE_IF {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            ((SafeMap<Integer, Integer>) map).removeIf((key, value) -> goes.test(value));
        }
    },
    COMPUTE_TO_NULL {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            going(map, goes).forEach(key -> map.compute(key, (k, value) -> null));
        }
    },
    COMPUTE_IF_PRESENT_TO_NULL {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            going(map, goes).forEach(key -> map.computeIfPresent(key, (k, value) -> null));
        }
    },
    MERGE_TO_NULL {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            going(map, goes).forEach(key -> map.merge(key, 0, (old, value) -> null));
        }
    },
    CLEAR_AND_PUT_BACK {
        @Override
        void removeAll(Map<Integer, Integer> map, IntPredicate goes) {
            Set<Integer> staying = going(map, goes.negate());
            map.clear();
            staying.forEach(key -> map.put(key, key));
        }
    };

    /** Makes the entries whose keys the predicate accepts leave the map. */
    abstract void removeAll(Map<Integer, Integer> map, IntPredicate goes);

    private static Set<Integer> going(Map<Integer, Integer> map, IntPredicate goes) {
        Set<Integer> keys = new HashSet<>();
        for (Integer key : map.keySet()) {
            if (goes.test(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static void iterate(Iterable<Integer> keys, IntPredicate goes) {
        for (Iterator<Integer> iterator = keys.iterator(); iterator.hasNext(); ) {
            if (goes.test(iterator.next())) {
                iterator.remove();
            }
        }
    }
}
