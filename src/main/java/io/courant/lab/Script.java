package io.courant.lab;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The rules that a relay goes by: the first that applies, else what always applies at the step, else the usual. */
final class Script {
    private final Map<Step, List<Rule>> rules = new EnumMap<>(Step.class);
    private final Map<Step, Answer> always = new EnumMap<>(Step.class);
    private long seed = System.nanoTime();
    private Random random = new Random(seed);

    synchronized void add(Rule rule) {
        rules.computeIfAbsent(rule.step(), step -> new ArrayList<>()).add(rule);
    }

    synchronized void always(Step step, Answer answer) {
        always.put(step, new Rule(step, List.of(), answer).answer());
    }

    synchronized void seed(long fixed) {
        seed = fixed;
        random = new Random(fixed);
    }

    synchronized long seed() {
        return seed;
    }

    /** What to answer this time. */
    synchronized Answer answer(Step step, String recipient, String usual) {
        for (Rule rule : rules.getOrDefault(step, List.of())) {
            if (rule.applies(recipient, random)) {
                return rule.answer();
            }
        }
        return always.getOrDefault(step, new Answer.Reply(usual));
    }
}
