package io.courant.desk;

import io.courant.audience.EmailAddress;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.job.TestCopies;
import io.courant.job.TestView;
import io.courant.report.IssueView;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The send of a frozen issue for programs: begins it, holds it, lets it go on, tries again and gives up. */
@RestController
@RequestMapping(ApiRights.ROOT + "/issues")
final class ApiSends {
    private static final List<DeliveryState> FAILED = Arrays.stream(DeliveryState.values())
            .filter(DeliveryState::isFailed)
            .toList();

    private final FrozenIssues issues;
    private final NamedIssues named;
    private final Dispatch dispatch;
    private final Sender sender;
    private final Copies copies;
    private final Api.Notes notes;

    ApiSends(FrozenIssues issues, NamedIssues named, Dispatch dispatch, Sender sender, Copies copies, Api.Notes notes) {
        this.issues = issues;
        this.named = named;
        this.dispatch = dispatch;
        this.sender = sender;
        this.copies = copies;
        this.notes = notes;
    }

    /**
     * How a send gets on.
     *
     * @param sending whether it is being sent, or is about to be
     * @param trouble why the last send from the desk ended, if it was an accident
     */
    record SendView(
            IssueView issue, boolean sending, @Nullable String trouble) {}

    /**
     * How to send.
     *
     * @param now also in quiet hours
     */
    record Order(boolean now) {}

    /**
     * What to try again.
     *
     * @param states rejected, expired; null: both
     */
    record Again(@Nullable List<String> states) {}

    /** What came of it, as {@code courant retry --json} shows it. */
    record Retried(String issue, int ready) {}

    /**
     * Who wants to see it.
     *
     * @param edition null: the first
     */
    record Tester(@Nullable String address, @Nullable String edition) {
        EmailAddress editor() {
            if (address == null) {
                throw new IllegalArgumentException("address: is missing");
            }
            return new EmailAddress(address);
        }
    }

    @GetMapping("/{issue}/send")
    SendView send(@PathVariable("issue") String issue) {
        IssueId id = named.id(issue);
        return new SendView(
                named.view(id),
                sender.isSending(dispatch.headline(id)),
                sender.trouble(id).orElse(null));
    }

    /** Answers when it has begun. */
    @PostMapping("/{issue}/send")
    ResponseEntity<SendView> send(
            HttpServletRequest request,
            @PathVariable("issue") String issue,
            @RequestBody(required = false) @Nullable Order order) {
        IssueId id = named.id(issue);
        boolean now = order != null && order.now();
        dispatch.send(id, now);
        notes.gate().note(request, "send", id.value(), now ? "also in quiet hours" : "");
        return ResponseEntity.accepted()
                .location(URI.create(ApiRights.ROOT + "/issues/" + id + "/send"))
                .body(send(issue));
    }

    @PostMapping("/{issue}/test")
    TestView test(HttpServletRequest request, @PathVariable("issue") String issue, @RequestBody Tester tester) {
        FrozenIssue found = issues.find(named.id(issue)).orElseThrow();
        EmailAddress editor = tester.editor();
        TestCopies.Sent sent = copies.ofIssue(found, tester.edition() == null ? "" : tester.edition(), editor);
        notes.gate().note(request, "send --test", found.issue().id().value(), sent.messageId());
        return TestView.of(sent);
    }

    @PostMapping("/{issue}/pause")
    IssueView pause(HttpServletRequest request, @PathVariable("issue") String issue) {
        return change(request, issue, "pause", dispatch::pause);
    }

    @PostMapping("/{issue}/resume")
    IssueView resume(HttpServletRequest request, @PathVariable("issue") String issue) {
        return change(request, issue, "resume", dispatch::resume);
    }

    @PostMapping("/{issue}/stop")
    IssueView stop(HttpServletRequest request, @PathVariable("issue") String issue) {
        return change(request, issue, "stop", dispatch::stop);
    }

    @PostMapping("/{issue}/cancel")
    IssueView cancel(HttpServletRequest request, @PathVariable("issue") String issue) {
        return change(
                request,
                issue,
                "cancel",
                id -> dispatch.cancel(id, () -> notes.gate().note(request, "stop", id.value(), "")));
    }

    private IssueView change(HttpServletRequest request, String issue, String what, Consumer<IssueId> change) {
        IssueId id = named.id(issue);
        Headline before = dispatch.headline(id);
        change.accept(id);
        if (issues.state(id).orElseThrow() != before.state()) {
            notes.gate().note(request, what, id.value(), "");
        }
        return named.view(id);
    }

    @PostMapping("/{issue}/retry")
    Retried retry(
            HttpServletRequest request,
            @PathVariable("issue") String issue,
            @RequestBody(required = false) @Nullable Again again) {
        IssueId id = named.id(issue);
        List<String> states = again == null ? null : again.states();
        int ready = dispatch.retry(id, states == null ? Set.copyOf(FAILED) : failed(states));
        if (ready > 0) {
            notes.gate().note(request, "retry", id.value(), ready + " mails");
        }
        return new Retried(id.value(), ready);
    }

    private static Set<DeliveryState> failed(List<String> names) {
        return names.stream()
                .map(name -> FAILED.stream()
                        .filter(state -> IssueView.name(state).equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("states: expected "
                                + FAILED.stream().map(IssueView::name).collect(Collectors.joining(" or ")) + "; found "
                                + name)))
                .collect(Collectors.toSet());
    }
}
