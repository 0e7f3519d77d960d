package io.github.safemap;

import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A key that another thread's function reserves until the test lets it return. */
final class ReservedKey {
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);
    private final Task<Void> holder;

    /**
     * Waits until the function runs.
     *
     * @param end what the function does at its end
     */
    <K> ReservedKey(SafeMap<K, Integer> map, K key, ComputeMethod computing, UnaryOperator<@Nullable Integer> end) {
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

    /** Lets the function return, and waits until its thread has ended. If the function threw, throws the same. */
    void end() throws Exception {
        letGo();
        holder.get();
    }
}
