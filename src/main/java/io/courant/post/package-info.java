/**
 * Reads posts from where people publish them: folders of text, Markdown and HTML, RSS and Atom feeds.
 * A post leaves this package clean: page furniture removed, HTML sanitised, dates in UTC. What cannot be read is
 * reported as a {@link io.courant.post.Problem} and never hides the posts beside it.
 */
@NullMarked
package io.courant.post;

import org.jspecify.annotations.NullMarked;
