package io.github.safemap;

import io.github.safemap.core.engine.ShardPolicy;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;

/**
 * What a {@link SafeMap} is in a stream: its settings, then each key followed by its value, then null.
 *
 * <p>Nothing tells of shards as they are, or of hashes, so any version of the engine can read it. There is no
 * count, so what a stream says of its length makes nobody allocate: a map that is read grows with its entries.
 * The number of shards that was asked for does, so the stream's filter, if there is one, is asked about that.
 * {@code expectedSize} is left out for the same reason.
 */
final class SerializedForm {
    private static final String SHARDS = "shards";
    private static final String SHRINK_THRESHOLD = "shrinkThreshold";
    private static final String GROW_ONLY = "growOnly";

    private SerializedForm() {}

    static ObjectStreamField[] fields() {
        return new ObjectStreamField[] {
            new ObjectStreamField(SHARDS, int.class),
            new ObjectStreamField(SHRINK_THRESHOLD, int.class),
            new ObjectStreamField(GROW_ONLY, boolean.class)
        };
    }

    /** Writes the settings, and the entries as an iteration finds them. */
    static <K, V> void write(ObjectOutputStream out, SafeMap<K, V> map, ShardPolicy policy) throws IOException {
        ObjectOutputStream.PutField fields = out.putFields();
        fields.put(SHARDS, policy.shards());
        fields.put(SHRINK_THRESHOLD, policy.shrinkThreshold());
        fields.put(GROW_ONLY, policy.growOnly());
        out.writeFields();
        EntryWalk<K, V> walk = new EntryWalk<>(map);
        while (walk.advance()) {
            out.writeObject(walk.key());
            out.writeObject(walk.value());
        }
        out.writeObject(null);
    }

    /** Reads the settings. */
    static ShardPolicy readPolicy(ObjectInputStream in) throws IOException, ClassNotFoundException {
        ObjectInputStream.GetField fields = in.readFields();
        SafeMapBuilder builder = SafeMap.builder();
        int shards = fields.get(SHARDS, SafeMapBuilder.DEFAULT_SHARDS);
        try {
            builder.shards(shards);
            builder.shrinkThreshold(fields.get(SHRINK_THRESHOLD, SafeMapBuilder.DEFAULT_SHRINK_THRESHOLD));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        askFilter(in, shards);
        if (fields.get(GROW_ONLY, false)) {
            builder.growOnly();
        }
        return builder.policy();
    }

    /** Lets a filter of the stream refuse so many shards, as it may refuse an array of that length. */
    private static void askFilter(ObjectInputStream in, int shards) throws InvalidClassException {
        ObjectInputFilter filter = in.getObjectInputFilter();
        if (filter != null && filter.checkInput(new ArrayOf(shards)) == ObjectInputFilter.Status.REJECTED) {
            throw new InvalidClassException(SafeMap.class.getName(), "filter status: REJECTED, shards: " + shards);
        }
    }

    /** Tells a filter of an array that is about to be made. What else it may ask is not known here. */
    private record ArrayOf(long arrayLength) implements ObjectInputFilter.FilterInfo {
        @Override
        public Class<?> serialClass() {
            return SafeMap[].class; // a filter that lets in this stream lets in this class
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 0;
        }

        @Override
        public long streamBytes() {
            return 0;
        }
    }

    /** Reads the entries into an empty map. */
    @SuppressWarnings("unchecked") // as with any collection that is read, the reader finds out
    static <K, V> void readEntries(ObjectInputStream in, SafeMap<K, V> map) throws IOException, ClassNotFoundException {
        for (K key; (key = (K) in.readObject()) != null; ) {
            V value = (V) in.readObject();
            if (value == null) {
                throw invalid("null value");
            }
            if (map.putIfAbsent(key, value) != null) {
                throw invalid("a key comes twice");
            }
        }
    }

    private static InvalidObjectException invalid(String problem) {
        return new InvalidObjectException("SafeMap: " + problem);
    }
}
