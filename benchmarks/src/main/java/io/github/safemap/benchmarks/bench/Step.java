package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One round of a part: all its subjects once, one right after the other.
 *
 * @param part the part
 * @param round the round, from 1 on
 */
record Step(Part part, int round) {
    /** Returns the subjects in the order of this round: each comes first in turn. */
    List<Subject> subjects() {
        List<Subject> order = new ArrayList<>(part.subjects());
        Collections.rotate(order, 1 - round);
        return order;
    }

    @Override
    public String toString() {
        return part.name() + ", round " + round + " of " + part.rounds();
    }
}
