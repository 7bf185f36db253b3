package io.courant.post;

/** A post or feed that could not be read. Its message says where, what is wrong and what to do. */
public final class PostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // never serialised: it is caught where posts are read
    private final Problem problem;

    PostException(String where, String what) {
        this(new Problem(where, what));
    }

    PostException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    /** The same, as it stands in a {@link Reading}. */
    public Problem problem() {
        return problem;
    }
}
