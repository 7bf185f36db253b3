package io.courant.job;

import io.courant.post.Problem;
import io.courant.section.Assigner;
import io.courant.section.Collector;
import io.courant.section.Collector.Collected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads a newsletter's sources, keeps what is new and assigns it to topics. */
@Configuration(proxyBeanMethods = false)
class CollectJob {
    static final String NAME = "collect";
    private static final Logger LOG = LoggerFactory.getLogger(CollectJob.class);

    @Bean
    Job collect(JobRepository repository, Step read, Step assign) {
        return new JobBuilder(NAME, repository).start(read).next(assign).build();
    }

    @Bean
    Step assign(JobRepository repository, JobFolder jobs, Assigner assigner) {
        return new StepBuilder("assign", repository)
                .tasklet(
                        (contribution, chunk) -> {
                            Run run = Run.of(contribution);
                            int assigned = assigner.assign(
                                    jobs.load(run.newsletter()).newsletter().beat());
                            contribution.incrementWriteCount(assigned);
                            LOG.info("newsletter={} assigned={}", run.newsletter(), assigned);
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }

    @Bean
    Step read(JobRepository repository, JobFolder jobs, Collector collector, Onlooker onlooker) {
        return new StepBuilder("read", repository)
                .tasklet(
                        (contribution, chunk) -> {
                            Run run = Run.of(contribution);
                            JobFile job = jobs.load(run.newsletter());
                            Collected collected = collector.collect(
                                    run.newsletter(),
                                    job.newsletter().sources(),
                                    job.fetch(),
                                    new CollectProgress(
                                            job.newsletter().sources().size(), onlooker::remarked));
                            contribution.incrementWriteCount(collected.kept());
                            LOG.info(
                                    "newsletter={} kept={} known={} problems={}",
                                    run.newsletter(),
                                    collected.kept(),
                                    collected.known(),
                                    collected.problems().size());
                            run.result("kept", collected.kept());
                            run.result("known", collected.known());
                            run.result(
                                    "problems",
                                    collected.problems().stream()
                                            .map(Problem::toString)
                                            .toList());
                            run.result(
                                    "notes",
                                    collected.notes().stream()
                                            .map(Problem::toString)
                                            .toList());
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }
}
