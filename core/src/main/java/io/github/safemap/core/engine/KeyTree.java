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
 * <p>A tree never changes. A write creates another tree, which shares all nodes except one path. So a reader
 * has the complete state of one moment, and {@code compareTo} runs while nothing is claimed. The value of a key
 * is in a cell outside the tree. All trees with the key share this cell, so replacing a value needs no new
 * tree.
 *
 * <p>The trees are balanced by weight: Adams' trees ("Efficient sets: a balancing act", 1993), with the
 * parameters that Hirai and Yamamoto proved ("Balancing weight-balanced trees", 2011).
 *
 * <p>Only the keys' {@code compareTo} decides where a key is. A key stays in a slot if it compares as equal to
 * a key that it does not equal, or if its {@code compareTo} throws. A key whose {@code compareTo} throws, or
 * that is of another class, is looked up by comparing it with each key. If two keys are equal but do not compare
 * as equal, one may not be found, as in {@code ConcurrentHashMap}. The rule for which keys are comparable also
 * comes from there.
 */
final class KeyTree {
    /** The largest ratio of the weights of a node's two sides. */
    private static final int DELTA = 3;

    /**
     * If a child is too heavy, a single rotation is enough while its inner side weighs less than this many
     * times the outer side.
     */
    private static final int GAMMA = 2;

    private final Class<?> type;
    private final @Nullable Node root;

    private KeyTree(Class<?> type, @Nullable Node root) {
        this.type = type;
        this.root = root;
    }

    /** Returns an empty tree for keys of one class. */
    static KeyTree empty(Class<?> type) {
        return new KeyTree(type, null);
    }

    /** Returns whether objects of exactly this class can be compared with each other. */
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

    /** The result for keys that cannot be compared. */
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

    /** Returns the place of a key of this tree's hash code, present or absent. */
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
                return place; // another key is where this one would have to be
            }
        }
        place.depth = 0;
        place.found = locate(root, place, key);
        return place;
    }

    /** Searches the whole tree for a node with an equal key. Returns whether there is one. */
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

    /** The place of a key, present or absent, in a tree. A write needs it to make the next tree. */
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

        /** Returns the cell of the key, or null if the key is absent. */
        @Nullable AtomicReference<Object> cell() {
            return found ? path[depth - 1].cell : null;
        }

        /** Returns the tree's own key object, or null if the key is absent. */
        @Nullable Object key() {
            return found ? path[depth - 1].key : null;
        }

        /** Returns whether the absent key may be added. */
        boolean isSortable() {
            return sortable;
        }

        /** Returns the tree with the absent key added. */
        KeyTree with(Object key, AtomicReference<Object> cell) {
            Node added = new Node(key, cell, null, null);
            if (depth == 0) {
                return tree.of(added);
            }
            Node parent = path[depth - 1];
            Node node = side < 0 ? balanced(parent, added, parent.right) : balanced(parent, parent.left, added);
            return tree.of(rebuilt(depth - 1, node));
        }

        /** Returns the tree without the present key. */
        KeyTree without() {
            Node node = path[depth - 1];
            return tree.of(rebuilt(depth - 1, joined(node.left, node.right)));
        }

        /** Returns the root of a tree with another node at a depth of this path. */
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

    /** Returns a node with the key of another node and these children. The size of one child has changed by one. */
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

    /** Returns one tree from the two sides of a removed node. */
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

    /** Returns the height of the tree. For tests. */
    int height() {
        return heightOf(root);
    }

    private static int heightOf(@Nullable Node node) {
        return node == null ? 0 : 1 + Math.max(heightOf(node.left), heightOf(node.right));
    }
}
