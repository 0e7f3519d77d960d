package io.github.safemap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads this project's classes again, with calls of {@link FaultPoint} in the code of the engine and the map.
 * They come before each allocation, each call into the JDK that may allocate, and each access to a shared
 * field, also by an atomic class or the lock of a reservation; and first in what is due after a write. So the
 * shipped code has no hook and pays nothing, and a new allocation cannot be forgotten. The loader can also make
 * a {@link Mistake}.
 */
final class FaultLoader extends ClassLoader {
    private static final String OURS = "io.github.safemap.";
    private static final String POINT = "io/github/safemap/FaultPoint";
    private static final String RESERVATION = "io/github/safemap/core/engine/Reservation";

    /** Queues a thread, which needs memory. */
    private static final String ACQUIRE = "acquire";

    /** Methods of other classes that the engine calls and that may need memory. */
    private static final Set<String> ALLOCATING =
            Set.of("copyOf", "clone", "increment", "add", "addAll", "put", "merge", ACQUIRE);

    /** The methods that do what a completed write has made due. Each may be the first that lacks stack. */
    private static final Set<String> TIDYING = Set.of(
            "io/github/safemap/core/engine/KeyWriter.tidy",
            "io/github/safemap/core/engine/Resizer.relieve",
            "io/github/safemap/core/engine/Resizer.shrink");

    /** Inherited methods of {@link #RESERVATION}. They access the state and the queue of its lock. */
    private static final Set<String> OF_THE_LOCK =
            Set.of(ACQUIRE, "release", "hasQueuedThreads", "hasQueuedPredecessors", "compareAndSetState", "setState");

    private final @Nullable Mistake mistake;

    FaultLoader() {
        this(null);
    }

    /** Makes a mistake too; none if null. */
    FaultLoader(@Nullable Mistake mistake) {
        super(FaultLoader.class.getClassLoader());
        this.mistake = mistake;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || name.startsWith(FaultPoint.class.getName())) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        URL url = getParent().getResource(name.replace('.', '/') + ".class");
        if (url == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = url.openStream()) {
            byte[] bytes = in.readAllBytes();
            boolean test =
                    url.getPath().contains("test-classes") || url.getPath().contains("-tests.jar");
            byte[] changed = test ? bytes : withFaultPoints(bytes);
            return defineClass(name, changed, 0, changed.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] withFaultPoints(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String generic, String[] thrown) {
                        MethodVisitor next = super.visitMethod(access, name, type, generic, thrown);
                        if (mistake != null) {
                            next = mistake.in(reader.getClassName(), name, next);
                        }
                        boolean tidies = TIDYING.contains(reader.getClassName() + '.' + name);
                        return name.equals("<clinit>") ? next : new Points(next, tidies);
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Points extends MethodVisitor {
        /** Objects that have been created but not initialized yet. */
        private int raw;

        private final boolean tidies;

        Points(MethodVisitor next, boolean tidies) {
            super(Opcodes.ASM9, next);
            this.tidies = tidies;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (tidies) {
                point("tidying");
            }
        }

        private void point(String method) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, POINT, method, "()V", false);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW) {
                raw++;
            } else if (opcode == Opcodes.ANEWARRAY) {
                point("allocation");
            }
            super.visitTypeInsn(opcode, type);
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY) {
                point("allocation");
            }
            super.visitIntInsn(opcode, operand);
        }

        @Override
        public void visitInvokeDynamicInsn(
                String name, String type, org.objectweb.asm.Handle bootstrap, Object... arguments) {
            point("allocation");
            super.visitInvokeDynamicInsn(name, type, bootstrap, arguments);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
            if (name.equals("<init>")) {
                if (raw > 0) { // and it is not a call of super or this
                    raw--;
                    // not before NEW itself, because a stack map may refer to its position
                    point("allocation");
                }
            } else {
                boolean ofTheLock = owner.equals(RESERVATION) && OF_THE_LOCK.contains(name);
                boolean foreign = ofTheLock || !owner.startsWith("io/github/safemap/");
                if (ofTheLock
                        || owner.equals("java/lang/invoke/VarHandle")
                        || owner.startsWith("java/util/concurrent/atomic/")) {
                    point("access");
                }
                if (foreign && ALLOCATING.contains(name)) {
                    point("allocation");
                }
            }
            super.visitMethodInsn(opcode, owner, name, type, isInterface);
        }
    }
}
