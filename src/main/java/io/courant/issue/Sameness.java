package io.courant.issue;

/** Why two tellings are of the same story. */
sealed interface Sameness {
    /** As it is said to readers and editors, to follow the name of a source. */
    String words();

    /** Both lead to the same page. */
    record SameLink() implements Sameness {
        @Override
        public String words() {
            return "same address";
        }
    }

    /**
     * The texts agree but for edits.
     *
     * @param share how much of the telling stands word for word in the other, from 0 to 1
     */
    record SameText(double share) implements Sameness {
        @Override
        public String words() {
            return share >= 1 ? "the same text" : Sameness.percent(share) + " of the text is the same";
        }
    }

    /**
     * The telling gives no more than a part of the other.
     *
     * @param share how much of it stands word for word in the other, from 0 to 1
     */
    record Excerpt(double share) implements Sameness {
        @Override
        public String words() {
            return "an excerpt, " + Sameness.percent(share) + " of it the same text";
        }
    }

    /**
     * The telling gives in full what the other gives a part of.
     *
     * @param share how much of the other stands word for word in it, from 0 to 1
     */
    record FullText(double share) implements Sameness {
        @Override
        public String words() {
            return "the full text, with " + Sameness.percent(share) + " of the excerpt";
        }
    }

    private static String percent(double share) {
        return (int) (share * 100) + "%"; // rounded down: 100% is said of the whole only
    }
}
