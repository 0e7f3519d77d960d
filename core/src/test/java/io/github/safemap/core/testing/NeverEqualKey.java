package io.github.safemap.core.testing;

/**
 * A key that equals nothing, not even itself: what a NaN is to a Go map. A map that looks at
 * identity before {@code equals}, as {@code HashMap} does, still finds the very object.
 */
public final class NeverEqualKey {
    private final int hash;

    /** A key of the given hash code. */
    public NeverEqualKey(int hash) {
        this.hash = hash;
    }

    @Override
    public boolean equals(Object other) {
        return false;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
