package io.courant.store;

import io.courant.audience.Erasures;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.bounce.Bounces;
import io.courant.consent.Requests;
import io.courant.delivery.Approvals;
import io.courant.delivery.Clicks;
import io.courant.delivery.Deliveries;
import io.courant.delivery.Failures;
import io.courant.delivery.Flows;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import io.courant.delivery.PressRuns;
import io.courant.delivery.Soundness;
import io.courant.editor.ApiTokens;
import io.courant.editor.AuditLog;
import io.courant.editor.Credentials;
import io.courant.editor.Editors;
import io.courant.editor.KeptAnswers;
import io.courant.editor.LoginAttempts;
import io.courant.issue.DueTimes;
import io.courant.issue.Edits;
import io.courant.issue.NewSections;
import io.courant.issue.Summaries;
import io.courant.post.Sources;
import io.courant.report.PersonalData;
import io.courant.report.Webhooks;
import io.courant.section.Assignments;
import io.courant.section.SectionedPosts;
import io.courant.upkeep.Condition;
import io.courant.upkeep.Instance;
import io.courant.upkeep.RunLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every port that the store keeps, over the {@link Database} among the beans. The data source, the client and the
 * transactions that it hands out are those of the side that writes.
 */
public final class JdbcStore implements BeanRegistrar {
    @Override
    public void register(BeanRegistry beans, Environment environment) {
        // wrapped, because Spring would close it: the database does, after the readers, so that the last one tidies up
        lazy(
                beans,
                DataSource.class,
                in -> new DelegatingDataSource(in.bean(Database.class).writer()));
        lazy(
                beans,
                PlatformTransactionManager.class,
                in -> in.bean(Database.class).dialect().transactions(in.bean(DataSource.class)));
        lazy(
                beans,
                TransactionTemplate.class,
                in -> new TransactionTemplate(in.bean(PlatformTransactionManager.class)));
        lazy(beans, JdbcClient.class, in -> JdbcClient.create(in.bean(DataSource.class)));

        lazy(beans, SectionedPosts.class, in -> new JdbcSectionedPosts(writing(in), reading(in), transactions(in)));
        lazy(beans, Assignments.class, in -> new JdbcAssignments(writing(in), reading(in), transactions(in)));
        lazy(beans, Sources.class, in -> new JdbcSources(writing(in), reading(in), transactions(in)));
        lazy(
                beans,
                Subscribers.class,
                in -> new JdbcSubscribers(
                        writing(in),
                        reading(in),
                        in.bean(DataSource.class),
                        transactions(in),
                        in.bean(Database.class)));
        lazy(beans, Readers.class, in -> new JdbcReaders(writing(in), reading(in), transactions(in)));
        lazy(
                beans,
                Requests.class,
                in -> new JdbcRequests(writing(in), reading(in), transactions(in), in.bean(Database.class)));
        lazy(
                beans,
                Erasures.class,
                in -> new JdbcErasures(writing(in), reading(in), transactions(in), in.bean(Database.class)));
        lazy(beans, PersonalData.class, in -> new JdbcPersonalData(reading(in)));
        lazy(beans, NewSections.class, in -> new JdbcNewSections(writing(in), reading(in)));
        lazy(beans, Edits.class, in -> new JdbcEdits(writing(in), reading(in), transactions(in)));
        lazy(beans, Approvals.class, in -> new JdbcApprovals(writing(in), reading(in), transactions(in)));
        lazy(beans, Failures.class, in -> new JdbcFailures(writing(in), transactions(in)));
        lazy(beans, Summaries.class, in -> new JdbcSummaries(writing(in), reading(in)));
        lazy(beans, DueTimes.class, in -> new JdbcDueTimes(writing(in), reading(in), transactions(in)));
        lazy(beans, PressRuns.class, in -> new JdbcPressRuns(writing(in), reading(in), transactions(in)));
        lazy(
                beans,
                FrozenIssues.class,
                in -> new JdbcFrozenIssues(writing(in), reading(in), transactions(in), in.bean(Database.class)));
        lazy(
                beans,
                Deliveries.class,
                in -> new JdbcDeliveries(writing(in), in.bean(DataSource.class), in.bean(Database.class)));
        lazy(
                beans,
                Ledger.class,
                in -> new JdbcLedger(reading(in), in.bean(Database.class).dialect()));
        lazy(beans, Bounces.class, in -> new JdbcBounces(writing(in), reading(in), transactions(in)));
        lazy(beans, Flows.class, in -> new JdbcFlows(writing(in), reading(in), transactions(in)));
        lazy(beans, Clicks.class, in -> new JdbcClicks(writing(in), reading(in)));
        lazy(beans, Instance.class, in -> in.bean(Database.class).instance(writing(in), reading(in), transactions(in)));
        lazy(beans, Condition.class, in -> new JdbcCondition(writing(in), reading(in), in.bean(Database.class)));
        lazy(
                beans,
                Soundness.class,
                in -> new JdbcSoundness(reading(in), in.bean(Database.class).dialect()));
        lazy(beans, Editors.class, in -> new JdbcEditors(writing(in), reading(in), transactions(in)));
        lazy(beans, Credentials.class, in -> new JdbcCredentials(writing(in), reading(in), transactions(in)));
        lazy(beans, ApiTokens.class, in -> new JdbcApiTokens(writing(in), reading(in)));
        lazy(beans, LoginAttempts.class, in -> new JdbcLoginAttempts(writing(in), transactions(in)));
        lazy(beans, KeptAnswers.class, in -> new JdbcKeptAnswers(writing(in), transactions(in)));
        lazy(beans, Webhooks.class, in -> new JdbcWebhooks(writing(in), reading(in), transactions(in)));
        lazy(beans, RunLock.class, in -> in.bean(Database.class).runLock());
        lazy(
                beans,
                AuditLog.class,
                in -> new JdbcAuditLog(writing(in), reading(in), transactions(in), in.bean(Database.class)));
    }

    private static <T> void lazy(BeanRegistry beans, Class<T> type, Function<SupplierContext, T> made) {
        beans.registerBean(type, bean -> bean.lazyInit().supplier(made));
    }

    private static JdbcClient writing(SupplierContext in) {
        return in.bean(JdbcClient.class);
    }

    private static JdbcClient reading(SupplierContext in) {
        return JdbcClient.create(in.bean(Database.class).reader());
    }

    private static TransactionTemplate transactions(SupplierContext in) {
        return in.bean(TransactionTemplate.class);
    }
}
