package io.courant.render;

import java.util.Locale;

/** The script of a language as far as it decides how a mail is set. */
enum Script {
    ARABIC(true),
    HEBREW(true),
    /** Another one that is written from right to left. */
    LEFTWARD(true),
    CHINESE(false),
    JAPANESE(false),
    KOREAN(false),
    /** Latin and all that is set like it. */
    LATIN(false);

    private final boolean rightToLeft;

    Script(boolean rightToLeft) {
        this.rightToLeft = rightToLeft;
    }

    /** The script that a language names, else the one that it is written in by default. */
    static Script of(Locale language) {
        return switch (language.getScript()) {
            case "Arab" -> ARABIC;
            case "Hebr" -> HEBREW;
            case "Nkoo", "Syrc", "Thaa" -> LEFTWARD;
            case "Hans", "Hant", "Hani" -> CHINESE;
            case "Jpan" -> JAPANESE;
            case "Kore" -> KOREAN;
            case "" -> ofLanguage(language.getLanguage());
            default -> LATIN;
        };
    }

    private static Script ofLanguage(String language) {
        return switch (language) {
            case "ar", "ckb", "fa", "ps", "sd", "ug", "ur" -> ARABIC;
            case "he", "iw", "yi", "ji" -> HEBREW;
            case "dv" -> LEFTWARD;
            case "zh" -> CHINESE;
            case "ja" -> JAPANESE;
            case "ko" -> KOREAN;
            default -> LATIN;
        };
    }

    /** As the attribute {@code dir} says it. */
    String dir() {
        return rightToLeft ? "rtl" : "ltr";
    }

    /** The name that templates know. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
