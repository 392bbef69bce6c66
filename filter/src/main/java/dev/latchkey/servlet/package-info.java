/** The servlet filter. */
@NullMarked
package dev.latchkey.servlet;

import org.jspecify.annotations.NullMarked;
