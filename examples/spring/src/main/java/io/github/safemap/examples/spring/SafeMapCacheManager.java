package io.github.safemap.examples.spring;

import io.github.safemap.SafeMap;
import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

/**
 * Spring's manager of caches in maps, with a {@link SafeMap} for each. Evicted entries leave no table behind. A
 * load for {@code @Cacheable(sync = true)} reserves only its key.
 *
 * <p>A null result is stored as Spring's {@code NullValue} object, unless {@link #setAllowNullValues} forbids
 * it. So the map never gets a null.
 */
public final class SafeMapCacheManager extends ConcurrentMapCacheManager {
    @Override
    protected Cache createConcurrentMapCache(String name) {
        if (isStoreByValue()) {
            throw new UnsupportedOperationException("storeByValue: its serializer is private to the superclass");
        }
        return new ConcurrentMapCache(name, new SafeMap<>(), isAllowNullValues());
    }
}
