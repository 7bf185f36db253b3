package io.courant;

import io.courant.archive.Archive;
import io.courant.audience.Erasures;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.bounce.BounceRecorder;
import io.courant.bounce.Bounces;
import io.courant.bounce.ReturnedMailReader;
import io.courant.cli.Settings;
import io.courant.cluster.JmsPartQueue;
import io.courant.cluster.Worker;
import io.courant.consent.DoubleOptIn;
import io.courant.consent.Limits;
import io.courant.consent.Outbox;
import io.courant.consent.Requests;
import io.courant.consent.Sender;
import io.courant.delivery.Deliveries;
import io.courant.delivery.Failures;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Journal;
import io.courant.delivery.Ledger;
import io.courant.delivery.Press;
import io.courant.delivery.Soundness;
import io.courant.delivery.TokenKeys;
import io.courant.delivery.TokenSigner;
import io.courant.editor.Credentials;
import io.courant.editor.Editors;
import io.courant.editor.Invitations;
import io.courant.editor.LoginAttempts;
import io.courant.editor.OneTimeCodes;
import io.courant.editor.Passwords;
import io.courant.editor.SignIn;
import io.courant.issue.DueTimes;
import io.courant.issue.Edits;
import io.courant.issue.NewSections;
import io.courant.issue.Summaries;
import io.courant.issue.Summariser;
import io.courant.job.Agenda;
import io.courant.job.Canceller;
import io.courant.job.Crew;
import io.courant.job.Drafts;
import io.courant.job.Eraser;
import io.courant.job.InForce;
import io.courant.job.JobFile;
import io.courant.job.JobFolder;
import io.courant.job.Messenger;
import io.courant.job.Muster;
import io.courant.job.Onlooker;
import io.courant.job.Rota;
import io.courant.job.Runs;
import io.courant.job.Sends;
import io.courant.job.TestCopies;
import io.courant.job.Timetable;
import io.courant.job.Uploads;
import io.courant.job.Wishes;
import io.courant.lab.Audit;
import io.courant.post.Sources;
import io.courant.render.ArchivePages;
import io.courant.render.NoteRenderer;
import io.courant.render.Renderer;
import io.courant.render.TemplateFolder;
import io.courant.report.Reporter;
import io.courant.report.Webhooks;
import io.courant.section.Assigner;
import io.courant.section.Assignments;
import io.courant.section.Collector;
import io.courant.section.SectionedPosts;
import io.courant.section.Sectioner;
import io.courant.store.Database;
import io.courant.store.FileBackups;
import io.courant.store.FileJournal;
import io.courant.store.JdbcMigration;
import io.courant.store.JdbcStore;
import io.courant.upkeep.Backups;
import io.courant.upkeep.Checkup;
import io.courant.upkeep.Condition;
import io.courant.upkeep.Instance;
import io.courant.upkeep.Migration;
import io.courant.upkeep.RunLock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;

/**
 * Puts the packages together, but for the jobs. Settings and the clock are handed in by {@link HomeSession}. Said as
 * suppliers: to find out the same from annotations takes Spring longer than the commands that look take as a whole.
 */
final class Wiring implements BeanRegistrar {
    private final Supplier<Runs> runs;

    private final Settings settings;

    /** @param runs the jobs, which are put together when one of them is to run */
    Wiring(Supplier<Runs> runs, Settings settings) {
        this.runs = runs;
        this.settings = settings;
    }

