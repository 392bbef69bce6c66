/** What an owner may do with their own keys. */
@NullMarked
package dev.latchkey.manage;

import org.jspecify.annotations.NullMarked;
