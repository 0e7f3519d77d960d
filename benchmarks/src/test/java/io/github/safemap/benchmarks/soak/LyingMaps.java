package io.github.safemap.benchmarks.soak;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The twins: maps that do something wrong now and then, each of which a soak must find. */
enum LyingMaps {
    /** An entry that was put is not there. */
    LOSES {
        @Override
        SoakMap create() {
            return new SoakMap() {
                @Override
                @Nullable Item put(Long key, Item item) {
                    Item old = super.put(key, item);
                    if (lies()) {
                        super.remove(key);
                    }
                    return old;
                }
            };
        }
    },
    /** An iterator returns an entry twice. */
    DOUBLES {
        @Override
        SoakMap create() {
            return new SoakMap() {
                @Override
                Iterator<Map.Entry<Long, Item>> iterator() {
                    Iterator<Map.Entry<Long, Item>> entries = super.iterator();
                    return new Iterator<>() {
                        private Map.@Nullable Entry<Long, Item> again;

                        @Override
                        public boolean hasNext() {
                            return again != null || entries.hasNext();
                        }

                        @Override
                        public Map.Entry<Long, Item> next() {
                            Map.Entry<Long, Item> next = again == null ? entries.next() : again;
                            again = again == null && lies() ? next : null;
                            return next;
                        }

                        @Override
                        public void remove() {
                            entries.remove();
                        }
                    };
                }
            };
        }
    },
    /** An entry that was removed is still there. */
    KEEPS {
        @Override
        SoakMap create() {
            return new SoakMap() {
                @Override
                @Nullable Item remove(Long key) {
                    Item old = super.remove(key);
                    if (old != null && lies()) {
                        super.put(key, old);
                    }
                    return old;
                }
            };
        }
    },
    /** Of two threads that add to a counter at once, one adds nothing. */
    TEARS {
        @Override
        SoakMap create() {
            return new SoakMap() {
                @Override
                @Nullable Item merge(Long key, Item item, BiFunction<? super Item, ? super Item, ? extends Item> function) {
                    Item old = super.get(key);
                    Item now = old == null ? item : function.apply(old, item);
                    if (lies()) {
                        Thread.yield();
                    }
                    super.put(key, now);
                    return now;
                }
            };
        }
    };

    private static boolean lies() {
        return ThreadLocalRandom.current().nextInt(10_000) == 0;
    }

    /** Returns a new map. */
    abstract SoakMap create();
}
