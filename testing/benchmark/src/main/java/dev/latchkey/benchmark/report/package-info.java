/** From raw results to the page that people read: goals, tables, charts. Measures nothing. */
@NullMarked
package dev.latchkey.benchmark.report;

import org.jspecify.annotations.NullMarked;
