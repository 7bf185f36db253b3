package io.courant.desk;

import io.courant.editor.ApiTokens.Bearer;
import io.courant.issue.IssueId;
import io.courant.job.JobFile;
import io.courant.job.TestCopies;
import io.courant.job.TestView;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What takes a while, for programs: begun by one request, and asked after by others. And a copy of the draft. */
@RestController
@RequestMapping(ApiRights.ROOT)
final class ApiErrands {
    private final Newsletters newsletters;
    private final Errands errands;
    private final Making making;
    private final Copies copies;
    private final Api.Notes notes;

    ApiErrands(Newsletters newsletters, Errands errands, Making making, Copies copies, Api.Notes notes) {
        this.newsletters = newsletters;
        this.errands = errands;
        this.making = making;
        this.copies = copies;
        this.notes = notes;
    }

    /**
     * Something that was begun.
     *
     * @param state underWay, done or failed
     * @param told what came of it
     * @param issue that was made
     */
    record TaskView(
            String task,
            String newsletter,
            String what,
            String by,
            String state,
            Instant begun,
            @Nullable Instant ended,
            List<String> told,
            @Nullable String issue) {
        static TaskView of(Errands.Errand errand) {
            IssueId made = errand.outcome().issue();
            return new TaskView(
                    errand.id(),
                    errand.newsletter(),
                    errand.what(),
                    errand.who(),
                    errand.ended() == null ? "underWay" : errand.wrong() ? "failed" : "done",
                    errand.begun(),
                    errand.ended(),
                    errand.outcome().words().lines().toList(),
                    made == null ? null : made.value());
        }
    }

    /**
     * How to make an issue.
     *
     * @param instead the frozen one whose place it takes, of which nothing is sent; null: there is none
     */
    record Order(@Nullable String instead) {}

    @GetMapping("/tasks/{task}")
    TaskView task(@PathVariable("task") String task) {
        return errands.find(task)
                .map(TaskView::of)
                .orElseThrow(() -> new NoSuchElementException(
                        "no task '" + task + "': it was long ago, or the server has begun anew since"));
    }

    private static ResponseEntity<TaskView> begun(Errands.Errand errand) {
        return ResponseEntity.accepted()
                .location(URI.create(ApiRights.ROOT + "/tasks/" + errand.id()))
                .body(TaskView.of(errand));
    }

    @PostMapping("/newsletters/{name}/collect")
    ResponseEntity<TaskView> collect(HttpServletRequest request, @PathVariable("name") String name) {
        String newsletter = newsletters.job(name).name();
        Errands.Errand errand =
                making.collect(newsletter, ApiGate.required(request).editor().name());
        notes.gate().note(request, "collect", newsletter, "");
        return begun(errand);
    }

    @PostMapping("/newsletters/{name}/compose")
    ResponseEntity<TaskView> compose(
            HttpServletRequest request,
            @PathVariable("name") String name,
            @RequestBody(required = false) @Nullable Order order) {
        JobFile job = newsletters.job(name);
        Bearer bearer = ApiGate.required(request);
        String instead = order == null || order.instead() == null ? "" : order.instead();
        Errands.Errand errand = making.make(job, bearer.editor().name(), instead, bearer::may);
        notes.gate().note(request, instead.isEmpty() ? "compose" : "compose --again", job.name(), instead);
        return begun(errand);
    }

    @PostMapping("/newsletters/{name}/test")
    TestView test(HttpServletRequest request, @PathVariable("name") String name, @RequestBody ApiSends.Tester tester) {
        TestCopies.Sent sent = copies.ofDraft(newsletters.job(name), tester.editor());
        notes.gate().note(request, "preview --test", name, sent.messageId());
        return TestView.of(sent);
    }
}
