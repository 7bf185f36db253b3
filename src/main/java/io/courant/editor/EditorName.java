package io.courant.editor;

import java.util.Locale;

/**
 * What an editor is called, in lower case. It is no mail address: it stays in the audit log for good, and subscribers
 * may be editors who want to be erased.
 */
public record EditorName(String value) {
    public EditorName {
        value = normal(value);
        if (!value.matches("[a-z0-9][a-z0-9._-]{0,39}")) {
            throw new IllegalArgumentException("not a name for an editor: '" + value
                    + "' (expected up to 40 letters a to z, digits, dots, dashes, as in ada.lovelace)");
        }
    }

    /** As it is kept, however somebody types it. */
    public static String normal(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT).replace("\0", ""); // which PostgreSQL has no room for
    }

    @Override
    public String toString() {
        return value;
    }
}
