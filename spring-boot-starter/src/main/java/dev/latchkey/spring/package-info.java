/** The filter and the servlet as beans of Spring Boot, and keys as logins of Spring Security. */
@NullMarked
package dev.latchkey.spring;

import org.jspecify.annotations.NullMarked;
