/**
 * Who works at the desk: editors with their roles, how they prove who they are, the tokens of their programs, and the
 * log of who did what. What somebody may do is said in one place, {@link io.courant.editor.Permission}; it is asked
 * each time, so a role that is taken away is gone at once.
 *
 * <p>Whatever lets somebody in – links, tokens, recovery codes – is random and long, so the store keeps its SHA-256
 * and nothing else; a password is not, so it is kept with bcrypt. There is no default password: the first owner comes
 * in by a link that is printed once. One-time codes follow RFC 6238.
 */
@NullMarked
package io.courant.editor;

import org.jspecify.annotations.NullMarked;
