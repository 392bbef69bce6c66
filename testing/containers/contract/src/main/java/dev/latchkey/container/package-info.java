/** What the filter and the servlet do in every container. */
package dev.latchkey.container;
