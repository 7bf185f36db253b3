package io.courant.desk;

import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import io.courant.desk.Gauges.Figure;
import io.courant.issue.DueTimes;
import io.courant.job.JobFolder;
import io.courant.job.Muster;
import io.courant.job.Roll;
import io.courant.post.Sources;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The figures in the text format of Prometheus 0.0.4. Whoever reads them needs a token that may look, on this machine, too:
 * behind a server in front, everybody comes from this machine.
 */
@RestController
final class MetricsPages {
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Gauges gauges;
    private final Muster muster;
    private final MultiGauge issues = gauge("courant.issues", "Issues by newsletter and state.");
    private final MultiGauge deliveries =
            gauge("courant.deliveries", "Deliveries of issues that are not over, by state.");
    private final MultiGauge lastSuccess = MultiGauge.builder("courant.last.success.timestamp")
            .baseUnit("seconds")
            .description("When the newsletter's last run that went well began, or its newest issue was made.")
            .register(registry);
    private final MultiGauge failing = gauge("courant.sources.failing", "Sources that could not be read last time.");
    private final MultiGauge workers =
            gauge("courant.workers", "Leases under which parts of issues are delivered now.");
    private final MultiGauge cutOff = gauge("courant.workers.cut.off", "Leases that ended too soon within a day.");
    private final MultiGauge broker = gauge("courant.broker.up", "Whether the broker answers: 1 or 0.");
    private final MultiGauge takers =
            gauge("courant.parts.takers", "Parts that connected workers could take at a time.");
    private final MultiGauge waiting = gauge("courant.parts.waiting", "Parts that wait for a worker, or are with one.");
    private final MultiGauge dead =
            gauge("courant.parts.dead", "Parts that were set aside after failing again and again.");
    private final Map<List<String>, Double> messages = new ConcurrentHashMap<>();

    MetricsPages(
            FrozenIssues issues,
            Ledger ledger,
            DueTimes dueTimes,
            JobFolder jobs,
            Sources sources,
            Traffic traffic,
            Muster muster,
            InstantSource clock) {
        this.muster = muster;
        this.gauges = new Gauges(issues, ledger, dueTimes, jobs, sources, clock);
        traffic.count(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    @GetMapping("/metrics")
    synchronized ResponseEntity<String> metrics() {
        Gauges.Look look = gauges.look();
        issues.register(rows(look.issues()), true);
        deliveries.register(rows(look.deliveries()), true);
        lastSuccess.register(rows(look.lastSuccess()), true);
        failing.register(rows(look.failingSources()), true);
        look.messages().forEach(this::count);
        show(muster.roll());
        return ResponseEntity.ok().contentType(TEXT).body(registry.scrape());
    }

    /** What nobody knows has no figure, rather than one that looks good. */
    private void show(Roll roll) {
        workers.register(row(roll.atWork()), true);
        cutOff.register(row(roll.cutOff()), true);
        broker.register(row(roll.broker() == null ? null : roll.trouble() == null ? 1 : 0), true);
        takers.register(row(roll.takers()), true);
        waiting.register(row(roll.waiting()), true);
        dead.register(row(roll.dead()), true);
    }

    private static List<MultiGauge.Row<?>> row(@Nullable Number value) {
        return value == null ? List.of() : List.of(MultiGauge.Row.of(Tags.empty(), value));
    }

    private static List<MultiGauge.Row<?>> rows(List<Figure> figures) {
        return figures.stream()
                .<MultiGauge.Row<?>>map(figure -> MultiGauge.Row.of(tags(figure.labels()), figure.value()))
                .toList();
    }

    private void count(Figure figure) {
        if (messages.put(figure.labels(), figure.value()) == null) {
            FunctionCounter.builder("courant.messages", messages, known -> known.getOrDefault(figure.labels(), 0.0))
                    .tags(tags(figure.labels()))
                    .description("Messages by what became of them in the end.")
                    .register(registry);
        }
    }

    private static Tags tags(List<String> labels) {
        return Tags.of(labels.toArray(String[]::new));
    }

    @PreDestroy
    void close() {
        collections.close();
        registry.close();
    }
}
