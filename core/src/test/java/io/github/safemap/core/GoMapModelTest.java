package io.github.safemap.core;

import io.github.safemap.core.testing.Choices;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.MapModelTest;
import io.github.safemap.core.testing.TestedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link GoMap} beside {@code HashMap}, with and without a size hint. */
class GoMapModelTest extends MapModelTest {
    @Override
    protected TestedMap newMap(Choices choices) {
        return TestedGoMap.create(choices);
    }

    /** The broken twins: mistakes in the move of a bucket. */
    enum BrokenMove {
        LOSES_THE_BUCKET {
            @Override
            void move(GoTable table, int index) {
                table.old()[index] = null;
                table.tryEvacuate(index);
            }
        },
        LOSES_ONE_ENTRY {
            @Override
            void move(GoTable table, int index) {
                GoBucket main = table.old()[index];
                if (main != null && main.key(0) != null) {
                    main.remove(main, 0);
                }
                table.tryEvacuate(index);
            }
        },
        LEAVES_THE_BUCKET {
            @Override
            void move(GoTable table, int index) {
                GoBucket[] old = table.old();
                GoBucket main = old[index];
                table.tryEvacuate(index);
                old[index] = main;
            }
        },
        /** The growth never ends. */
        DOES_NOT_COUNT {
            @Override
            void move(GoTable table, int index) {
                GoBucket main = table.old()[index];
                if (main == null) {
                    table.old()[index] = GoTable.MOVED;
                }
            }
        };

        abstract void move(GoTable table, int index);
    }

    @ParameterizedTest
    @EnumSource
    void historyNoticesBrokenMoves(BrokenMove broken) {
        assertNoticed(new TestedGoMap(new GoMap<Key, Integer>()) {
            @Override
            void moveBucket(int index) {
                broken.move(table(), index);
            }
        });
    }
}
