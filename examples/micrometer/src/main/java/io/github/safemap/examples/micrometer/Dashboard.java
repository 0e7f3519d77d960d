package io.github.safemap.examples.micrometer;

import io.github.safemap.SafeMap;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/** The program. Prints all meters as a scrape would find them, for a full map and after it was emptied. */
public final class Dashboard {
    private static final int RUSH = 200_000;

    private Dashboard() {}

    public static void main(String[] args) {
        MockClock clock = new MockClock(); // so that the program does not wait between two scrapes
        SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        SafeMap<Integer, String> sessions = new SafeMap<>();
        new SafeMapMetrics(sessions, "sessions").bindTo(registry);

        for (int i = 0; i < RUSH; i++) {
            sessions.put(i, "session");
        }
        System.out.println("---- full");
        System.out.println(registry.getMetersAsString());

        clock.add(Duration.ofMinutes(1));
        for (int i = 0; i < RUSH - 10; i++) {
            sessions.remove(i);
        }
        System.out.println("---- ten left");
        System.out.println(registry.getMetersAsString());
    }
}
