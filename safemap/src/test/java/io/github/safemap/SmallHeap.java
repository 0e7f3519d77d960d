package io.github.safemap;

import java.util.ArrayList;
import java.util.List;

/**
 * A program for a small heap: fills a map until there is no memory left, and again after it has removed
 * most of it. Its last line is {@code ok}; it fails if an entry has been lost.
 */
final class SmallHeap {
    private static final int FILLS = 4;
    private static final int LEAST = 20_000;

    private SmallHeap() {}

    public static void main(String[] arguments) {
        SafeMap<Integer, Object> map = SafeMap.builder().shards(2).build();
        List<Integer> sizes = new ArrayList<>();
        for (int fill = 0; fill < FILLS; fill++) {
            int size = fill(map);
            if (size < LEAST) {
                throw new AssertionError("out of memory at " + size + " after " + sizes);
            }
            sizes.add(size);
            for (int key = 0; key < size; key++) {
                if (!map.remove(key).equals(key)) { // while there is no memory
                    throw new AssertionError("key " + key + " of " + size);
                }
            }
            SafeMapInvariants.check(map);
            if (!map.isEmpty()) {
                throw new AssertionError("size " + map.size());
            }
        }
        System.out.println("filled to " + sizes);
        System.out.println("ok");
    }

    /** Fills the map until memory runs out; returns the number of entries, which are all there. */
    private static int fill(SafeMap<Integer, Object> map) {
        int key = 0;
        try {
            for (; ; key++) {
                map.put(key, key);
            }
        } catch (OutOfMemoryError e) {
            // as it should be
        }
        for (int each = 0; each < key; each++) {
            Object value = map.get(each);
            if (value == null || (Integer) value != each) {
                throw new AssertionError("key " + each + " of " + key + " has the value " + value);
            }
        }
        if (map.size() != key || map.get(key) != null) {
            throw new AssertionError("size " + map.size() + " after " + key + " puts");
        }
        return key;
    }
}
