package io.github.safemap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.ShardPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OptionalDataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The serialized form, as written by the map and as written by an attacker. */
class SafeMapSerializationTest {
    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private static byte[] write(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    @SuppressWarnings("unchecked")
    private <T> T copy(T object) throws IOException, ClassNotFoundException {
        T copy = (T) read(write(object));
        if (copy instanceof SafeMap<?, ?> map) {
            maps.check(map);
        }
        return copy;
    }

    @Test
    void aMapComesBackWithItsEntries() throws Exception {
        SafeMap<String, Object> map = maps.create();
        assertEquals(map, copy(map));
        for (int i = 0; i < 3_000; i++) {
            map.put("key " + i, List.of(i));
        }
        assertEquals(map, copy(map));
        map.keySet().removeIf(key -> !key.endsWith("7"));
        assertEquals(map, copy(map));
    }

    @Test
    void aMapComesBackWithItsSettings() throws Exception {
        SafeMap<Integer, Integer> map = maps.create(
                SafeMap.builder().shards(64).shrinkThreshold(7).growOnly().expectedSize(9_999));
        ShardPolicy policy = copy(map).directory.policy();
        assertEquals(ShardPolicy.of(64, 0, true, 7), policy, "but for the expected size");
        map = maps.create();
        assertEquals(ShardPolicy.of(1, 0, false, 32), copy(map).directory.policy());
    }

    /** The requested number, which the builder rounds up. It is not the number that the map needs or has by now. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void theRequestedNumberOfShardsIsWritten(int asked) throws Exception {
        SafeMap<Integer, Integer> map =
                maps.create(SafeMap.builder().shards(asked).expectedSize(100_000));
        IntStream.range(0, 5_000).forEach(key -> map.put(key, key));
        map.keySet().removeIf(key -> key > 1);
        SafeMap<Integer, Integer> copy = copy(map);
        assertEquals(map, copy);
        assertEquals(asked == 3 ? 4 : asked, copy.stats().shards());
    }

    @Test
    void theFormHasNothingOfTheLayout() throws Exception {
        SafeMap<Integer, Integer> map = maps.create();
        map.put(1, 2);
        byte[] small = write(map);
        IntStream.range(0, 2_000).forEach(key -> map.put(key, key));
        map.keySet().removeIf(key -> key != 1);
        map.put(1, 2);
        assertEquals(new String(small, ISO_8859_1), new String(write(map), ISO_8859_1));
    }

    /** A value that knows the map it is in. */
    private record Member(Collection<Map<String, Object>> maps) implements Serializable {}

    @Test
    void aMapThatContainsItselfComesBack() throws Exception {
        SafeMap<String, Object> map = maps.create();
        map.put("self", map);
        map.put("member", new Member(new ArrayList<>(List.of(map))));
        SafeMap<String, Object> copy = copy(map);
        assertSame(copy, copy.get("self"));
        assertSame(copy, ((Member) copy.get("member")).maps().iterator().next());
    }

    @Test
    void viewsComeBackAsViewsOfTheirMap() throws Exception {
        SafeMap<String, Integer> map = maps.create();
        map.put("a", 1);
        Object[] copies = copy(new Object[] {map, map.keySet(5), map.values(), map.entrySet()});
        @SuppressWarnings("unchecked")
        SafeMap<String, Integer> other = (SafeMap<String, Integer>) copies[0];
        @SuppressWarnings("unchecked")
        KeySetView<String, Integer> keys = (KeySetView<String, Integer>) copies[1];
        assertSame(other, keys.getMap());
        assertTrue(keys.add("b"));
        assertEquals(Map.of("a", 1, "b", 5), other);
        assertEquals(2, ((Collection<?>) copies[2]).size());
        assertTrue(((Collection<?>) copies[3]).contains(Map.entry("b", 5)));
        KeySetView<String, Boolean> set = copy(SafeMap.newKeySet());
        assertTrue(set.add("x"));
    }

    @Test
    void aValueThatIsNotSerializableIsReported() {
        SafeMap<String, Object> map = maps.create();
        map.put("a", new Object());
        assertThrows(NotSerializableException.class, () -> write(map));
    }

    // Crafted streams

    private static final int MARK = 0x12345678;

    /** The bytes of a map of two keys whose settings are {@link #MARK} and 4,096. */
    private byte[] victim() throws IOException {
        SafeMap<String, String> map =
                maps.create(SafeMap.builder().shards(4_096).shrinkThreshold(MARK));
        map.put("key-1", "val-1");
        map.put("key-2", "val-2");
        return write(map);
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        String text = new String(bytes, ISO_8859_1);
        int at = text.indexOf(from);
        assertTrue(at >= 0, "not in the stream: " + from);
        assertEquals(-1, text.indexOf(from, at + 1), "twice in the stream");
        return text.replace(from, to).getBytes(ISO_8859_1);
    }

    private static String ofInt(int number) {
        return new String(
                new byte[] {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number},
                ISO_8859_1);
    }

    /** Returns a short string as it is in a stream. */
    private static String ofString(String string) {
        return "t\0" + (char) string.length() + string;
    }

    private static final String NULL = "p";

    @Test
    void theStreamBeforeTheChangesIsSound() throws Exception {
        assertEquals(Map.of("key-1", "val-1", "key-2", "val-2"), read(victim()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_537, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aNumberOfShardsOutOfBoundsIsRefused(int shards) throws Exception {
        // the fields come in the order of their names, the flags first
        byte[] bytes = replaced(victim(), ofInt(4_096) + ofInt(MARK), ofInt(shards) + ofInt(MARK));
        String message =
                assertThrows(InvalidObjectException.class, () -> read(bytes)).getMessage();
        assertTrue(message.contains("shards: " + shards), message);
    }

    @Test
    void aNegativeThresholdIsRefused() throws Exception {
        byte[] bytes = replaced(victim(), ofInt(MARK), ofInt(-3));
        String message =
                assertThrows(InvalidObjectException.class, () -> read(bytes)).getMessage();
        assertTrue(message.contains("shrinkThreshold: -3"), message);
    }

    @Test
    void aFieldOfAnotherTypeIsRefused() throws Exception {
        byte[] bytes = replaced(victim(), "I\0\6shards", "F\0\6shards");
        assertThrows(InvalidClassException.class, () -> read(bytes));
    }

    @Test
    void aFieldThatIsMissingHasItsDefault() throws Exception {
        byte[] bytes = replaced(victim(), "I\0\6shards", "I\0\6sharks");
        SafeMap<?, ?> map = (SafeMap<?, ?>) read(bytes);
        assertEquals(1, map.directory.policy().shards());
        assertEquals(2, map.size());
    }

    @Test
    void aKeyThatComesTwiceIsRefused() throws Exception {
        byte[] bytes = replaced(victim(), "key-2", "key-1");
        String message =
                assertThrows(InvalidObjectException.class, () -> read(bytes)).getMessage();
        assertTrue(message.contains("twice"), message);
    }

    @Test
    void aNullValueIsRefused() throws Exception {
        byte[] bytes = replaced(victim(), ofString("val-1"), NULL);
        String message =
                assertThrows(InvalidObjectException.class, () -> read(bytes)).getMessage();
        assertTrue(message.contains("null value"), message);
    }

    @Test
    void aNullKeyEndsTheEntries() throws Exception {
        byte[] bytes = victim();
        String text = new String(bytes, ISO_8859_1);
        String first = text.indexOf("key-1") < text.indexOf("key-2") ? "key-1" : "key-2";
        assertEquals(Map.of(), read(replaced(bytes, ofString(first), NULL)));
    }

    @Test
    void aStreamWithoutEndIsRefused() throws Exception {
        byte[] bytes = victim(); // ..., the second value, null, end of block data
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
        cut[cut.length - 1] = bytes[bytes.length - 1];
        assertThrows(OptionalDataException.class, () -> read(cut));
        assertThrows(IOException.class, () -> read(Arrays.copyOf(bytes, bytes.length - 2)));
    }

    @Test
    void aViewWithoutAMapIsRefused() throws Exception {
        KeySetView<String, Boolean> keys = SafeMap.newKeySet();
        String sound = new String(write(keys), ISO_8859_1);
        int map = sound.indexOf("sr\0\31io.github.safemap.SafeMap");
        assertTrue(map > 0);
        byte[] crafted = (sound.substring(0, map) + NULL + NULL).getBytes(ISO_8859_1);
        assertThrows(InvalidObjectException.class, () -> read(crafted));
    }

    /** In the stream the set extends no class with a map. */
    @Test
    void aViewWithoutItsSuperclassIsRefused() throws Exception {
        String sound = new String(write(SafeMap.newKeySet()), ISO_8859_1);
        int superclass = sound.indexOf("r\0\31io.github.safemap.MapView");
        assertTrue(superclass > 0);
        byte[] crafted = (sound.substring(0, superclass) + NULL + NULL).getBytes(ISO_8859_1);
        String message =
                assertThrows(InvalidObjectException.class, () -> read(crafted)).getMessage();
        assertTrue(message.contains("without a map"), message);
    }

    /** The length of the array of shards comes from the stream. */
    @Test
    void aFilterIsAskedAboutTheShards() throws Exception {
        assertEquals(
                2, readFiltered("maxarray=4096;io.github.safemap.SafeMap;!*").size());
        String message = assertThrows(
                        InvalidClassException.class, () -> readFiltered("maxarray=4095;io.github.safemap.SafeMap;!*"))
                .getMessage();
        assertTrue(message.contains("shards: 4096"), message);
    }

    private Map<?, ?> readFiltered(String filter) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(victim()))) {
            in.setObjectInputFilter(ObjectInputFilter.Config.createFilter(filter));
            return (Map<?, ?>) in.readObject();
        }
    }

    /** As soon as it is read, it uses the map that it refers to. */
    private static final class Eager implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Serializable map;

        Eager(Serializable map) {
            this.map = map;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            assertEquals(Map.of(), map);
        }
    }

