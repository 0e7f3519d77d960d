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
 * The form of a {@link SafeMap} in a stream: its settings, then each key followed by its value, then null.
 *
 * <p>It has no actual shards and no hashes, so any version of the engine can read it. It has no count of
 * entries, so a false count cannot make the reader allocate: the map grows with the entries that it reads.
 * {@code expectedSize} is left out for the same reason. The requested number of shards does make the reader
 * allocate, so the stream's filter, if there is one, is asked about it.
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

    /** Lets a filter of the stream refuse this number of shards, as it may refuse an array of that length. */
    private static void askFilter(ObjectInputStream in, int shards) throws InvalidClassException {
        ObjectInputFilter filter = in.getObjectInputFilter();
        if (filter != null && filter.checkInput(new ArrayOf(shards)) == ObjectInputFilter.Status.REJECTED) {
            throw new InvalidClassException(SafeMap.class.getName(), "filter status: REJECTED, shards: " + shards);
        }
    }

    /** Tells a filter about an array that will be created. The answers to its other questions are not known here. */
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
    @SuppressWarnings("unchecked") // as with any deserialized collection, the types show when elements are used
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
