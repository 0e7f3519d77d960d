package io.github.safemap;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * All classes of this project that some classes use directly or indirectly, and what in their code only a
 * running JVM can resolve.
 */
final class ReachedCode {
    private static final List<String> FOLLOWED = List.of("io/github/safemap/");
    private static final int CONSTANT_CLASS = 7;

    /** What looks things up by name, or bypasses the language. */
    private static final List<String> WATCHED = List.of(
            "java/lang/reflect/",
            "java/lang/invoke/MethodHandles",
            "java/lang/invoke/MethodType",
            "java/lang/ClassLoader",
            "java/lang/Module",
            "java/lang/Runtime.load",
            "java/lang/System.load",
            "java/util/ServiceLoader",
            "java/util/ResourceBundle",
            "java/util/concurrent/atomic/AtomicReferenceFieldUpdater.newUpdater",
            "java/util/concurrent/atomic/AtomicIntegerFieldUpdater.newUpdater",
            "java/util/concurrent/atomic/AtomicLongFieldUpdater.newUpdater",
            "java/io/Object",
            "jdk/",
            "sun/");

    /** Methods of {@code Class} that do not look anything up. */
    private static final Set<String> HARMLESS = Set.of("getName", "desiredAssertionStatus");

    private final Set<String> classes = new TreeSet<>();
    private final Set<String> lookups = new TreeSet<>();

    ReachedCode(Class<?>... roots) throws IOException {
        Deque<String> open = new ArrayDeque<>();
        for (Class<?> root : roots) {
            open.add(root.getName().replace('.', '/'));
        }
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            String name = open.remove();
            classes.add(name);
            for (String other : read(name)) {
                if (FOLLOWED.stream().anyMatch(other::startsWith) && seen.add(other)) {
                    open.add(other);
                }
            }
        }
    }

    /** Returns the names of the classes, with slashes. */
    Set<String> classes() {
        return classes;
    }

    /**
     * Returns the uses that look something up by name, such as {@code KeyTree:
     * java/lang/Class.getGenericInterfaces}. A use in a class initializer is marked, and so are constant
     * arguments.
     */
    Set<String> lookups() {
        return lookups;
    }

    private Set<String> read(String name) throws IOException {
        try (InputStream in = ReachedCode.class.getClassLoader().getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new IOException("no class " + name);
            }
            ClassReader reader = new ClassReader(in);
            reader.accept(new Finder(name.substring(name.lastIndexOf('/') + 1)), 0);
            return named(reader);
        }
    }

    private static Set<String> named(ClassReader reader) {
        Set<String> names = new HashSet<>();
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            if (offset > 0 && reader.readByte(offset - 1) == CONSTANT_CLASS) {
                String type = reader.readUTF8(offset, buffer);
                names.add(type.startsWith("[") ? type.replaceAll("^\\[+L?|;$", "") : type);
            }
        }
        return names;
    }

    private final class Finder extends ClassVisitor {
        private final String type;

        Finder(String type) {
            super(Opcodes.ASM9);
            this.type = type;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String generic, String[] thrown) {
            return new Calls(type, name.equals("<clinit>"));
        }
    }

    private final class Calls extends MethodVisitor {
        private final String type;
        private final boolean initializer;
        private int constants;

        Calls(String type, boolean initializer) {
            super(Opcodes.ASM9);
            this.type = type;
            this.initializer = initializer;
        }

        private void use(String owner, String name) {
            String used = owner + "." + name;
            boolean ofClass = owner.equals("java/lang/Class") && !HARMLESS.contains(name);
            if (ofClass || used.contains("Unsafe") || WATCHED.stream().anyMatch(used::startsWith)) {
                String where = !initializer ? "" : constants >= 3 ? " (initializer, constants)" : " (initializer)";
                lookups.add(type + ": " + used + where);
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            use(owner, name);
            constants = 0;
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            use(owner, name);
            constants = name.equals("TYPE") ? constants + 1 : 0; // a primitive type, such as int.class
        }

        @Override
        public void visitLdcInsn(Object value) {
            constants++;
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    use(handle.getOwner(), handle.getName());
                }
            }
            constants = 0;
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            constants = 0;
        }

        @Override
        public void visitInsn(int opcode) {
            constants = 0;
        }
    }
}
