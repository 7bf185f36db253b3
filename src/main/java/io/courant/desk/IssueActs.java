package io.courant.desk;

import io.courant.delivery.Approvals;
import io.courant.delivery.Approvals.Assent;
import io.courant.delivery.Approvals.Ruling;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Headline;
import io.courant.editor.Editor;
import io.courant.issue.IssueId;
import io.courant.job.Canceller;
import io.courant.job.HomeLock;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
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
    private final Approvals approvals;
    private final Dispatch dispatch;
    private final Zones zones;
    private final InstantSource clock;

    IssueActs(Sheets sheets, Gate gate, Approvals approvals, Dispatch dispatch, Zones zones, InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.approvals = approvals;
        this.dispatch = dispatch;
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
            ZoneId zone = zones.of(dispatch.headline(issue).newsletter());
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
            dispatch.send(issue, now);
            gate.note(request, "send", issue.value(), now ? "also in quiet hours" : "");
            return "It is being sent.";
        });
    }

    @PostMapping("/i/{id}/pause")
    ResponseEntity<Void> pause(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        return act(request, response, id, issue -> {
            Headline before = dispatch.headline(issue);
            long inFlight = dispatch.pause(issue);
            noteIfChanged(request, "pause", before);
            return held("Paused: within two seconds nothing more is sent.", inFlight);
        });
    }

    @PostMapping("/i/{id}/stop")
    ResponseEntity<Void> stop(HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        return act(request, response, id, issue -> {
            Headline before = dispatch.headline(issue);
            long inFlight = dispatch.stop(issue);
            noteIfChanged(request, "stop", before);
            return held("Stopped.", inFlight);
        });
    }

    /** Who presses twice has done it once. */
    private void noteIfChanged(HttpServletRequest request, String what, Headline before) {
        if (dispatch.headline(before.id()).state() != before.state()) {
            gate.note(request, what, before.id().value(), "");
        }
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
            boolean atOnce = dispatch.resume(issue);
            gate.note(request, "resume", issue.value(), "");
            return atOnce ? "It goes on." : "It goes on when its hour has come.";
        });
    }

    @PostMapping("/i/{id}/retry")
    ResponseEntity<Void> retry(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("id") String id,
            @RequestParam("state") String state) {
        return act(request, response, id, issue -> {
            int ready = dispatch.retry(issue, Set.of(Mistyped.one(DeliveryState.class, "state", state)));
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
            Canceller.Cancelled cancelled = dispatch.cancel(issue, () -> gate.note(request, "stop", issue.value(), ""));
            gate.note(request, "cancel", issue.value(), "");
            return cancelled.archive().orElse("Cancelled: whoever has not got it will not get it.");
        });
    }

    private ResponseEntity<Void> act(
            HttpServletRequest request, HttpServletResponse response, String id, Function<IssueId, String> act) {
        IssueId issue = new IssueId(id);
        dispatch.headline(issue);
        return sheets.after(request, response, "/i/" + issue, () -> {
            try {
                return act.apply(issue);
            } catch (HomeLock.HeldException e) {
                throw new IllegalStateException("This was not done yet: " + e.getMessage(), e);
            }
        });
    }
}
