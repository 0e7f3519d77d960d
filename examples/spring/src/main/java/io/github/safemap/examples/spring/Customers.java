package io.github.safemap.examples.spring;

import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapStats;
import java.util.Locale;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The program: many customers come and leave again. */
public final class Customers {
    private static final int RUSH = 200_000;
    private static final int SURVIVORS = 1_000;

    private Customers() {}

    public static void main(String[] args) {
        try (var context = new AnnotationConfigApplicationContext(CacheConfiguration.class)) {
            Profiles profiles = context.getBean(Profiles.class);
            SafeMap<?, ?> store = store(context.getBean(CacheManager.class), "profiles");
            print("before", store);
            for (int i = 0; i < RUSH; i++) {
                profiles.find("customer " + i); // @Cacheable
            }
            print("after the rush", store);
            for (int i = SURVIVORS; i < RUSH; i++) {
                profiles.changed("customer " + i); // @CacheEvict
            }
            print("after the evictions", store);
            profiles.allChanged(); // @CacheEvict(allEntries = true)
            print("after the eviction of all", store);
        }
    }

    /** Returns the map behind a cache. */
    static SafeMap<?, ?> store(CacheManager manager, String name) {
        Cache cache = manager.getCache(name);
        if (cache != null && cache.getNativeCache() instanceof SafeMap<?, ?> store) {
            return store;
        }
        throw new IllegalArgumentException("no cache in a SafeMap: " + name);
    }

    private static void print(String when, SafeMap<?, ?> store) {
        SafeMapStats stats = store.stats();
        System.out.printf(
                Locale.ROOT,
                "%-26s %,8d profiles, tables of %,10d bytes, %d merges of shards%n",
                when + ":",
                stats.entries(),
                stats.tableBytes(),
                stats.merges());
    }
}
