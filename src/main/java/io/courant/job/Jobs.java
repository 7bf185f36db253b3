package io.courant.job;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The jobs, and what Spring Batch needs to run them and to remember their runs. Everything else that they use comes
 * from the context around.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration(BatchJdbcAutoConfiguration.class)
@Import({Runs.class, CollectJob.class, ComposeJob.class, SendJob.class, BouncesJob.class, Errand.class, Postbag.class})
public class Jobs {}
