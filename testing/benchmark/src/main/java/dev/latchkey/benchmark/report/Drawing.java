package dev.latchkey.benchmark.report;

/**
 * A chart that is ready to be written.
 *
 * @param title what it shows, for those who do not see it
 * @param svg it
 */
record Drawing(String title, String svg) {}
