package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first operations on a map load no classes, because creating the first map of a JVM has loaded them. */
class SafeMapFirstUseTest {
    @TempDir
    Path directory;

    @Test
    void theFirstOperationsLoadNoClass() throws Exception {
        assertEquals("0", new Jvm(directory).run(FirstUse.class));
    }

    /** Prints the number of classes that the operations of the first map load, without the classes of its keys. */
    static final class FirstUse {
        private static final int ENTRIES = 2_000;

        private FirstUse() {}

        public static void main(String[] arguments) {
            ClassLoadingMXBean loading = ManagementFactory.getClassLoadingMXBean();
            Integer[] keys = new Integer[ENTRIES];
            for (int i = 0; i < ENTRIES; i++) {
                keys[i] = i;
            }
            SafeMap<Integer, Integer> map = new SafeMap<>();
            long before = loading.getTotalLoadedClassCount();
            for (Integer key : keys) {
                map.put(key, key);
            }
            for (Integer key : keys) {
                map.get(key);
                map.remove(key);
            }
            System.out.println(loading.getTotalLoadedClassCount() - before);
        }
    }
}
