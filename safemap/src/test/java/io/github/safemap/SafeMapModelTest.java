package io.github.safemap;

import io.github.safemap.core.testing.Choices;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.MapModelTest;
import io.github.safemap.core.testing.TestedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link SafeMap} beside {@code HashMap}, in each of the modes that make races likely. */
class SafeMapModelTest extends MapModelTest {
    @Override
    protected TestedMap newMap(Choices choices) {
        return TestedSafeMap.create(choices);
    }

    /** The broken twins: maps that are right until their shards have been rebuilt. */
    @ParameterizedTest
    @EnumSource
    void historyNoticesFaultsThatComeWithMoves(MovedMap.Fault fault) {
        SafeMap<Key, Integer> map = SafeMap.builder().shards(1).build();
        assertNoticed(new TestedSafeMap(map) {
            private final MovedMap<Key, Integer> faulty = new MovedMap<>(map, fault);

            @Override
            public MovedMap<Key, Integer> map() {
                return faulty;
            }
        });
    }
}
