/** Turns raw results into goals and tables of the performance pages. Measures nothing. */
@NullMarked
package dev.latchkey.benchmark.report;

import org.jspecify.annotations.NullMarked;
