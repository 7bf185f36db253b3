package io.courant.job;

import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepContribution;

/** What a step of ours is told, and where it leaves its results: parameters and context of a Batch execution. */
record Run(JobExecution execution) {
    static final String NEWSLETTER = "newsletter";
    static final String ISSUE = "issue";
    static final String RUN = "run";
    static final String ROUND = "round";

    static Run of(StepContribution contribution) {
        return new Run(contribution.getStepExecution().getJobExecution());
    }

    String newsletter() {
        return parameter(NEWSLETTER);
    }

    String issue() {
        return parameter(ISSUE);
    }

    private String parameter(String name) {
        String value = execution.getJobParameters().getString(name);
        if (value == null) {
            throw new IllegalStateException("job execution " + execution.getId() + " has no parameter '" + name + "'");
        }
        return value;
    }

    void result(String key, Object value) {
        execution.getExecutionContext().put(key, value);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(execution.getExecutionContext().get(key)).map(String::valueOf);
    }

    int number(String key) {
        return execution.getExecutionContext().getInt(key, 0);
    }

    List<String> texts(String key) {
        return execution.getExecutionContext().get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
