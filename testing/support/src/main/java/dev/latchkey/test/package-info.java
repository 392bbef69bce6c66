/** Real servers for tests. */
package dev.latchkey.test;
