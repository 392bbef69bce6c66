/** Helpers that the servlets of the examples share. Stateless, so thread-safe. */
@NullMarked
package dev.latchkey.example.web;

import org.jspecify.annotations.NullMarked;
