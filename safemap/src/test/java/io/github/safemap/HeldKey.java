package io.github.safemap;

import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A key that a function of another thread holds, until the test lets it return. */
final class HeldKey {
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);
    private final Task<Void> holder;

    /**
     * Returns when the function runs.
     *
     * @param end what the function does when it is let go
     */
    <K> HeldKey(SafeMap<K, Integer> map, K key, Computing computing, UnaryOperator<@Nullable Integer> end) {
        holder = Task.start(() -> {
            computing.run(map, key, old -> {
                running.countDown();
                Task.await(finish);
                return end.apply(old);
            });
            return null;
        });
        Task.await(running);
    }

    /** Lets the function return, or throw. */
    void letGo() {
        finish.countDown();
    }

    /** Lets the function return, and waits until its thread has ended; throws what the function threw. */
    void end() throws Exception {
        letGo();
        holder.get();
    }
}
