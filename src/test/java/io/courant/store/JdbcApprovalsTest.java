package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Segment;
import io.courant.delivery.Approvals;
import io.courant.delivery.Approvals.Assent;
import io.courant.delivery.Approvals.Ruling;
import io.courant.delivery.ApprovalsContract;
import io.courant.delivery.FrozenIssue.State;
import io.courant.delivery.Release;
import io.courant.delivery.Samples;
import io.courant.issue.Issue;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EachDatabase
class JdbcApprovalsTest extends JdbcLedgerFixture implements ApprovalsContract {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            update issue set subject = 'Another'                                              | its subject
            update issue set content = replace(content, 'Edge', 'Fringe')                     | its content
            update issue set audience = '{}'                                                  | its recipients
            update issue set imprint = replace(imprint, 'example', 'elsewhere')               | its sender
            update message set packed = false, bytes = cast('Subject: Another' as blob)       | its messages
            update variant set name = 'other'                                                 | its messages
            insert into link (issue_id, number, url) select id, 9, 'https://a.example' from issue | its links
            delete from delivery                                                              | its recipients
            """)
    void whateverChangesOfAnApprovedIssueVoidsItsApprovals(String change, String changed) {
        subscriber("ada@example.org");
        Issue issue = Samples.issue("deep-learning-2026-11-23", section("Edge"));
        Samples.freeze(issues(), issue, Segment.ALL, new Release(2, Duration.ZERO));
        approvals().approve(issue.id(), new Assent("ada", THEN, null, null));
        approvals().approve(issue.id(), new Assent("bob", THEN, null, null));
        store.sql()
                .sql(TestDatabase.isSqlite() ? change : change.replace("blob", "bytea"))
                .update();
        assertThat(approvals().uphold(issue.id(), THEN)).containsExactly(changed);
        assertThat(issues().state(issue.id())).contains(State.AWAITING_APPROVAL);
        assertThat(approvals().of(issue.id())).isEmpty();
        assertThat(approvals().approve(issue.id(), new Assent("ada", THEN, null, null)))
                .isEqualTo(new Ruling.NeedsAnother());
    }

    @Override
    public Approvals approvals() {
        return store.approvals();
    }
}
