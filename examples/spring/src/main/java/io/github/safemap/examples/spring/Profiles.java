package io.github.safemap.examples.spring;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;

/** A service whose answers are worth caching. */
class Profiles {
    private final AtomicInteger questions = new AtomicInteger();

    /** Looks up a customer: first in the cache, and then in the database of a real service. */
    @Cacheable("profiles")
    public @Nullable String find(String customer) {
        questions.incrementAndGet();
        return customer.startsWith("customer ") ? "profile of " + customer : null;
    }

    @CacheEvict("profiles")
    public void changed(String customer) {}

    @CacheEvict(cacheNames = "profiles", allEntries = true)
    public void allChanged() {}

    /** How often the database was asked. */
    public int questions() {
        return questions.get();
    }
}
