/** What the filter and the servlet share: the application's settings, and its one instance. */
@NullMarked
package dev.latchkey.internal.servlet;

import org.jspecify.annotations.NullMarked;
