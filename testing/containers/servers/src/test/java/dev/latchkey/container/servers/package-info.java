/** Tests of the WAR in unmodified servers, each in its own process. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.container.servers;
