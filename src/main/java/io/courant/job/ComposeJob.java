package io.courant.job;

import io.courant.audience.Readers;
import io.courant.audience.Segment;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.FrozenIssues.Frozen;
import io.courant.delivery.Lint;
import io.courant.delivery.Press;
import io.courant.delivery.Press.Proof;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.UnfitMail;
import io.courant.issue.IssueId;
import io.courant.issue.NewSections;
import io.courant.issue.Newsletter;
import io.courant.post.Problem;
import io.courant.post.Sources;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

/** Makes an issue of what is new to a newsletter, and freezes it. */
@Configuration(proxyBeanMethods = false)
class ComposeJob {
    static final String NAME = "compose";
    private static final Logger LOG = LoggerFactory.getLogger(ComposeJob.class);

    @Bean
    Job compose(JobRepository repository, Step assign, Step freeze) {
        // what was collected before the job file's topics changed, or for another newsletter, has no topics yet
        return new JobBuilder(NAME, repository).start(assign).next(freeze).build();
    }

    @Bean
    Step freeze(
            JobRepository repository,
            JobFolder jobs,
            Press press,
            FrozenIssues issues,
            Sources sources,
            NewSections newSections,
            Readers readers,
            TokenSigner signer,
            InstantSource clock) {
        return new StepBuilder("freeze", repository)
                .tasklet(
                        (contribution, chunk) -> {
                            Run run = Run.of(contribution);
                            JobFile job = jobs.load(run.newsletter());
                            Newsletter newsletter = job.newsletter();
                            Proof proof = readers.count(newsletter.name(), newsletter.audience()) == 0
                                    ? new Proof.Skipped(nobody(newsletter), List.of())
                                    : press.proof(newsletter, clock.instant());
                            newSections.repeated(newsletter, proof.repeats());
                            if (proof instanceof Proof.Printed printed) {
                                check(job, printed, signer);
                                issues.freeze(new Frozen(
                                        printed.issue(),
                                        printed.draft(),
                                        printed.rendering().subject(),
                                        printed.variant(),
                                        newsletter.audience(),
                                        job.transport().groups(),
                                        newsletter.approval(),
                                        printed.imprint(),
                                        unread(newsletter, sources)));
                                contribution.incrementWriteCount(
                                        printed.issue().items().size());
                                LOG.info(
                                        "issue={} items={} carriedOver={}",
                                        printed.issue().id(),
                                        printed.issue().items().size(),
                                        printed.issue().carriedOver().size());
                                run.result("issue", printed.issue().id().value());
                            } else if (proof instanceof Proof.Skipped skipped) {
                                LOG.info("newsletter={} skipped: {}", run.newsletter(), skipped.reason());
                                run.result("skipped", skipped.reason());
                            }
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }

    /** An issue that cannot be sent would use up its items. */
    private static void check(JobFile job, Proof.Printed printed, TokenSigner signer) {
        IssueId id = printed.issue().id();
        UnfitMail.refuse(
                Lint.of(printed, job.dkim(), signer),
                "issue " + id + " is not made, because its mail must not be sent",
                "'courant lint " + job.name() + "' shows all; nothing is used up: mend template '"
                        + job.newsletter().template() + "' or the job file, and run again");
    }

    private static List<Problem> unread(Newsletter newsletter, Sources sources) {
        return newsletter.sources().stream()
                .map(source ->
                        new Problem(source.name(), sources.state(source.key()).problem()))
                .filter(problem -> !problem.what().isEmpty())
                .toList();
    }

    /** An issue for nobody would use up its items. */
    private static String nobody(Newsletter newsletter) {
        Segment audience = newsletter.audience();
        List<String> conditions = new ArrayList<>();
        if (!audience.tags().isEmpty()) {
            conditions.add("with one of the tags " + listed(audience.tags()));
        }
        if (!audience.topics().isEmpty()) {
            conditions.add("with one of the topics " + listed(audience.topics()));
        }
        if (!audience.languages().isEmpty()) {
            conditions.add("with one of the languages " + listed(audience.languages()));
        }
        if (audience.joinedSince() != null) {
            conditions.add("who joined since "
                    + audience.joinedSince().atZone(newsletter.zone()).toLocalDate());
        }
        return "no active subscriber" + (conditions.isEmpty() ? "" : " " + String.join(" and ", conditions))
                + "; import some with 'courant subscribers import'";
    }

    private static String listed(Set<String> words) {
        return words.stream().filter(word -> !word.isEmpty()).sorted().collect(Collectors.joining(", "));
    }
}
