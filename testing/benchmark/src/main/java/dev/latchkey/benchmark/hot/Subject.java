package dev.latchkey.benchmark.hot;

import jakarta.servlet.Filter;
import java.util.List;

/**
 * What is measured: a filter that knows some keys.
 *
 * @param filter it, yet to be initialised by what it is in
 * @param headers the values of {@code Authorization} that it accepts, one a key
 * @param close ends what was opened for it
 */
public record Subject(Filter filter, List<String> headers, Runnable close) {}
