package io.courant.render;

import org.jspecify.annotations.Nullable;

/**
 * All that the templates of {@code mails/} see. Nothing in it was typed by whoever caused the mail.
 *
 * @param web never: it is read in the mailbox only
 */
record NotePage(Page.Masthead newsletter, About mail, boolean web) {
    /**
     * What the mail is about.
     *
     * @param kind names its words: {@code mail.confirm.subject} and so on
     * @param link where the reader can act; absent where there is nothing to do
     */
    record About(String kind, @Nullable String link) {}
}
