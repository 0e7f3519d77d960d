package io.github.safemap;

import java.util.ArrayList;
import java.util.List;

/**
 * A program for a small heap. It fills a map until there is no memory left, removes most entries, and fills it
 * again. It fails if an entry was lost. Its last line is {@code ok}.
 */
final class SmallHeap {
    private static final int FILLS = 3;
    private static final int LEAST = 20_000;
    private static final int VALUE_BYTES = 128;

    /** Memory for the check, when the map has taken the rest. */
    private static final int SPARE_BYTES = 1 << 20;

    private static final Integer FIRST = 0;

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
                if (map.remove(key) == null) {
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

    /** Fills the map until memory runs out. Returns the number of entries, and checks that all are there. */
    private static int fill(SafeMap<Integer, Object> map) {
        Integer last = 0;
        byte[] spare = new byte[SPARE_BYTES];
        int key = 0;
        try {
            for (; ; key++) {
                byte[] value = new byte[VALUE_BYTES];
                value[0] = (byte) key;
                last = key;
                map.put(last, value);
            }
        } catch (OutOfMemoryError e) {
            // There is no memory left: neither reads nor removals may need any.
            if (key > 0 && (map.get(FIRST) == null || map.remove(FIRST) == null)) {
                throw new AssertionError("the first key has gone");
            }
            spare[0] = 1;
            spare = new byte[0];
        }
        map.put(FIRST, new byte[spare.length + 1]);
        for (int each = 0; each < key; each++) {
            byte[] value = (byte[]) map.get(each);
            if (value == null || value[0] != (byte) each) {
                throw new AssertionError("key " + each + " of " + key + " is not what it was");
            }
        }
        if (map.size() != key || map.get(key) != null) {
            throw new AssertionError("size " + map.size() + " after " + key + " puts");
        }
        return key;
    }
}
