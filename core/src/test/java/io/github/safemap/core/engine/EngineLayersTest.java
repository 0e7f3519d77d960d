package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.References;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each class of the engine uses only classes of its own layer and below. So no cycle goes through two layers. */
class EngineLayersTest {
    private static final String CORE = "io.github.safemap.core.";
    private static final String ENGINE = CORE + "engine.";

    /** The layers, from the bottom. */
    private static final List<Set<String>> LAYERS = List.of(
            Set.of("TopHash", "HashSeed", "StackRoom", "Sizing", "ShardPolicy"),
            Set.of("Control", "EntryCount", "KeyTree", "CollisionTree", "Reservation", "Marker"),
            Set.of("Shard"),
            Set.of(
                    "Directory",
                    "RebuildKind",
                    "RebuildCounts",
                    "Rebuild",
                    "RebuildEvent",
                    "DirectoryEvent",
                    "Recorder"),
            Set.of("Resizer"),
            Set.of("KeyWriter", "Walk", "DirectoryStats"),
            Set.of("Rehearsal"));

    /** Classes that use no other class of the engine and are used by none. */
    private static final Set<String> ALONE = Set.of("WriteThroughEntry");

    /** The classes of the engine that Go's map uses. */
    private static final Set<String> OF_GO_MAP = Set.of("TopHash", "HashSeed", "WriteThroughEntry");

    private static final Map<String, Set<String>> REFERENCES =
            References.of(Path.of(System.getProperty("basedir", "."), "target", "classes"), CORE);

    @Test
    void eachClassUsesOnlyItsLayerAndThoseBelow() {
        assertEquals(List.of(), upwards(within(ENGINE)));
    }

    @Test
    void aClassThatUsesALayerAboveIsFound() {
        Map<String, Set<String>> references = within(ENGINE);
        references.get("Shard").add("Directory");
        assertEquals(List.of("Shard -> Directory"), upwards(references));
    }

    private static List<String> upwards(Map<String, Set<String>> references) {
        List<String> upwards = new ArrayList<>();
        references.forEach((name, known) -> known.forEach(other -> {
            if (layerOf(other) > layerOf(name)) {
                upwards.add(name + " -> " + other);
            }
        }));
        return upwards;
    }

    @Test
    void eachClassHasItsLayer() {
        Set<String> listed = new TreeSet<>(ALONE);
        listed.add("package-info");
        LAYERS.forEach(listed::addAll);
        assertEquals(listed, new TreeSet<>(within(ENGINE).keySet()));
    }

    @Test
    void classesListedAsAloneUseAndServeNoOther() {
        within(ENGINE).forEach((name, known) -> {
            assertTrue(!ALONE.contains(name) || known.isEmpty(), () -> name + " knows " + known);
            assertTrue(known.stream().noneMatch(ALONE::contains), () -> name + " knows " + known);
        });
    }

    @Test
    void theEngineDoesNotUseGoMap() {
        REFERENCES.forEach((name, known) -> assertFalse(
                name.startsWith(ENGINE) && known.stream().anyMatch(other -> !other.startsWith(ENGINE)),
                () -> name + " knows " + known));
    }

    @Test
    void goMapUsesOnlyTheSharedClassesOfTheEngine() {
        Set<String> known = new HashSet<>();
        REFERENCES.forEach((name, others) -> {
            if (!name.startsWith(ENGINE)) {
                others.stream()
                        .filter(other -> other.startsWith(ENGINE))
                        .forEach(other -> known.add(other.substring(ENGINE.length())));
            }
        });
        assertEquals(OF_GO_MAP, known);
    }

    /** If no reference were found, the tests above would show nothing. */
    @Test
    void referencesAreSeen() {
        Map<String, Set<String>> engine = within(ENGINE);
        assertTrue(engine.get("KeyWriter").containsAll(Set.of("Directory", "Shard", "Resizer", "Reservation")));
        assertTrue(engine.get("CollisionTree").contains("Marker"));
        assertTrue(layerOf("Walk") > layerOf("Directory"));
    }

    /** Returns the references between classes of one package, by simple names. */
    private static Map<String, Set<String>> within(String prefix) {
        Map<String, Set<String>> within = new TreeMap<>();
        REFERENCES.forEach((name, known) -> {
            if (name.startsWith(prefix)) {
                Set<String> others = new TreeSet<>();
                known.stream()
                        .filter(other -> other.startsWith(prefix))
                        .forEach(other -> others.add(other.substring(prefix.length())));
                within.put(name.substring(prefix.length()), others);
            }
        });
        return within;
    }

    private static int layerOf(String name) {
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            if (LAYERS.get(layer).contains(name)) {
                return layer;
            }
        }
        return -1;
    }

    /**
     * The thread whose call makes the compiler take a method loads the classes of its signature. An event class takes a
     * millisecond.
     */
    @Test
    void noSignatureOfARebuildNamesAnEvent() {
        assertEquals(List.of(), namingEvents(List.of(Recorder.class, Rebuild.class, Resizer.class, Directory.class)));
        assertEquals(List.of("event"), namingEvents(List.of(Naming.class)));
    }

    private static final class Naming {
        @Nullable RebuildEvent event() {
            return null;
        }
    }

    private static List<String> namingEvents(List<Class<?>> classes) {
        List<String> names = new ArrayList<>();
        for (Class<?> each : classes) {
            for (Method method : each.getDeclaredMethods()) {
                List<Class<?>> types = new ArrayList<>(List.of(method.getParameterTypes()));
                types.add(method.getReturnType());
                if (types.stream().anyMatch(Event.class::isAssignableFrom)) {
                    names.add(method.getName());
                }
            }
        }
        return names;
    }
}
