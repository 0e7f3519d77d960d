package io.github.safemap.examples.spring;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;

/** A service whose answers are worth keeping. */
class Profiles {
    private final AtomicInteger questions = new AtomicInteger();

    /** Looks a customer up: in the cache first, and then in what would be a database. */
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
