package io.github.safemap.core.testing;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Each way in which an entry can leave a map. */
public enum Departure {
    REMOVE {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.remove(key);
        }
    },
    REMOVE_KEY_AND_VALUE {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.remove(key, new Payload(key.id()));
        }
    },
    KEY_ITERATOR {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            for (Iterator<Key> keys = map.keySet().iterator(); keys.hasNext(); ) {
                if (keys.next().equals(key)) {
                    keys.remove();
                }
            }
        }
    },
    VALUE_ITERATOR {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            for (Iterator<Payload> values = map.values().iterator(); values.hasNext(); ) {
                if (values.next().id() == key.id()) {
                    values.remove();
                }
            }
        }
    },
    ENTRY_ITERATOR {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            Iterator<Map.Entry<Key, Payload>> entries = map.entrySet().iterator();
            while (entries.hasNext()) {
                if (entries.next().getKey().equals(key)) {
                    entries.remove();
                }
            }
        }
    },
    KEY_SET_REMOVE {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.keySet().remove(key);
        }
    },
    KEY_SET_REMOVE_ALL {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.keySet().removeAll(List.of(key));
        }
    },
    KEY_SET_REMOVE_IF {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.keySet().removeIf(key::equals);
        }
    },
    KEY_SET_RETAIN_ALL {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            Set<Key> others = new HashSet<>(map.keySet());
            others.remove(key);
            map.keySet().retainAll(others);
        }
    },
    VALUES_REMOVE {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.values().remove(new Payload(key.id()));
        }
    },
    VALUES_REMOVE_IF {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.values().removeIf(new Payload(key.id())::equals);
        }
    },
    ENTRY_SET_REMOVE {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.entrySet().remove(Map.entry(key, new Payload(key.id())));
        }
    },
    ENTRY_SET_REMOVE_IF {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.entrySet().removeIf(entry -> entry.getKey().equals(key));
        }
    },
    COMPUTE_TO_NULL {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.compute(key, (k, value) -> null);
        }
    },
    COMPUTE_IF_PRESENT_TO_NULL {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.computeIfPresent(key, (k, value) -> null);
        }
    },
    MERGE_TO_NULL {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.merge(key, new Payload(key.id()), (old, value) -> null);
        }
    },
    CLEAR {
        @Override
        void apply(Map<Key, Payload> map, Key key) {
            map.clear();
        }
    };

    /**
     * A value that equals others of its id, so that a test can name one without a reference to it.
     *
     * @param id the id that {@code equals} compares
     */
    public record Payload(int id) {}

    /** Makes the entry of the key leave the map. Its value is the payload of the key's id. */
    abstract void apply(Map<Key, Payload> map, Key key);
}
