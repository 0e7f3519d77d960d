package io.github.safemap.core.testing;

/**
 * How well the hash codes of a test's {@link Key}s are spread. The suites run once for each kind, like Go's
 * {@code hashtriemap_test.go} with its good, bad and truncated hashes.
 */
public enum HashKind {
    /** Different for every id, spread over all 32 bits. */
    GOOD {
        @Override
        int hash(int id) {
            return id * 0x9E3779B9;
        }
    },
    /** The same for every id: one chain has all keys. */
    CONSTANT {
        @Override
        int hash(int id) {
            return 42;
        }
    },
    /** Four hash codes in all: a few long chains among empty buckets. */
    TRUNCATED {
        @Override
        int hash(int id) {
            return id & 3;
        }
    },
    /** The same for every id, with comparable keys: a map may sort them. */
    SORTABLE {
        @Override
        int hash(int id) {
            return 42;
        }

        @Override
        public Key key(int id) {
            return Key.sortable(id, hash(id));
        }
    };

    abstract int hash(int id);

    /** A new key object. Keys of one kind are equal if their ids are. */
    public Key key(int id) {
        return new Key(id, hash(id));
    }
}
