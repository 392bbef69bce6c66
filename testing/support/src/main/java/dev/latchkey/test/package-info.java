/** Real servers and other support for tests. */
package dev.latchkey.test;
