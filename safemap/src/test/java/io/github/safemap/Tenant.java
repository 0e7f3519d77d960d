package io.github.safemap;

import io.github.safemap.core.GoMap;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A program in which a tenant uses maps and ends. The tenant is a thread with its own class loader, which also
 * has the map's classes, and with a value that threads inherit. Nothing of the tenant may remain. With an
 * argument the tenant leaves a thread behind. The program's last line is {@code ok}.
 */
final class Tenant {
    private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();

    /** After this number of collections, a remaining object counts as reachable. */
    private static final int COLLECTIONS = 40;

    private static final long PAUSE_NANOS = 20_000_000;

    private Tenant() {}

    public static void main(String[] arguments) throws Exception {
        Set<Thread> before = threads();
        List<WeakReference<Object>> watched = new ArrayList<>();
        live(watched, arguments.length > 0);
        for (int i = 0; i < COLLECTIONS && watched.stream().anyMatch(each -> each.get() != null); i++) {
            System.gc();
            LockSupport.parkNanos(PAUSE_NANOS); // the collector decides when it clears references
        }
        Set<Thread> left = threads();
        left.removeAll(before);
        boolean ok = left.isEmpty();
        if (watched.get(0).get() != null) {
            System.out.println("the class loader is still there");
            ok = false;
        }
        if (watched.get(1).get() != null) {
            System.out.println("the inherited value is still there");
            ok = false;
        }
        System.out.println("threads left: " + left.stream().map(Thread::getName).toList());
        System.out.println(ok ? "ok" : "failed");
        System.exit(0);
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    private static void live(List<WeakReference<Object>> watched, boolean leavesAThread) throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        Thread tenant = new Thread(() -> {
            try {
                ClassLoader loader = newLoader();
                Object session = new byte[1_000];
                watched.add(new WeakReference<>(loader));
                watched.add(new WeakReference<>(session));
                Thread.currentThread().setContextClassLoader(loader);
                INHERITED.set(session);
                use(loader);
                if (leavesAThread) {
                    leaveAThread();
                }
            } catch (Throwable e) {
                thrown.add(e);
            }
        });
        tenant.start();
        tenant.join();
        if (!thrown.isEmpty()) {
            throw new AssertionError(thrown.get(0));
        }
    }

    private static void leaveAThread() {
        Thread left = new Thread(
                () -> {
                    while (true) {
                        LockSupport.park();
                    }
                },
                "left");
        left.setDaemon(true);
        left.start();
    }

    /** Returns a loader of the map's classes that shares none of them with this program. */
    private static ClassLoader newLoader() {
        URL[] places = {
            SafeMap.class.getProtectionDomain().getCodeSource().getLocation(),
            GoMap.class.getProtectionDomain().getCodeSource().getLocation()
        };
        return new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
    }

    @SuppressWarnings("unchecked")
    private static void use(ClassLoader loader) throws Exception {
        Class<?> type = loader.loadClass(SafeMap.class.getName());
        if (type == SafeMap.class) {
            throw new AssertionError("not a class of the tenant's own");
        }
        Map<Object, Object> map = (Map<Object, Object>) type.getConstructor().newInstance();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20_000; i++) {
                map.put(i, i);
            }
            contend(map);
            map.keySet().removeIf(key -> key.hashCode() > 10);
            type.getMethod("trim").invoke(map);
            type.getMethod("snapshot").invoke(map);
            map.clear();
        }
    }

    /** The tenant's threads wait for a key, and for shards. */
    private static void contend(Map<Object, Object> map) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            threads.add(new Thread(() -> {
                running.countDown();
                for (int i = 0; i < 5_000; i++) {
                    map.merge("sum", 1, (a, b) -> (Integer) a + (Integer) b);
                    map.put(i % 10, i);
                }
            }));
        }
        map.compute("sum", (key, old) -> {
            threads.forEach(Thread::start);
            Task.await(running);
            return 0;
        });
        for (Thread thread : threads) {
            thread.join();
        }
        if (!map.get("sum").equals(20_000)) {
            throw new AssertionError("sum " + map.get("sum"));
        }
    }
}
