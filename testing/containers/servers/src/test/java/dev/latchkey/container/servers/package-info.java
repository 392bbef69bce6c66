/** The war in servers as their projects ship them, each in a process of its own. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.container.servers;
