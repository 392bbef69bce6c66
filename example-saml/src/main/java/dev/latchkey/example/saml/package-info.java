/** Logging in with SAML 2.0: what an application may do before the filter and the servlet. */
@NullMarked
package dev.latchkey.example.saml;

import org.jspecify.annotations.NullMarked;
