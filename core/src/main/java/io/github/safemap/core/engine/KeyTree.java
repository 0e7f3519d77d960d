package io.github.safemap.core.engine;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one hash code and one class, in their natural order.
 *
 * <p>A tree never changes. A change makes another one, which shares all but one path with it; so a
 * reader has the whole of what was there at one moment, and {@code compareTo} runs while nothing is
 * claimed. The value of a key is not in the tree, but in a cell that all trees share that have the key:
 * it is replaced without a new tree.
 *
 * <p>It is balanced by weight: Adams' trees ("Efficient sets: a balancing act", 1993), with the
 * parameters that Hirai and Yamamoto proved ("Balancing weight-balanced trees", 2011).
 *
 * <p>Only a {@code compareTo} of the keys decides where one lies. A key that compares as equal to one that
 * it does not equal, or whose {@code compareTo} throws, is kept in a slot; looking it up here means
 * to ask each key. A key that equals one that it does not compare as equal to may not be found, as in
 * {@code ConcurrentHashMap}, from which also the rule comes which keys are comparable.
 */
final class KeyTree {
    /** The sides of a node weigh at most so many times each other. */
    private static final int DELTA = 3;

    /** The inner side of a child that is too heavy weighs less than so many times the outer. */
    private static final int GAMMA = 2;

    private final Class<?> type;
    private final @Nullable Node root;

    private KeyTree(Class<?> type, @Nullable Node root) {
        this.type = type;
        this.root = root;
    }

    /** Returns a tree without keys, for those of one class. */
    static KeyTree empty(Class<?> type) {
        return new KeyTree(type, null);
    }

