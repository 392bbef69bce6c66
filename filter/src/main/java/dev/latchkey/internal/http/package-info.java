/** What the filter and the servlet say over HTTP alike. */
@NullMarked
package dev.latchkey.internal.http;

import org.jspecify.annotations.NullMarked;
