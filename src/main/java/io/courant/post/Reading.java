package io.courant.post;

import java.util.List;

/** What one look at a source gave: every post that could be read, and a problem for each that could not. */
public record Reading(List<Post> posts, List<Problem> problems) {
    public Reading {
        posts = List.copyOf(posts);
        problems = List.copyOf(problems);
    }
}
