/** A web application that uses the filter and the servlet: the code to copy from. */
@NullMarked
package dev.latchkey.example;

import org.jspecify.annotations.NullMarked;
