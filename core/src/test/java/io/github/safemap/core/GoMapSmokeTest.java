package io.github.safemap.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoMapSmokeTest {
    @Test
    void behavesAsHashMap() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            GoMap<Integer, Integer> map = new GoMap<>();
            Map<Integer, Integer> model = new HashMap<>();
            int range = 1 + random.nextInt(2000);
            for (int i = 0; i < 5_000; i++) {
                int key = random.nextInt(range);
                switch (random.nextInt(3)) {
                    case 0 -> assertEquals(model.remove(key), map.remove(key));
                    case 1 -> assertEquals(model.get(key), map.get(key));
                    default -> assertEquals(model.put(key, i), map.put(key, i));
                }
                if (i % 100 == 0) {
                    GoMapInvariants.check(map);
                    Set<Integer> keys = new HashSet<>();
                    for (Integer k : map.keySet()) {
                        keys.add(k);
                    }
                    assertEquals(model.keySet(), keys);
                }
            }
            assertEquals(model, map);
        }
    }
}
