package io.github.safemap;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A mistake that a {@link FaultLoader} puts into a class of the engine. A game must fail then. */
enum Mistake {
    /** The owner of a reservation looks at the queue only once, before it ends. */
    ONE_LOOK("Reservation", answers("mustPass", "getVolatile", true), answers("pass", "hasQueuedThreads", false)),

    /** A thread that could not wait is still said to wait. */
    LASTING_WAIT("Reservation", catchesNothing("awaitTurn")),

    /** A rebuild does not ask whether something has changed since its reading. */
    STALE_REBUILD("Resizer", answers("exchange", "isCurrent", true)),

    /** A search that has looked into a tree does not load the word again. */
    STALE_WORD("Shard", answers("find", "hasCollisionTree", false)),

    /** A removal from a tree does not ask whether the tree has been replaced. */
    STALE_TREE("Shard", answers("removeFrom", "hasTree", true)),

    /** A removal fails when it has been made, because there is no memory to count it. */
    FAILING_COUNT("EntryCount", catchesNothing("countRemoved")),

    /** A write fails when it has been made, because there is no stack for what it has made due. */
    FAILING_TIDYING("KeyWriter", catchesNothing("write")),

    /** A merge fails when it has been made, because there is no memory for a shorter directory. */
    FAILING_HALVING("Directory", catchesNothing("halve")),

    /** A rebuild fails because there is no memory to record it. */
    FAILING_RECORDER("Recorder", catchesNothing("rebuildBegun"));

    private final String type;
    private final List<Change> changes;

    Mistake(String type, Change... changes) {
        this.type = "io/github/safemap/core/engine/" + type;
        this.changes = List.of(changes);
    }

    /**
     * A change of a method.
     *
     * @param call the method whose calls are replaced by an answer; null to remove all handlers of exceptions
     */
    private record Change(String method, @Nullable String call, boolean answer) {}

    private static Change answers(String method, String call, boolean answer) {
        return new Change(method, call, answer);
    }

    private static Change catchesNothing(String method) {
        return new Change(method, null, false);
    }

    /** Returns a visitor that makes the mistake in a method, or the given visitor if it is not made there. */
    MethodVisitor in(String owner, String method, MethodVisitor next) {
        MethodVisitor changed = next;
        for (Change change : changes) {
            if (type.equals(owner) && change.method.equals(method)) {
                changed = new Changing(change, changed);
            }
        }
        return changed;
    }

    private static final class Changing extends MethodVisitor {
        private final Change change;

        Changing(Change change, MethodVisitor next) {
            super(Opcodes.ASM9, next);
            this.change = change;
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String thrown) {
            if (change.call != null) {
                super.visitTryCatchBlock(start, end, handler, thrown);
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
            if (!name.equals(change.call)) {
                super.visitMethodInsn(opcode, owner, name, type, isInterface);
                return;
            }
            Type[] arguments = Type.getArgumentTypes(type);
            for (int i = arguments.length - 1; i >= 0; i--) {
                super.visitInsn(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            }
            if (opcode != Opcodes.INVOKESTATIC) {
                super.visitInsn(Opcodes.POP);
            }
            super.visitInsn(change.answer ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
        }
    }
}
