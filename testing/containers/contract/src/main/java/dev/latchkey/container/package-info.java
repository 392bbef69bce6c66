/** Contracts that the filter and the servlet keep in every container. */
package dev.latchkey.container;
