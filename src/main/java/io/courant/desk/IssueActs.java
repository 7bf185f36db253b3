package io.courant.desk;

import io.courant.delivery.Approvals;
import io.courant.delivery.Approvals.Assent;
import io.courant.delivery.Approvals.Ruling;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Failures;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.editor.Editor;
import io.courant.issue.IssueId;
import io.courant.job.Canceller;
import io.courant.job.HomeLock;
import io.courant.job.Sends;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What editors do with a frozen issue: answer for it, have it sent, hold it, try again, give it up. */
@RestController
final class IssueActs {
    private final Sheets sheets;
    private final Gate gate;
    private final FrozenIssues issues;
    private final Approvals approvals;
    private final Canceller canceller;
    private final Sends sends;
    private final Sender sender;
    private final Zones zones;
    private final InstantSource clock;

    IssueActs(
            Sheets sheets,
            Gate gate,
            FrozenIssues issues,
            Approvals approvals,
            Canceller canceller,
            Sends sends,
            Sender sender,
            Zones zones,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.issues = issues;
        this.approvals = approvals;
        this.canceller = canceller;
        this.sends = sends;
        this.sender = sender;
        this.zones = zones;
        this.clock = clock;
    }

    @PostMapping("/i/{id}/approve")
    ResponseEntity<Void> approve(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("id") String id,
            @RequestParam("hash") String hash,
            @RequestParam(name = "at", defaultValue = "") String at) {
        return act(request, response, id, issue -> {
            ZoneId zone = zones.of(headline(issue).newsletter());
            Instant now = clock.instant();
            Editor editor = gate.required(request);
            String told = told(
                    approvals.approve(issue, new Assent(editor.name(), now, hash, Times.typed(at, now, zone))), zone);
            gate.note(request, "approve", issue.value(), "");
            return told;
        });
    }

    private static String told(Ruling ruling, ZoneId zone) {
        if (ruling instanceof Ruling.Approved approved) {
            return approved.sendAfter() == null
                    ? "Approved."
                    : "Approved. Sending begins " + Times.words(approved.sendAfter(), zone)
                            + "; until then it can be taken back.";
        }
        if (ruling instanceof Ruling.NeedsAnother) {
            return "Noted. Another person must approve it, too.";
        }
        if (ruling instanceof Ruling.Twice) {
            throw new IllegalStateException("You have approved it before; another person must do it this time.");
        }
        if (ruling instanceof Ruling.Differs) {
            throw new IllegalStateException(
                    "It is not what you saw: it has changed since. Look at it again, and approve that.");
        }
        throw new IllegalStateException("There is nothing to approve: it is "
                + Shown.of(((Ruling.Moot) ruling).state()).words() + ".");
    }

    @PostMapping("/i/{id}/withdraw")
    ResponseEntity<Void> withdraw(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        return act(request, response, id, issue -> {
            if (!approvals.withdraw(issue, gate.required(request).name(), clock.instant())) {
                throw new IllegalStateException("There is no approval to take back.");
            }
            gate.note(request, "approve --withdraw", issue.value(), "");
            return "The approval is taken back: nothing goes out before it is approved again.";
        });
    }

    @PostMapping("/i/{id}/send")
    ResponseEntity<Void> send(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("id") String id,
            @RequestParam(name = "now", defaultValue = "false") boolean now) {
        return act(request, response, id, issue -> {
            Headline found = headline(issue);
            if (found.state() != FrozenIssue.State.APPROVED
                    || found.waitsUntil(clock.instant()).isPresent()) {
                throw new IllegalStateException("It cannot be sent now: it "
                        + (found.state() == FrozenIssue.State.APPROVED
                                ? "waits for its hour"
                                : "is " + Shown.of(found.state()).words())
                        + ".");
            }
            sender.send(issue, now);
            gate.note(request, "send", issue.value(), now ? "also in quiet hours" : "");
            return "It is being sent.";
        });
    }

    @PostMapping("/i/{id}/pause")
    ResponseEntity<Void> pause(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        return act(request, response, id, issue -> {
            issues.pause(issue);
            gate.note(request, "pause", issue.value(), "");
            return held("Paused: within two seconds nothing more is sent.", sends.standstill(issue));
        });
    }

    @PostMapping("/i/{id}/stop")
    ResponseEntity<Void> stop(HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        return act(request, response, id, issue -> {
            issues.stop(issue);
            gate.note(request, "stop", issue.value(), "");
            return held("Stopped.", sends.standstill(issue));
        });
    }

    private static String held(String told, long inFlight) {
        return inFlight == 0
                ? told + " Nothing is with a relay any more."
                : told + " " + inFlight + " are with a relay still; what it answers is written down.";
    }

    @PostMapping("/i/{id}/resume")
    ResponseEntity<Void> resume(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        return act(request, response, id, issue -> {
            issues.resume(issue);
            gate.note(request, "resume", issue.value(), "");
            Headline found = headline(issue);
            if (found.waitsUntil(clock.instant()).isPresent()) {
                return "It goes on when its hour has come.";
            }
            if (sends.holder().isEmpty()) {
                sender.send(issue, false);
            }
            return "It goes on.";
        });
    }

    @PostMapping("/i/{id}/retry")
    ResponseEntity<Void> retry(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("id") String id,
            @RequestParam("state") String state) {
        return act(request, response, id, issue -> {
            Set<DeliveryState> states = Set.of(DeliveryState.valueOf(state));
            int ready = retried(issue, new Failures.Wish(states, Set.of()));
            if (ready == 0) {
                throw new IllegalStateException(
                        "Nobody of them may be written to again: they have left, or are suppressed.");
            }
            gate.note(request, "retry", issue.value(), ready + " mails");
            return ready + (ready == 1 ? " is" : " are") + " ready again.";
        });
    }

    @PostMapping("/i/{id}/cancel")
    ResponseEntity<Void> cancel(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        return act(request, response, id, issue -> {
            try {
                Canceller.Cancelled cancelled = canceller.cancel(issue);
                gate.note(request, "cancel", issue.value(), "");
                return cancelled.archive().orElse("Cancelled: whoever has not got it will not get it.");
            } catch (HomeLock.HeldException e) {
                throw new IllegalStateException("It is stopped, but not cancelled yet: " + e.getMessage(), e);
            }
        });
    }

    private int retried(IssueId issue, Failures.Wish wish) {
        try {
            return sends.retry(issue, wish);
        } catch (HomeLock.HeldException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private ResponseEntity<Void> act(
            HttpServletRequest request, HttpServletResponse response, String id, Function<IssueId, String> act) {
        IssueId issue = new IssueId(id);
        headline(issue);
        return sheets.after(request, response, "/i/" + issue, () -> act.apply(issue));
    }

    private Headline headline(IssueId issue) {
        return issues.headline(issue).orElseThrow(() -> new NoSuchElementException("no issue " + issue));
    }
}
