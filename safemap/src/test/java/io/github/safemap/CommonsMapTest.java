package io.github.safemap;

import org.apache.commons.collections4.map.AbstractMapTest;
import org.junit.jupiter.api.AfterEach;

/**
 * The suite of Apache Commons Collections for maps and their views. The overridden methods tell it what a map
 * supports.
 */
class CommonsMapTest<K, V> extends AbstractMapTest<SafeMap<K, V>, K, V> {
    private final SafeMaps maps = new SafeMaps();

    @Override
    public SafeMap<K, V> makeObject() {
        return maps.create();
    }

    @AfterEach
    void checkMaps() {
        maps.checkAll();
    }

    @Override
    public boolean isAllowNullKey() {
        return false;
    }

    @Override
    public boolean isAllowNullValueGet() {
        return false;
    }

    @Override
    public boolean isAllowNullValuePut() {
        return false;
    }

    @Override
    public boolean isFailFastExpected() {
        return false;
    }

    /** The suite has serialized streams of its own maps only. */
    @Override
    protected boolean skipSerializedCanonicalTests() {
        return true;
    }
}
