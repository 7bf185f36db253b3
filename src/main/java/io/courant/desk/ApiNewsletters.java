package io.courant.desk;

import io.courant.issue.Edit;
import io.courant.issue.Edits;
import io.courant.issue.Newsletter;
import io.courant.job.Agenda;
import io.courant.job.Drafts;
import io.courant.job.JobFile;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import io.courant.job.NextView;
import io.courant.report.EditedView;
import io.courant.report.IssueView;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The newsletters for programs: what comes next, the draft, and what is edited in it. */
@RestController
@RequestMapping(path = ApiRights.ROOT + "/newsletters")
final class ApiNewsletters {
    private static final int TIMES = 3;

    private final JobFolder jobs;
    private final Agenda agenda;
    private final Drafts drafts;
    private final Edits edits;
    private final Api.Notes notes;
    private final InstantSource clock;

    ApiNewsletters(JobFolder jobs, Agenda agenda, Drafts drafts, Edits edits, Api.Notes notes, InstantSource clock) {
        this.jobs = jobs;
        this.agenda = agenda;
        this.drafts = drafts;
        this.edits = edits;
        this.notes = notes;
        this.clock = clock;
    }

    /**
     * A newsletter.
     *
     * @param problems why its job file cannot be used
     * @param next null: its job file cannot be used
     */
    record NewsletterView(
            String newsletter,
            String title,
            List<String> problems,
            @Nullable NextView next) {}

    /**
     * What is to be edited.
     *
     * @param kind as the answer names it
     * @param about an item's number or a topic's id; null: the issue
     * @param value null: empty
     */
    record Wanted(
            @Nullable String kind,
            @Nullable String about,
            @Nullable String value) {}

    @GetMapping
    List<NewsletterView> all() {
        return jobs.names().stream().map(this::view).toList();
    }

    @GetMapping("/{name}")
    NewsletterView one(@PathVariable("name") String name) {
        return view(known(name));
    }

    private NewsletterView view(String name) {
        try {
            String title = jobs.load(name).newsletter().title();
            return new NewsletterView(name, title, List.of(), NextView.of(agenda.of(name, TIMES)));
        } catch (JobFileException e) {
            return new NewsletterView(name, name, e.problems(), null);
        }
    }

    private String known(String name) {
        if (!jobs.names().contains(name)) {
            throw new NoSuchElementException("no newsletter '" + name + "'; GET /api/v1/newsletters lists them");
        }
        return name;
    }

    @GetMapping("/{name}/draft")
    DraftView draft(@PathVariable("name") String name) {
        JobFile job = jobs.load(known(name));
        return DraftView.of(name, drafts.preview(job, clock.instant()));
    }

    @GetMapping("/{name}/edits")
    List<EditedView> edits(@PathVariable("name") String name) {
        return edits.of(known(name)).stream().map(EditedView::of).toList();
    }

    @PostMapping("/{name}/edits")
    @ResponseStatus(HttpStatus.CREATED)
    EditedView edit(HttpServletRequest request, @PathVariable("name") String name, @RequestBody Wanted wanted) {
        Newsletter newsletter = jobs.load(known(name)).newsletter();
        Edit edit = Edit.of(
                kind(wanted.kind()),
                wanted.about() == null ? "" : wanted.about(),
                wanted.value() == null ? "" : wanted.value(),
                clock.instant(),
                ApiGate.required(request).editor().name());
        drafts.note(newsletter, edit);
        notes.gate().note(request, "edit", name, edit.said());
        return EditedView.of(edit);
    }

    private static Edit.Kind kind(@Nullable String name) {
        return Arrays.stream(Edit.Kind.values())
                .filter(kind -> IssueView.name(kind).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind: expected one of "
                        + Arrays.stream(Edit.Kind.values()).map(IssueView::name).collect(Collectors.joining(", "))
                        + "; found " + name));
    }

    @PostMapping("/{name}/edits/undo")
    EditedView undo(HttpServletRequest request, @PathVariable("name") String name) {
        return told(request, name, "edit --undo", edits.undo(known(name)), "nothing is left to take back");
    }

    @PostMapping("/{name}/edits/redo")
    EditedView redo(HttpServletRequest request, @PathVariable("name") String name) {
        return told(request, name, "edit --redo", edits.redo(known(name)), "nothing was taken back");
    }

    private EditedView told(HttpServletRequest request, String name, String what, Optional<Edit> edit, String none) {
        Edit changed = edit.orElseThrow(() -> new Problems.Conflict(none));
        notes.gate().note(request, what, name, changed.said());
        return EditedView.of(changed);
    }
}
