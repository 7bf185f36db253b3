package io.courant.render;

import io.courant.render.Flaw.Severity;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what breaks a rule; the same thing said twice counts once. */
public final class Flaws {
    private final Set<Flaw> flaws = new LinkedHashSet<>();

    /** Notes what keeps a mail from being sent. */
    public void error(String rule, String where, String what) {
        flaws.add(new Flaw(Severity.ERROR, rule, where, what));
    }

    /** Notes what could be better. */
    public void warning(String rule, String where, String what) {
        flaws.add(new Flaw(Severity.WARNING, rule, where, what));
    }

    /** Notes what others found. */
    public void addAll(List<Flaw> others) {
        flaws.addAll(others);
    }

    /** Errors first, otherwise in the order in which they were found. */
    public List<Flaw> list() {
        return flaws.stream().sorted(Comparator.comparing(Flaw::severity)).toList();
    }
}
