package io.github.safemap.core.testing;

/**
 * A key that equals nothing, not even itself, like a NaN in a Go map. A map that checks identity before {@code
 * equals}, as {@code HashMap} does, still finds the same object.
 */
public final class NeverEqualKey {
    private final int hash;

    /** A key with the given hash code. */
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
