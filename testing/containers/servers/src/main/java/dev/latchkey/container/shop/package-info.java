/** The application that the war holds. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.container.shop;
