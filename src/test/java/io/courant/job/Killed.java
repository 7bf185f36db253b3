package io.courant.job;

import java.time.LocalDateTime;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What a process leaves in the job repository that is killed in the middle of a job. */
final class Killed {
    private Killed() {}

    static JobExecution run(JobRepository repository, String job, String parameter, String value) {
        JobParameters parameters =
                new JobParametersBuilder().addString(parameter, value).toJobParameters();
        JobInstance instance = repository.createJobInstance(job, parameters);
        JobExecution execution = repository.createJobExecution(instance, parameters, new ExecutionContext());
        execution.setStartTime(LocalDateTime.of(2026, 11, 23, 6, 0));
        execution.setStatus(BatchStatus.STARTED);
        repository.update(execution);
        return execution;
    }
}