    /** Settings are read before any are set. An unknown setting may be an object that has the map. */
    @Test
    void aMapThatIsUsedBeforeItsSettingsAreReadIsEmpty() throws Exception {
        String map = "q\0~\0\2"; // the third handle: after the class, and the name of the type below
        String eager = new String(replaced(write(new Eager("key")), ofString("key"), map), ISO_8859_1).substring(4);
        byte[] bytes = replaced(victim(), "\0\3Z\0\10growOnly", "\0\4Z\0\10growOnly");
        bytes = replaced(bytes, "shrinkThresholdx", "shrinkThresholdL\0\1xt\0\22Ljava/lang/Object;x");
        bytes = replaced(bytes, ofInt(MARK), ofInt(MARK) + eager);
        assertEquals(Map.of("key-1", "val-1", "key-2", "val-2"), read(bytes));
    }

    /** Whatever is wrong, reading throws an exception or gives a sound map. */
    @Test
    void anyByteChangedIsAnExceptionOrAMap() throws Exception {
        byte[] sound = victim();
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = sound.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) random.nextInt();
            String name = "byte " + at + " is " + bytes[at];
            Object result = null;
            try {
                result = read(bytes);
            } catch (IOException | ClassNotFoundException | RuntimeException expected) {
                assertNull(result, name);
            } catch (NoClassDefFoundError wrongName) { // a class name with a slash, or of another case
                assertNull(result, name);
            }
            if (result instanceof SafeMap<?, ?> map) {
                maps.check(map);
            }
        }
    }
}
