/** A program that uses SafeMap as any other would. */
module consumer {
    requires io.github.safemap;
}
