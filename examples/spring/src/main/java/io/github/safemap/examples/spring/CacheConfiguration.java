package io.github.safemap.examples.spring;

import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** All the configuration that an application needs. */
@Configuration(proxyBeanMethods = false)
@EnableCaching
class CacheConfiguration {
    @Bean
    CacheManager cacheManager() {
        return new SafeMapCacheManager();
    }

    @Bean
    Profiles profiles() {
        return new Profiles();
    }
}
