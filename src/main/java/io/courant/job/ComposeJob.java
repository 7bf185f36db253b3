package io.courant.job;

import io.courant.audience.Readers;
import io.courant.audience.Segment;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Press;
import io.courant.delivery.Press.Proof;
import io.courant.delivery.PressRuns;
import io.courant.delivery.TokenSigner;
import io.courant.issue.Issue;
import io.courant.issue.NewSections;
import io.courant.issue.Newsletter;
import io.courant.post.Sources;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
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

    /** A step of its own making, because within a tasklet, which runs in a transaction, no parts can be given out. */
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
            Onlooker onlooker,
            Optional<Crew> crew,
            PartWork work,
            PressRuns runs,
            InstantSource clock) {
        AbstractStep freeze = new AbstractStep(repository) {
            @Override
            protected void doExecute(StepExecution step) throws Exception {
                Run run = new Run(step.getJobExecution());
                JobFile job = jobs.load(run.newsletter());
                Newsletter newsletter = job.newsletter();
                Proof proof = readers.count(newsletter.name(), newsletter.audience()) == 0
                        ? new Proof.Skipped(nobody(newsletter), List.of())
                        : press.proof(newsletter, clock.instant());
                newSections.repeated(newsletter, proof.repeats());
                Freezer.Others others = crew.<Freezer.Others>map(
                                some -> new SharedPress(repository, jobs, some, work, runs, onlooker, clock, step))
                        .orElse(Freezer.Others.NONE);
                Freezer freezer = new Freezer(press, issues, sources, signer, others);
                Optional<Issue> frozen = proof instanceof Proof.Printed printed
                        ? freezer.freeze(job, printed, onlooker::printed)
                        : freezer.freeze(job, clock.instant(), onlooker::printed);
                if (frozen.isPresent()) {
                    Issue issue = frozen.get();
                    step.setWriteCount(issue.items().size());
                    LOG.info(
                            "issue={} items={} carriedOver={}",
                            issue.id(),
                            issue.items().size(),
                            issue.carriedOver().size());
                    run.result("issue", issue.id().value());
                } else {
                    String reason = proof instanceof Proof.Skipped skipped
                            ? skipped.reason()
                            : "nobody's mail is due, or holds any of the new items; they stay new";
                    LOG.info("newsletter={} skipped: {}", run.newsletter(), reason);
                    run.result("skipped", reason);
                }
            }
        };
        freeze.setName("freeze");
        return freeze;
    }

    @Bean
    Step sheets(JobRepository repository, PressRuns runs, Press press, FrozenIssues issues, TokenSigner signer) {
        return new StepBuilder(Sheets.STEP, repository)
                .tasklet(new Sheets(runs, press, issues, signer), new ResourcelessTransactionManager())
                .build();
    }

    /** An issue for nobody would use up its items. */
    private static String nobody(Newsletter newsletter) {
        Segment audience = newsletter.audience();
        List<String> conditions = new ArrayList<>();
        if (!audience.tags().isEmpty()) {
            conditions.add("with one of the tags " + listed(audience.tags()));
        }
        if (!audience.topics().isEmpty()) {
            conditions.add("with one of the topics " + listed(audienceTopics(newsletter)));
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

    /** Without the ids by which they were known before. */
    private static Set<String> audienceTopics(Newsletter newsletter) {
        Set<String> topics = new HashSet<>(newsletter.beat().taxonomy().ids());
        topics.retainAll(newsletter.audience().topics());
        return topics;
    }

    private static String listed(Set<String> words) {
        return words.stream().filter(word -> !word.isEmpty()).sorted().collect(Collectors.joining(", "));
    }
}
