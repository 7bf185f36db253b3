package io.courant.issue;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a machine has written, before readers may see it. The post that it read may have been written to misuse it, so
 * its text is trusted no more than the post's: whole sentences without addresses, or nothing.
 */
final class MachineText {
    private static final Pattern THOUGHTS = Pattern.compile("(?s)<think>.*?</think>");
    private static final Pattern TAGS = Pattern.compile("</?[a-zA-Z!][^<>]{0,300}>");
    private static final Pattern MARKS =
            Pattern.compile("[*`]+|(?<![\\p{L}\\p{N}])_+|_+(?![\\p{L}\\p{N}])|(?m)^\\s*[#>]+\\s");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}&&[^\\s\u200c\u200d]]+"); // joiners are part of words
    private static final Pattern MARKUP_LEFT = Pattern.compile("</?[a-zA-Z!]|]\\(|\\{\\{");
    private static final Pattern ADDRESS = Pattern.compile(
            "://|@|(?i:www\\.|mailto:|tel:|javascript:)|[\\p{L}\\p{N}-][.。｡．]\\p{L}{2,}(?=[\\p{P}\\p{Z}]|$)");
    private static final Pattern CUT = Pattern.compile("(…|\\.\\.\\.)\\P{L}*$");

    private MachineText() {}

    /**
     * An answer made fit to be read.
     *
     * @param usual language of the newsletter
     * @throws Unfit with the reason in words
     */
    static String checked(String answer, Locale usual) throws Unfit {
        String text = INVISIBLE.matcher(THOUGHTS.matcher(answer).replaceAll("")).replaceAll("");
        text = MARKS.matcher(TAGS.matcher(text).replaceAll(""))
                .replaceAll("")
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
        if (text.length() > Teaser.MAX_LENGTH) {
            throw new Unfit("the answer is too long (" + text.length() + " characters)");
        }
        if (MARKUP_LEFT.matcher(text).find()) {
            throw new Unfit("the answer has markup in it");
        }
        if (ADDRESS.matcher(text).find()) {
            throw new Unfit("the answer has an address in it");
        }
        List<String> sentences = Sentences.of(text, Language.of(text, usual), Teaser.MAX_LENGTH);
        String whole = String.join("", sentences).replaceAll("[\\s\\p{Z}]+", "");
        if (whole.isEmpty()
                || !whole.equals(text.replaceAll("[\\s\\p{Z}]+", ""))
                || CUT.matcher(text).find()) {
            throw new Unfit("the answer is not made of whole sentences");
        }
        return text;
    }

    /** Why an answer is not shown. */
    static final class Unfit extends Exception {
        Unfit(String reason) {
            super(reason);
        }
    }
}
