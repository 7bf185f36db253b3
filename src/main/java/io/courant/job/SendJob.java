package io.courant.job;

import io.courant.archive.Archive;
import io.courant.bounce.BounceRecorder;
import io.courant.delivery.ApprovalVoid;
import io.courant.delivery.Approvals;
import io.courant.delivery.Deliveries;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Flows;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Journal;
import io.courant.delivery.Ledger;
import io.courant.delivery.Lint;
import io.courant.delivery.Summary;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.UnfitMail;
import io.courant.issue.IssueId;
import io.courant.render.Flaw;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sends a frozen issue. The issue id is the identifying parameter, so a finished issue cannot be sent again; a run
 * that leaves deliveries open ends as STOPPED, and the next one goes on with the same step.
 */
@Configuration(proxyBeanMethods = false)
class SendJob {
    static final String NAME = "send";
    private static final Logger LOG = LoggerFactory.getLogger(SendJob.class);

    @Bean
    Job send(JobRepository repository, Step publish, Step open, Step deliver, Step close, Step finish) {
        return new JobBuilder(NAME, repository)
                .start(publish)
                .next(open)
                .next(deliver)
                .next(close)
                .next(finish)
                .build();
    }

    /** First, because the mail links to it; and each time, because it may have been too early before. */
    @Bean
    Step publish(
            JobRepository repository,
            JobFolder jobs,
            FrozenIssues issues,
            Approvals approvals,
            Ledger ledger,
            TokenSigner signer,
            Archive archive,
            InstantSource clock) {
        return new StepBuilder("publish", repository)
                .allowStartIfComplete(true)
                .tasklet(
                        (contribution, chunk) -> {
                            IssueId id = new IssueId(Run.of(contribution).issue());
                            FrozenIssue issue = issues.find(id)
                                    .orElseThrow(() -> new IllegalArgumentException("no issue '" + id + "'"));
                            uphold(approvals, issue, clock.instant());
                            if (issue.state() == FrozenIssue.State.APPROVED && !waits(issues, id, clock.instant())) {
                                JobFile job = jobs.load(issue.issue().newsletter());
                                check(issue, job, signer, ledger);
                                Path folder = job.archive();
                                if (folder != null) {
                                    archive.update(job.newsletter(), id, folder.resolve(job.name()));
                                }
                            }
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }

    @Bean
    Couriers couriers(
            JobFolder jobs,
            FrozenIssues issues,
            Deliveries deliveries,
            Ledger ledger,
            Flows flows,
            Journal journal,
            InstantSource clock) {
        return new Couriers(jobs, issues, deliveries, ledger, flows, journal, clock);
    }

    /** Each time, because each time something may have been left in flight. */
    @Bean
    Step open(JobRepository repository, FrozenIssues issues, Couriers couriers, InstantSource clock) {
        return new StepBuilder("open", repository)
                .allowStartIfComplete(true)
                .tasklet(
                        (contribution, chunk) -> {
                            IssueId id = new IssueId(Run.of(contribution).issue());
                            if (waits(issues, id, clock.instant())) {
                                contribution.getStepExecution().setTerminateOnly();
                            } else {
                                Parts.keep(
                                        contribution
                                                .getStepExecution()
                                                .getJobExecution()
                                                .getExecutionContext(),
                                        couriers.of(id).open(id));
                            }
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }

    @Bean
    Parts parts(JobRepository repository, Ledger ledger, Couriers couriers, TokenSigner signer) {
        return new Parts(repository, ledger, couriers, signer);
    }

    @Bean
    Step deliver(
            JobRepository repository,
            Parts parts,
            Step part,
            PartWork work,
            Optional<Crew> crew,
            Couriers couriers,
            JobFolder jobs,
            Ledger ledger,
            Onlooker onlooker,
            Errand errand) {
        return new StepBuilder("deliver", repository)
                .partitioner(Parts.STEP, none -> Map.of()) // the splitter knows better
                .splitter(parts)
                .aggregator(parts)
                .partitionHandler(
                        new Sharing(repository, parts, part, work, crew, couriers, jobs, ledger, onlooker, errand))
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    Step part(
            JobRepository repository,
            Parts parts,
            Optional<Crew> crew,
            FrozenIssues issues,
            Couriers couriers,
            TokenSigner signer,
            Ledger ledger,
            Onlooker onlooker,
            Errand errand,
            InstantSource clock) {
        return new StepBuilder(Parts.STEP, repository)
                .tasklet(
                        new PartDelivery(parts, crew, issues, couriers, signer, ledger, onlooker, errand, clock),
                        new ResourcelessTransactionManager())
                .build();
    }

    @Bean
    PartWork work(JobRepository repository, Step part, Step sheets) {
        return new PartWork(repository, List.of(part, sheets));
    }

    @Bean
    Step close(JobRepository repository, Couriers couriers, Errand errand, BounceRecorder recorder) {
        return new StepBuilder("close", repository)
                .allowStartIfComplete(true)
                .tasklet(
                        (contribution, chunk) -> {
                            IssueId id = new IssueId(Run.of(contribution).issue());
                            ExecutionContext run = contribution
                                    .getStepExecution()
                                    .getJobExecution()
                                    .getExecutionContext();
                            Summary summary = couriers.of(id).close(id, Parts.opening(run), Parts.kept(run));
                            LOG.info(
                                    "issue={} sent={} deferred={} rejected={} inDoubt={} stopped={}",
                                    id,
                                    summary.run().accepted(),
                                    summary.run().deferred(),
                                    summary.run().rejected(),
                                    summary.run().inDoubt(),
                                    summary.stopped());
                            errand.sent(summary.run().messages());
                            BouncesJob.noteRefusals(
                                    recorder, couriers.issue(id).issue().newsletter());
                            if (!summary.isFinished()) {
                                contribution.getStepExecution().setTerminateOnly();
                            }
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }

    /** Each time, also when a send goes on: what was approved is what goes out, or nothing does. */
    private static void uphold(Approvals approvals, FrozenIssue issue, Instant now) {
        if (issue.state() == FrozenIssue.State.APPROVED) {
            List<String> changed = approvals.uphold(issue.issue().id(), now);
            if (!changed.isEmpty()) {
                throw new ApprovalVoid(issue.issue().id(), changed);
            }
        }
    }

    private static boolean waits(FrozenIssues issues, IssueId id, Instant now) {
        return issues.headline(id).orElseThrow().waitsUntil(now).isPresent();
    }

    /**
     * It was looked at before it was frozen, but keys have been changed since, or the rules. Who has it has it: then the
     * others get the same.
     */
    private static void check(FrozenIssue issue, JobFile job, TokenSigner signer, Ledger ledger) {
        IssueId id = issue.issue().id();
        List<Flaw> flaws = Lint.of(issue, job.dkim(), signer);
        if (flaws.stream().anyMatch(Flaw::isError) && isBegun(ledger.counts(id))) {
            LOG.warn("issue={} has errors and goes on, because it is half sent", id);
            return;
        }
        UnfitMail.refuse(
                flaws,
                "issue " + id + " is not sent",
                "mend what is wrong ('courant lint " + id + "' shows all), or give the issue up ('courant cancel " + id
                        + "')");
    }

    private static boolean isBegun(Map<DeliveryState, Long> counts) {
        return Stream.of(DeliveryState.ACCEPTED, DeliveryState.SENDING, DeliveryState.IN_DOUBT)
                .anyMatch(counts::containsKey);
    }

    @Bean
    Step finish(JobRepository repository, FrozenIssues issues, InstantSource clock) {
        return new StepBuilder("finish", repository)
                .tasklet(
                        (contribution, chunk) -> {
                            issues.finish(new IssueId(Run.of(contribution).issue()), clock.instant());
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }
}
