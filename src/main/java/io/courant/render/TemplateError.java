package io.courant.render;

import org.jspecify.annotations.Nullable;

/** A template that cannot be used. The message is for the editor: which file, line and column, what is wrong. */
public final class TemplateError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateError(String message) {
        this(message, null);
    }

    TemplateError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