    @Override
    public void register(BeanRegistry beans, Environment environment) {
        // The home folder comes as a value, never as a property: an environment variable would override it in a dry
        // run.
        lazy(beans, Database.class, Wiring::database);
        beans.register(new JdbcStore());
        lazy(
                beans,
                TemplateFolder.class,
                in -> new TemplateFolder(in.bean(Settings.class).templates()));
        lazy(beans, JobFolder.class, in -> jobFolder(in.bean(Settings.class), in.bean(TemplateFolder.class)));
        lazy(beans, Collector.class, Wiring::collector);
        lazy(beans, Press.class, Wiring::press);
        lazy(beans, Drafts.class, Wiring::drafts);
        lazy(
                beans,
                Wishes.class,
                in -> new Wishes(in.bean(NewSections.class), in.bean(Assigner.class), in.bean(Assignments.class)));
        lazy(beans, TokenSigner.class, in -> new TokenSigner(in.bean(TokenKeys.class)));
        lazy(
                beans,
                TokenKeys.class,
                in -> TokenKeys.in(in.bean(Settings.class).home().resolve("keys")));
        lazy(beans, Journal.class, in -> new FileJournal(in.bean(Settings.class).home()));
        lazy(
                beans,
                Backups.class,
                in -> new FileBackups(
                        in.bean(Settings.class).home(), in.bean(Settings.class).database()));
        lazy(
                beans,
                Migration.class,
                in -> new JdbcMigration(in.bean(Settings.class).home()));
        lazy(beans, Renderer.class, in -> new Renderer(in.bean(TemplateFolder.class), Renderer.randomNonces()));
        lazy(
                beans,
                Archive.class,
                in -> new Archive(
                        in.bean(FrozenIssues.class),
                        in.bean(Renderer.class),
                        new ArchivePages(in.bean(TemplateFolder.class))));
        lazy(
                beans,
                Canceller.class,
                in -> new Canceller(
                        in.bean(Settings.class).home(),
                        in.bean(FrozenIssues.class),
                        in.bean(JobFolder.class),
                        in.bean(Archive.class),
                        in.bean(InstantSource.class)));
        lazy(beans, InForce.class, in -> in.bean(Settings.class).inForce());
        lazy(
                beans,
                Eraser.class,
                in -> new Eraser(
                        in.bean(Settings.class).home(),
                        in.bean(Journal.class),
                        in.bean(Deliveries.class),
                        in.bean(Erasures.class),
                        in.bean(InstantSource.class)));
        lazy(beans, Uploads.class, in -> new Uploads(in.bean(Settings.class).home(), in.bean(InstantSource.class)));
        lazy(beans, BounceRecorder.class, Wiring::bounceRecorder);
        lazy(
                beans,
                DoubleOptIn.class,
                in -> new DoubleOptIn(
                        in.bean(Requests.class),
                        in.bean(TemplateFolder.class),
                        Limits.DEFAULT,
                        in.bean(InstantSource.class)));
        lazy(beans, Outbox.class, Wiring::outbox);
        lazy(
                beans,
                Reporter.class,
                in -> new Reporter(
                        in.bean(FrozenIssues.class),
                        in.bean(Ledger.class),
                        in.bean(Bounces.class),
                        in.bean(InstantSource.class)));
        lazy(
                beans,
                Audit.class,
                in -> new Audit(in.bean(FrozenIssues.class), in.bean(Ledger.class), in.bean(Soundness.class)));
        lazy(beans, Assigner.class, in -> new Assigner(in.bean(SectionedPosts.class), in.bean(Assignments.class)));
        lazy(
                beans,
                Checkup.class,
                in -> new Checkup(
                        in.bean(Settings.class).home(),
                        in.bean(Settings.class).database(),
                        in.bean(Instance.class),
                        in.bean(Condition.class)));
        lazy(
                beans,
                Messenger.class,
                in -> new Messenger(
                        in.bean(Webhooks.class),
                        in.bean(JobFolder.class),
                        in.bean(Instance.class),
                        in.bean(InstantSource.class)));
        settings.broker().ifPresent(address -> {
            beans.registerBean(JmsPartQueue.class, bean -> bean.lazyInit().supplier(in -> new JmsPartQueue(address)));
            lazy(beans, Crew.class, in -> new Crew(in.bean(JmsPartQueue.class), new Worker(address), settings.helps()));
        });
        lazy(
                beans,
                Muster.class,
                in -> new Muster(
                        in.bean(Ledger.class),
                        Optional.ofNullable(in.beanProvider(Crew.class).getIfAvailable()),
                        in.bean(InstantSource.class)));
        lazy(beans, Onlooker.class, in -> new Onlooker());
        lazy(
                beans,
                Sends.class,
                in -> new Sends(
                        in.bean(Settings.class).home(),
                        runs,
                        in.bean(RunLock.class),
                        in.bean(Onlooker.class),
                        in.bean(JobFolder.class),
                        in.bean(FrozenIssues.class),
                        in.bean(Failures.class),
                        in.bean(Reporter.class),
                        in.bean(InstantSource.class)));
        lazy(
                beans,
                TestCopies.class,
                in -> new TestCopies(
                        in.bean(Instance.class), in.bean(TokenSigner.class), in.bean(InstantSource.class)));
        lazy(beans, Passwords.class, in -> new Passwords());
        lazy(
                beans,
                Invitations.class,
                in -> new Invitations(
                        in.bean(Editors.class),
                        in.bean(Credentials.class),
                        in.bean(Passwords.class),
                        in.bean(InstantSource.class)));
        lazy(
                beans,
                OneTimeCodes.class,
                in -> new OneTimeCodes(in.bean(Credentials.class), in.bean(InstantSource.class)));
        lazy(
                beans,
                SignIn.class,
                in -> new SignIn(
                        in.bean(Editors.class),
                        in.bean(Credentials.class),
                        in.bean(LoginAttempts.class),
                        in.bean(Passwords.class),
                        in.bean(OneTimeCodes.class),
                        in.bean(InstantSource.class)));
        lazy(
                beans,
                Timetable.class,
                in -> new Timetable(
                        in.bean(DueTimes.class),
                        in.bean(FrozenIssues.class),
                        in.bean(NewSections.class),
                        in.bean(InstantSource.class)));
        lazy(
                beans,
                Agenda.class,
                in -> new Agenda(
                        in.bean(JobFolder.class),
                        in.bean(Timetable.class),
                        in.bean(DueTimes.class),
                        in.bean(InstantSource.class)));
        lazy(
                beans,
                Rota.class,
                in -> new Rota(
                        in.bean(Timetable.class),
                        in.bean(FrozenIssues.class),
                        in.bean(Reporter.class),
                        in.bean(InstantSource.class)));
    }

