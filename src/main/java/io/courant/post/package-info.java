/**
 * Reads posts from where people publish them: folders of text, Markdown and HTML, RSS, Atom and JSON feeds, WordPress.
 * A post leaves this package clean: page furniture removed, HTML sanitised, dates in UTC. What cannot be read is
 * reported as a {@link io.courant.post.Problem} and never hides the posts beside it.
 *
 * <p>Whoever writes a feed's address, a redirect or a link on a page could have this machine read what only it can reach.
 * So {@link Web} looks up each host once, refuses it if any of its addresses is not public, and connects to just the
 * address that it checked. Java's own HTTP client cannot do that, Apache's can; the price is a library, and that a proxy
 * of the system is not used, for it would look names up itself. What a server sends is unpacked here and not by the
 * client, which reads a body to its end before it gives up a connection.
 */
@NullMarked
package io.courant.post;

import org.jspecify.annotations.NullMarked;
