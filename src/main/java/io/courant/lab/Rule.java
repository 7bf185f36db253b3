package io.courant.lab;

import java.util.List;
import java.util.Random;

/** What to answer at a step when all the conditions hold; each is asked only if those before it hold. */
record Rule(Step step, List<Condition> conditions, Answer answer) {
    Rule {
        conditions = List.copyOf(conditions);
        if (answer instanceof Answer.Fault fault && fault.takes() && step != Step.DOT) {
            throw new IllegalArgumentException(
                    "'" + fault.word() + "' at step '" + step.word() + "': a message is taken at step 'dot' only");
        }
    }

    boolean applies(String recipient, Random random) {
        return conditions.stream().allMatch(condition -> condition.holds(recipient, random));
    }
}
