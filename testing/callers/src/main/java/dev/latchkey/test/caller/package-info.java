/** Callers of the examples in tests: users in browsers, and HTTP clients. */
package dev.latchkey.test.caller;
