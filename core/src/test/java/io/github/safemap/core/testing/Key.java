package io.github.safemap.core.testing;

import java.io.Serializable;

/**
 * A key with a chosen hash code. Not {@code Comparable}, so no map can sort its way out of a
 * collision.
 *
 * @param id what tells keys of one hash code apart
 * @param hash the hash code
 */
public record Key(int id, int hash) implements Serializable {
    @Override
    public int hashCode() {
        return hash;
    }
}
