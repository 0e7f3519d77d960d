package io.github.safemap.core;

import io.github.safemap.core.engine.BrokenMove;
import io.github.safemap.core.engine.TableSteps;
import io.github.safemap.core.testing.Choices;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.MapModelTest;
import io.github.safemap.core.testing.TestedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link GoMap} against {@code HashMap}, with and without a size hint. */
class GoMapModelTest extends MapModelTest {
    @Override
    protected TestedMap newMap(Choices choices) {
        return TestedGoMap.create(choices);
    }

    /** The engine's broken twins: moves of a bucket that go wrong. */
    @ParameterizedTest
    @EnumSource
    void historyNoticesBrokenMoves(BrokenMove broken) {
        assertNoticed(new TestedGoMap(new GoMap<Key, Integer>()) {
            @Override
            public void moveBucket(Choices choices) {
                TableSteps.pickMoving(table(), choices).ifPresent(index -> broken.move(table(), index));
            }
        });
    }
}
