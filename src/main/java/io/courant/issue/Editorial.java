package io.courant.issue;

import java.util.List;

/**
 * What an editor says of an issue as a whole.
 *
 * @param introduction paragraphs of plain text, each in one line; possibly none
 * @param subject empty for that of the template
 * @param preheader what mail programs show after the subject; empty for what the template says
 */
public record Editorial(List<String> introduction, String subject, String preheader) {
    /** Nothing. */
    public static final Editorial NONE = new Editorial(List.of(), "", "");

    public Editorial {
        introduction = List.copyOf(introduction);
    }

    /** Without what is said of the lead, for those who get another. */
    Editorial introducing() {
        return new Editorial(introduction, "", "");
    }
}
