package io.courant.cli;

import picocli.CommandLine.Option;

/** Who is at the keyboard: as the operating system knows them, unless they say otherwise. */
final class Author {
    @Option(names = "--by", paramLabel = "NAME", description = "Who does it (default: ${DEFAULT-VALUE}).")
    private String name = System.getProperty("user.name", "");

    String name() {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("say who does it with --by NAME");
        }
        return stripped;
    }
}
