package io.courant.store;

import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every port that the store keeps, over one database. Of the database's two sides the primary beans write, those
 * qualified {@value #READ} read.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    JdbcDeliveries.class,
    JdbcFlows.class,
    JdbcFrozenIssues.class,
    JdbcLedger.class,
    JdbcNewSections.class,
    JdbcSectionedPosts.class,
    JdbcSoundness.class,
    JdbcSubscribers.class
})
public class StoreConfiguration {
    static final String READ = "read";

    @Bean(destroyMethod = "") // the database closes it, after the readers: only a last one that writes tidies up
    @Primary
    DataSource writer(Database database) {
        return database.writer();
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource writer) {
        return new JdbcTransactionManager(writer);
    }

    @Bean
    TransactionTemplate transactions(PlatformTransactionManager transactionManager) {
        return new TransactionTemplate(transactionManager);
    }

    @Bean
    @Primary
    JdbcClient writeClient(DataSource writer) {
        return JdbcClient.create(writer);
    }

    @Bean
    @Qualifier(READ)
    JdbcClient readClient(Database database) {
        return JdbcClient.create(database.reader());
    }
}
