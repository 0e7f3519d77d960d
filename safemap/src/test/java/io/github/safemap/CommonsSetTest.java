package io.github.safemap;

import java.util.Set;
import org.apache.commons.collections4.set.AbstractSetTest;

/** The suite of Apache Commons Collections for sets, on {@link SafeMap#newKeySet}. */
class CommonsSetTest<E> extends AbstractSetTest<E> {
    @Override
    public Set<E> makeObject() {
        return SafeMap.newKeySet();
    }

    @Override
    public boolean isNullSupported() {
        return false;
    }

    @Override
    public boolean isFailFastSupported() {
        return false;
    }

    /** The suite has serialized streams of its own sets only. */
    @Override
    protected boolean skipSerializedCanonicalTests() {
        return true;
    }
}
