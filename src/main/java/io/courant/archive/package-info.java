/**
 * Puts the issues that went out on the web: a page for each, made by the template that made its mail, a list of all, and
 * an Atom feed (RFC 4287). There is nothing about any reader in them.
 */
@NullMarked
package io.courant.archive;

import org.jspecify.annotations.NullMarked;