    private static <T> void lazy(BeanRegistry beans, Class<T> type, Function<SupplierContext, T> made) {
        beans.registerBean(type, bean -> bean.lazyInit().supplier(made));
    }

    private static Database database(SupplierContext in) {
        Settings settings = in.bean(Settings.class);
        return Database.open(settings.home(), settings.database());
    }

    private static JobFolder jobFolder(Settings settings, TemplateFolder templates) {
        return new JobFolder(settings.jobs(), templates.names(), settings.environment(), settings.overrides());
    }

    private static Collector collector(SupplierContext in) {
        return new Collector(
                new Sectioner(), in.bean(Sources.class), in.bean(SectionedPosts.class), in.bean(InstantSource.class));
    }

    private static BounceRecorder bounceRecorder(SupplierContext in) {
        return new BounceRecorder(
                in.bean(Bounces.class),
                in.bean(Ledger.class),
                in.bean(FrozenIssues.class),
                in.bean(Subscribers.class),
                in.bean(Readers.class),
                in.bean(Erasures.class),
                in.bean(TokenSigner.class),
                new ReturnedMailReader()::read);
    }

    private static Outbox outbox(SupplierContext in) {
        JobFolder jobs = in.bean(JobFolder.class);
        return new Outbox(
                in.bean(Requests.class),
                in.bean(Subscribers.class),
                in.bean(Readers.class),
                in.bean(Erasures.class),
                new NoteRenderer(in.bean(TemplateFolder.class)),
                in.bean(TokenSigner.class),
                name -> {
                    JobFile job = jobs.load(name);
                    return new Sender(job.newsletter(), job.transport(), job.dkim());
                },
                in.bean(Instance.class),
                in.bean(InstantSource.class));
    }

    private static Drafts drafts(SupplierContext in) {
        return new Drafts(
                in.bean(Press.class),
                in.bean(NewSections.class),
                in.bean(Edits.class),
                in.bean(FrozenIssues.class),
                in.bean(Ledger.class),
                in.bean(TokenSigner.class));
    }

    private static Press press(SupplierContext in) {
        return new Press(
                in.bean(Assigner.class),
                in.bean(NewSections.class),
                in.bean(Edits.class),
                in.bean(FrozenIssues.class),
                new Summariser(in.bean(Summaries.class)),
                in.bean(Renderer.class));
    }
}
