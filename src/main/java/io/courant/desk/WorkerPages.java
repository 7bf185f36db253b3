package io.courant.desk;

import io.courant.delivery.Flows;
import io.courant.job.BrokerException;
import io.courant.job.Muster;
import io.courant.job.Roll;
import io.courant.job.Sends;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who delivers what at this moment, on whichever machine, and what waits for whom. */
@RestController
final class WorkerPages {
    private static final String HERE = "/workers";

    private final Sheets sheets;
    private final Gate gate;
    private final Muster muster;
    private final Sends sends;
    private final Flows flows;
    private final Zones zones;
    private final InstantSource clock;

    WorkerPages(Sheets sheets, Gate gate, Muster muster, Sends sends, Flows flows, Zones zones, InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.muster = muster;
        this.sends = sends;
        this.flows = flows;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * Everybody.
     *
     * @param broker where the queue is; empty: this installation sends from one machine
     * @param trouble why the broker does not answer; empty: it does
     * @param busy who has issues made or sent at this moment; empty: nobody
     */
    private record Everybody(
            String at,
            String broker,
            String trouble,
            long takers,
            long waiting,
            long dead,
            String busy,
            List<Row> workers,
            List<Pace> paces) {}

    /**
     * Somebody who delivers a part.
     *
     * @param rate deliveries a second; empty: nobody knows
     */
    private record Row(
            long lease,
            String holder,
            String issue,
            String range,
            long settled,
            String rate,
            Shown state,
            String ends) {}

    /**
     * A limit in force.
     *
     * @param limit messages a minute
     */
    private record Pace(String name, String limit) {}

    @GetMapping(HERE)
    ResponseEntity<String> workers(HttpServletRequest request) {
        Instant now = clock.instant();
        ZoneId zone = zones.common();
        Roll roll = muster.roll();
        return sheets.page(
                request,
                "workers",
                new Everybody(
                        Times.words(now, zone),
                        Objects.requireNonNullElse(roll.broker(), ""),
                        Objects.requireNonNullElse(roll.trouble(), ""),
                        Objects.requireNonNullElse(roll.takers(), 0L),
                        Objects.requireNonNullElse(roll.waiting(), 0L),
                        Objects.requireNonNullElse(roll.dead(), 0L),
                        sends.holder()
                                .map(holder -> holder.purpose() + " (" + holder.process() + ")")
                                .orElse(""),
                        roll.workers().stream()
                                .map(worker -> row(worker, now, zone))
                                .toList(),
                        paces()));
    }

    private static Row row(Roll.Worker worker, Instant now, ZoneId zone) {
        return new Row(
                worker.lease(),
                worker.holder(),
                worker.issue(),
                "%,d to %,d".formatted(worker.firstSubscriber(), worker.lastSubscriber()),
                worker.settled(),
                worker.lasts() ? "%,.0f".formatted(worker.perSecond()) : "",
                worker.lasts() ? new Shown("at work", "good") : new Shown("cut off", "bad"),
                worker.lasts()
                        ? Times.words(worker.left(now)) + " left"
                        : "ended " + Times.words(worker.leaseUntil(), zone));
    }

    private List<Pace> paces() {
        return flows.paces().entrySet().stream()
                .filter(pace -> pace.getValue().perMinute() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(pace -> new Pace(
                        pace.getKey(),
                        "%,.0f a minute".formatted(pace.getValue().perMinute())))
                .toList();
    }

    @PostMapping("/workers/requeue")
    ResponseEntity<Void> requeue(HttpServletRequest request, HttpServletResponse response) {
        return sheets.after(request, response, HERE, () -> {
            int again = again();
            if (again == 0) {
                return "No part was set aside any more.";
            }
            String parts = again == 1 ? "1 part" : again + " parts";
            gate.note(request, "parts requeue", "", parts);
            return parts + " put in again: whoever is free takes " + (again == 1 ? "it." : "them.");
        });
    }

    private int again() {
        try {
            return muster.requeue();
        } catch (BrokerException e) {
            throw new IllegalStateException(e.getMessage(), e); // which a page can say
        }
    }
}
