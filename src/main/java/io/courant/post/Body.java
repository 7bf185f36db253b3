package io.courant.post;

/**
 * The text of a post in the form its author wrote it.
 *
 * @param content plain text without title and furniture, Markdown without front matter, or sanitised HTML
 */
public record Body(Form form, String content) {
    public Body {
        content = Post.storable(content);
    }

    /** How {@link #content()} is to be read. */
    public enum Form {
        TEXT,
        MARKDOWN,
        HTML
    }

    /** Whether nothing is left to read. */
    public boolean isEmpty() {
        return content.isBlank();
    }
}
