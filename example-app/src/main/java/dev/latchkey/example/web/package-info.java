/** What the example's servlets share. */
@NullMarked
package dev.latchkey.example.web;

import org.jspecify.annotations.NullMarked;
