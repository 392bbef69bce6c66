/** The companion servlet: users manage their own key, over REST and in the browser. */
@NullMarked
package dev.latchkey.admin;

import org.jspecify.annotations.NullMarked;
