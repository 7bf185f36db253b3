package io.courant.job;

import io.courant.bounce.BounceEvent.Consequence;
import io.courant.bounce.BounceRecorder;
import io.courant.bounce.Bounces.Kept;
import java.util.List;
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

/**
 * Writes down what relays refused and what came back by mail, with what follows. Each mail is one transaction of its
 * own, and is flagged after it: a run that was killed goes on where it stopped, and counts nothing twice.
 */
@Configuration(proxyBeanMethods = false)
class BouncesJob {
    static final String NAME = "bounces";
    private static final Logger LOG = LoggerFactory.getLogger(BouncesJob.class);

    @Bean
    Job bounces(JobRepository repository, Step refusals, Step mailbox) {
        return new JobBuilder(NAME, repository).start(refusals).next(mailbox).build();
    }

    @Bean
    Step refusals(JobRepository repository, BounceRecorder recorder) {
        return new StepBuilder("refusals", repository)
                .tasklet(
                        (contribution, chunk) -> {
                            contribution.incrementWriteCount(
                                    noteRefusals(recorder, Run.of(contribution).newsletter()));
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }

    @Bean
    Step mailbox(JobRepository repository, BounceRecorder recorder, Postbag postbag, Onlooker onlooker) {
        return new StepBuilder("mailbox", repository)
                .tasklet(
                        (contribution, chunk) -> {
                            Run run = Run.of(contribution);
                            MailRound round = new MailRound(run.newsletter(), recorder, onlooker);
                            try {
                                postbag.mailbox().forEachUnread(round);
                            } finally {
                                contribution.incrementWriteCount(round.events());
                                round.leave(run);
                                LOG.info("newsletter={} {}", run.newsletter(), round);
                            }
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }

    /** Writes down what relays refused of the newsletter's issues, if that was not done yet; how much it was. */
    static int noteRefusals(BounceRecorder recorder, String newsletter) {
        List<Kept> refusals = recorder.refusals(newsletter);
        if (!refusals.isEmpty()) {
            LOG.info("newsletter={} refusals={} suppressed={}", newsletter, refusals.size(), suppressed(refusals));
        }
        return refusals.size();
    }

    static int suppressed(List<Kept> events) {
        return (int) events.stream()
                .filter(event -> event.consequence() == Consequence.SUPPRESSED)
                .count();
    }
}
