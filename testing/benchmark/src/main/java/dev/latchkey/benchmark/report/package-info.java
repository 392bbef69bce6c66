/** Turns raw results into the pages that people read: goals and tables. Measures nothing. */
@NullMarked
package dev.latchkey.benchmark.report;

import org.jspecify.annotations.NullMarked;
