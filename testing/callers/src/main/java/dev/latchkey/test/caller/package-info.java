/** Who calls the example in tests: people at browsers, and programs. */
package dev.latchkey.test.caller;
