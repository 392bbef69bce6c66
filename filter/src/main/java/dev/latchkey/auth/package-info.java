/** Who a key speaks for, and what the application and Latchkey tell each other about it. */
@NullMarked
package dev.latchkey.auth;

import org.jspecify.annotations.NullMarked;