    /** Returns whether objects of just this class can be compared with each other. */
    static boolean isComparable(Class<?> type) {
        if (type == String.class) {
            return true;
        }
        for (Type parent : type.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType generic
                    && generic.getRawType() == Comparable.class
                    && generic.getActualTypeArguments()[0] == type) {
                return true;
            }
        }
        return false;
    }

    private static final class Node {
        final Object key;
        final AtomicReference<Object> cell;
        final @Nullable Node left;
        final @Nullable Node right;
        final int size;

        Node(Object key, AtomicReference<Object> cell, @Nullable Node left, @Nullable Node right) {
            this.key = key;
            this.cell = cell;
            this.left = left;
            this.right = right;
            size = 1 + sizeOf(left) + sizeOf(right);
        }
    }

    private static int sizeOf(@Nullable Node node) {
        return node == null ? 0 : node.size;
    }

    /** Returns the number of keys. */
    int size() {
        return sizeOf(root);
    }

    /** Returns the class of all the keys. */
    Class<?> type() {
        return type;
    }

    /** Calls an action with each key and its cell, in order. */
    void forEach(BiConsumer<Object, AtomicReference<Object>> action) {
        forEach(root, action);
    }

    private static void forEach(@Nullable Node node, BiConsumer<Object, AtomicReference<Object>> action) {
        if (node != null) {
            forEach(node.left, action);
            action.accept(node.key, node.cell);
            forEach(node.right, action);
        }
    }

    // ---- Looking up. Calls compareTo and equals. ----

    /** Said of keys that cannot be compared. */
    private static final int UNKNOWN = 2;

    /** Returns -1, 0 or 1; or {@link #UNKNOWN} if {@code compareTo} throws. */
    @SuppressWarnings("unchecked")
    private static int compare(Object key, Object other) {
        try {
            return Integer.signum(((Comparable<Object>) key).compareTo(other));
        } catch (RuntimeException e) {
            return UNKNOWN;
        }
    }

    /** Returns where a key of this tree's hash code is, or would be. */
    Place find(Object key) {
        Place place = new Place(this);
        if (key.getClass() == type) {
            Node node = root;
            int side = 0;
            while (node != null) {
                place.enter(node);
                side = node.key == key ? 0 : compare(key, node.key);
                if (side == 0 || side == UNKNOWN) {
                    break;
                }
                node = side < 0 ? node.left : node.right;
            }
            if (node == null) {
                place.side = side;
                place.sortable = true;
                return place;
            }
            if (side == 0 && (node.key == key || key.equals(node.key))) {
                place.found = true;
                return place;
            }
            if (side == 0) {
                return place; // only one key can be where this one would be
            }
        }
        place.depth = 0;
        place.found = locate(root, place, key);
        return place;
    }

    /** Goes to the node with an equal key, wherever it is; returns whether it is. */
    private static boolean locate(@Nullable Node node, Place place, Object key) {
        if (node == null) {
            return false;
        }
        int depth = place.depth;
        place.enter(node);
        if (key.equals(node.key)) {
            return true;
        }
        if (locate(node.left, place, key) || locate(node.right, place, key)) {
            return true;
        }
        place.depth = depth;
        return false;
    }

    /** Where a key is in a tree, or would be: what a write needs to make the next tree of this one. */
    static final class Place {
        private final KeyTree tree;
        private Node[] path;
        private int depth;
        private int side;
        private boolean found;
        private boolean sortable;

        private Place(KeyTree tree) {
            this.tree = tree;
            path = new Node[2 * (Integer.SIZE - Integer.numberOfLeadingZeros(tree.size())) + 2];
        }

        private void enter(Node node) {
            if (depth == path.length) {
                path = Arrays.copyOf(path, 2 * depth);
            }
            path[depth++] = node;
        }

        /** Returns the cell of the key, or null if it is not there. */
        @Nullable AtomicReference<Object> cell() {
            return found ? path[depth - 1].cell : null;
        }

        /** Returns the key as it is in the tree, or null if it is not there. */
        @Nullable Object key() {
            return found ? path[depth - 1].key : null;
        }

        /** Returns whether the key, which is not there, may be added. */
        boolean isSortable() {
            return sortable;
        }

        /** Returns the tree with a key that is not there. */
        KeyTree with(Object key, AtomicReference<Object> cell) {
            Node added = new Node(key, cell, null, null);
            if (depth == 0) {
                return tree.of(added);
            }
            Node parent = path[depth - 1];
            Node node = side < 0 ? balanced(parent, added, parent.right) : balanced(parent, parent.left, added);
            return tree.of(rebuilt(depth - 1, node));
        }

        /** Returns the tree without the key, which is there. */
        KeyTree without() {
            Node node = path[depth - 1];
            return tree.of(rebuilt(depth - 1, joined(node.left, node.right)));
        }

        /** Returns the root of a tree in which another node stands at a depth of this path. */
        private @Nullable Node rebuilt(int at, @Nullable Node replacement) {
            Node node = replacement;
            for (int i = at - 1; i >= 0; i--) {
                Node parent = path[i];
                node = parent.left == path[i + 1]
                        ? balanced(parent, node, parent.right)
                        : balanced(parent, parent.left, node);
            }
            return node;
        }
    }

    private KeyTree of(@Nullable Node newRoot) {
        return new KeyTree(type, newRoot);
    }

    // ---- Balance ----

    /** Returns a node with the key of another and these children, one of which has changed by one. */
    private static Node balanced(Node node, @Nullable Node left, @Nullable Node right) {
        int leftSize = sizeOf(left);
        int rightSize = sizeOf(right);
        if (leftSize + rightSize > 1) {
            if (right != null && rightSize > DELTA * leftSize) {
                return leftward(node, left, right);
            }
            if (left != null && leftSize > DELTA * rightSize) {
                return rightward(node, left, right);
            }
        }
        return new Node(node.key, node.cell, left, right);
    }

    private static Node leftward(Node node, @Nullable Node left, Node right) {
        Node inner = right.left;
        if (inner == null || inner.size < GAMMA * sizeOf(right.right)) {
            Node low = new Node(node.key, node.cell, left, inner);
            return new Node(right.key, right.cell, low, right.right);
        }
        Node low = new Node(node.key, node.cell, left, inner.left);
        Node high = new Node(right.key, right.cell, inner.right, right.right);
        return new Node(inner.key, inner.cell, low, high);
    }

    private static Node rightward(Node node, Node left, @Nullable Node right) {
        Node inner = left.right;
        if (inner == null || inner.size < GAMMA * sizeOf(left.left)) {
            Node high = new Node(node.key, node.cell, inner, right);
            return new Node(left.key, left.cell, left.left, high);
        }
        Node low = new Node(left.key, left.cell, left.left, inner.left);
        Node high = new Node(node.key, node.cell, inner.right, right);
        return new Node(inner.key, inner.cell, low, high);
    }

    /** Returns one tree of the two sides of a node that goes. */
    private static @Nullable Node joined(@Nullable Node left, @Nullable Node right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.size > right.size) {
            return balanced(last(left), withoutLast(left), right);
        }
        return balanced(first(right), left, withoutFirst(right));
    }

    private static Node first(Node node) {
        Node first = node;
        for (Node next = first.left; next != null; next = next.left) {
            first = next;
        }
        return first;
    }

    private static Node last(Node node) {
        Node last = node;
        for (Node next = last.right; next != null; next = next.right) {
            last = next;
        }
        return last;
    }

    private static @Nullable Node withoutFirst(Node node) {
        return node.left == null ? node.right : balanced(node, withoutFirst(node.left), node.right);
    }

    private static @Nullable Node withoutLast(Node node) {
        return node.right == null ? node.left : balanced(node, node.left, withoutLast(node.right));
    }

    /** Returns the number of keys on the longest way down; for tests. */
    int height() {
        return heightOf(root);
    }

    private static int heightOf(@Nullable Node node) {
        return node == null ? 0 : 1 + Math.max(heightOf(node.left), heightOf(node.right));
    }
}
