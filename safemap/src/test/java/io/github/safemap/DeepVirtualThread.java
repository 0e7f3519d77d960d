package io.github.safemap;

import java.util.function.IntConsumer;

/**
 * A program for JDK 21 and newer, with G1. A virtual thread whose stack is too large to be copied to the heap
 * cannot park. It tries to, in the queue of a reserved key. Others must get the key nevertheless. The last line
 * is {@code ok}.
 */
final class DeepVirtualThread {
    private static final String KEY = "key";

    private DeepVirtualThread() {}

    public static void main(String[] arguments) throws Exception {
        SafeMap<String, Integer> map = new SafeMap<>();
        map.put(KEY, 0);
        ReservedKey held = new ReservedKey(map, KEY, ComputeMethod.COMPUTE, old -> 1);
        Task<Integer> waiter = Task.start(() -> map.merge(KEY, 1, Integer::sum)).awaitParked();
        int depth = Task.start(DeepVirtualThread::deepest, true).join() * 4 / 5;
        Throwable failure = Task.start(() -> failureOf(depth, map), true).join();
        if (!(failure instanceof VirtualMachineError)) {
            throw new AssertionError("it could park at depth " + depth, failure);
        }
        held.end();
        waiter.join();
        Task.start(() -> map.merge(KEY, 1, Integer::sum)).join();
        if (map.get(KEY) != 3) {
            throw new AssertionError(map);
        }
        SafeMapInvariants.check(map);
        System.out.println("ok");
    }

    private static int deepest() {
        int[] deepest = {0};
        try {
            dive(Integer.MAX_VALUE, depth -> {}, deepest);
        } catch (StackOverflowError e) {
            // that deep
        }
        return deepest[0];
    }

    private static Throwable failureOf(int depth, SafeMap<String, Integer> map) {
        Throwable[] failure = {null};
        dive(
                depth,
                end -> {
                    try {
                        map.merge(KEY, 1, Integer::sum);
                    } catch (Throwable e) {
                        failure[0] = e;
                    }
                },
                new int[1]);
        return failure[0];
    }

    /** Calls an action at this depth. */
    private static void dive(int depth, IntConsumer action, int[] reached) {
        reached[0]++;
        if (depth > 0) {
            dive(depth - 1, action, reached);
        } else {
            action.accept(depth);
        }
    }
}
