/**
 * An example application with the filter and the servlet on an embedded Jetty. Copy from it.
 *
 * <p>{@code ExampleServer} wires everything. Servlets are thread-safe, as the container demands. A
 * wrong option stops the start with one line that names it.
 */
@NullMarked
package dev.latchkey.example;

import org.jspecify.annotations.NullMarked;
