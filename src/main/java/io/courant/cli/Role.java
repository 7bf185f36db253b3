package io.courant.cli;

import java.util.Locale;

/** What a process does for an installation of several machines. */
enum Role {
    /** Serves pages and desk, makes issues when they are due, and has others deliver them. */
    MANAGER,
    /** Delivers parts of issues, and nothing else. */
    WORKER,
    /** A manager that delivers parts of what it sends, too. */
    ALL;

    /** @throws IllegalArgumentException when there is no such role */
    static Role of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "manager" -> MANAGER;
            case "worker" -> WORKER;
            case "", "all" -> ALL;
            default -> throw new IllegalArgumentException("expected one of manager, worker, all, found '" + text + "'");
        };
    }
}
