package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.GoMap;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A native image must be told what the code looks up by name at run time. This test has the complete list;
 * {@code docs/concurrent-hash-map.md} says what happens to each item in an image.
 */
class NativeImageTest {
    /** The image builder resolves these, because class, name and type are constants. */
    private static final Set<String> VAR_HANDLES =
            Set.of("Control", "EntryCount", "CollisionTree", "Directory", "Reservation", "WriteFlag");

    @Test
    void nothingIsLookedUpByNameButThis() throws IOException {
        ReachedCode code = new ReachedCode(SafeMap.class, GoMap.class);
        Set<String> lookups = code.lookups();
        Set<String> others = lookups.stream()
                .filter(use -> !use.contains(": java/lang/invoke/MethodHandles"))
                .filter(use -> !use.contains(": java/io/Object"))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "KeyTree: java/lang/Class.getGenericInterfaces",
                        "KeyTree: java/lang/reflect/ParameterizedType.getActualTypeArguments",
                        "KeyTree: java/lang/reflect/ParameterizedType.getRawType",
                        "Recorder: java/lang/ModuleLayer.boot (initializer)",
                        "Recorder: java/lang/ModuleLayer.findModule (initializer)",
                        "Recorder: jdk/jfr/FlightRecorder.isInitialized",
                        "DirectoryEvent: jdk/jfr/Event.<init>",
                        "RebuildEvent: jdk/jfr/Event.<init>"),
                others);
    }

    @Test
    void varHandlesAreFoundByConstants() throws IOException {
        Set<String> uses = new ReachedCode(SafeMap.class, GoMap.class)
                .lookups().stream().filter(use -> use.contains("$Lookup.")).collect(Collectors.toSet());
        assertEquals(
                VAR_HANDLES.stream()
                        .map(type -> type + ": java/lang/invoke/MethodHandles$Lookup.findVarHandle"
                                + " (initializer, constants)")
                        .collect(Collectors.toSet()),
                uses);
    }

    @Test
    void serializationIsOfSafeMapAndItsViews() throws IOException {
        Set<String> types = new ReachedCode(SafeMap.class, GoMap.class)
                .lookups().stream()
                        .filter(use -> use.contains(": java/io/Object"))
                        .map(use -> use.substring(0, use.indexOf(':')))
                        .collect(Collectors.toSet());
        assertEquals(Set.of("MapView", "SerializedForm"), types);
    }

    @Test
    void theEngineIsReachedAndNothingBeyondTheJdk() throws IOException {
        Set<String> classes = new ReachedCode(SafeMap.class, GoMap.class).classes();
        assertTrue(classes.contains("io/github/safemap/core/engine/Shard"), classes::toString);
        assertTrue(classes.stream().noneMatch(name -> name.contains("Unsafe")), classes::toString);
    }

    @Test
    void whatIsLookedUpIsFound() throws IOException {
        Set<String> lookups = new ReachedCode(Reflecting.class).lookups();
        for (String use :
                Set.of("Class.forName", "Class.getDeclaredField", "Lookup.findVarHandle", "System.loadLibrary")) {
            assertTrue(lookups.stream().anyMatch(found -> found.endsWith(use)), () -> use + " in " + lookups);
        }
    }

    /** The twin: the test must find these. */
    private static final class Reflecting {
        private static final Function<String, Object> READER = name -> {
            try {
                Class<?> type = Class.forName(name);
                MethodHandles.lookup().findVarHandle(type, name, int.class);
                return type.getDeclaredField(name);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(e);
            }
        };

        static void load() {
            System.loadLibrary("" + READER);
        }
    }
}
