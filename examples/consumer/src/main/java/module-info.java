/** A program that uses SafeMap as a user's program would. */
module consumer {
    requires io.github.safemap;
}
