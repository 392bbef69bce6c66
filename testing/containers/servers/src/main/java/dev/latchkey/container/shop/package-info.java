/** The application in the WAR under test. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.container.shop;
