package io.courant.dns;

import java.util.List;

/** The records of DNS. */
public interface Records {
    /** What can be asked for. */
    enum Type {
        A,
        AAAA,
        MX,
        TXT
    }

    /**
     * The records of a name, as zone files show their data; the strings of a TXT are joined (RFC 7208 §3.3). Empty
     * when there is no such name or it has none of this type.
     *
     * @throws NoAnswer when nobody can say
     */
    List<String> of(String name, Type type);

    /** DNS did not answer, which says nothing about the records. */
    final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
