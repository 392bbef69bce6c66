/** Changes keys: for their owners, and for the application. */
@NullMarked
package dev.latchkey.internal.manage;

import org.jspecify.annotations.NullMarked;
