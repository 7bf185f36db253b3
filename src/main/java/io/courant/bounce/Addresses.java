package io.courant.bounce;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds addresses in the fields and texts of mails, whatever stands around them. */
final class Addresses {
    private static final String LOCAL = "[^\\s<>()\\[\\],;:\"'@]";

    static final String ADDRESS = LOCAL + "{1,128}+@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}._-]{0,250}[\\p{L}\\p{N}])?";

    /** Within a text: not tried again from every letter of a word, which takes long where words are endless. */
    static final String WORD = "(?<!" + LOCAL + ")" + ADDRESS;

    private static final Pattern ANYWHERE = Pattern.compile(WORD);

    private Addresses() {}

    static Optional<String> first(CharSequence text) {
        Matcher address = ANYWHERE.matcher(text);
        return address.find() ? Optional.of(address.group()) : Optional.empty();
    }

    /** Every address in some fields, up to a number of them. */
    static Set<String> in(Fields fields, List<String> names, int most) {
        Set<String> found = new LinkedHashSet<>();
        for (String name : names) {
            for (String value : fields.all(name)) {
                Matcher address = ANYWHERE.matcher(value);
                while (found.size() < most && address.find()) {
                    found.add(address.group());
                }
            }
        }
        return found;
    }
}
