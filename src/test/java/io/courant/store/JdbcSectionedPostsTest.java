package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.post.Body;
import io.courant.post.Post;
import io.courant.section.Outline;
import io.courant.section.Section;
import io.courant.section.SectionedPosts.KeptSection;
import io.courant.section.Sectioner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcSectionedPostsTest {
    private static final Instant SEEN = Instant.parse("2026-11-20T06:00:00.123Z");
    private static final Section ONE = new Section("One – „eins“", List.of("Sub", "Ⅱ"), "Text of 一.\nMore 👩🏽‍🔬.");
    private static final Section TWO = new Section("Two", List.of(), "");
    private static final Section TAIL = new Section("About us", List.of(), "We write.");

    @TempDir
    private Path home;

    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(home);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Post post(String source, String id) {
        return new Post(
                source,
                id,
                URI.create("https://example.org/" + id),
                "Title",
                "An Author",
                SEEN.minusSeconds(3600),
                SEEN,
                "en",
                List.of("a", "b"),
                new Body(Body.Form.MARKDOWN, "# Title"));
    }

    private static Post bare(String source, String id) {
        return new Post(
                source, id, null, "Title", null, SEEN, null, null, List.of(), new Body(Body.Form.TEXT, "Title"));
    }

    private static Outline outline(Section... sections) {
        return new Outline("Outlined title", "Intro.", List.of(sections), TAIL);
    }

    @Test
    void aPostComesBackAsItsSectionsInTheirOrder() {
        assertThat(store.keep(post("notes", "a"), outline(ONE, TWO), SEEN)).isTrue();
        assertThat(store.posts().sections(List.of("notes")))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.section()).isEqualTo(ONE);
                            assertThat(first.postTitle()).isEqualTo("Outlined title");
                            assertThat(first.link()).isEqualTo(URI.create("https://example.org/a"));
                            assertThat(first.source()).isEqualTo("notes");
                            assertThat(first.published()).isEqualTo(SEEN.minusSeconds(3600));
                        },
                        second -> assertThat(second.section()).isEqualTo(TWO));
    }

    @Test
    void whatAPostLeavesOutMayBeMissing() {
        assertThat(store.keep(bare("notes", "a"), new Outline("Title", "", List.of(TWO), null), SEEN))
                .isTrue();
        assertThat(store.posts().sections(List.of("notes")))
                .singleElement()
                .extracting(KeptSection::link)
                .isNull();
    }

    @Test
    void aPostIsKeptOnceAndStaysAsItWasFirstSeen() {
        store.keep(post("notes", "a"), outline(ONE), SEEN);
        assertThat(store.keep(post("notes", "a"), outline(TWO), SEEN.plusSeconds(60)))
                .isFalse();
        assertThat(store.posts().sections(List.of("notes")))
                .extracting(KeptSection::section)
                .containsExactly(ONE);
        assertThat(store.sql().sql("select seen from post").query(Long.class).single())
                .isEqualTo(SEEN.toEpochMilli());
    }

    @Test
    void theSameIdInAnotherSourceIsAnotherPost() {
        assertThat(store.keep(post("notes", "a"), outline(ONE), SEEN)).isTrue();
        assertThat(store.keep(post("wire", "a"), outline(TWO), SEEN)).isTrue();
        assertThat(store.posts().sections(List.of("notes", "wire")))
                .extracting(KeptSection::source)
                .containsExactly("notes", "wire");
        assertThat(store.posts().sections(List.of("wire"))).hasSize(1);
        assertThat(store.posts().sections(List.of("nobody"))).isEmpty();
        assertThat(store.posts().sections(List.of())).isEmpty();
    }

    @Test
    void aPostIsKeptWithoutTheCharacterThatEndsTexts() {
        Body body = new Body(Body.Form.TEXT, "Te\0xt.");
        Post post = new Post("notes", "\0a", null, "Ti\0tle", "A\0da", null, null, "e\0n", List.of("A\0I"), body);
        assertThat(post)
                .isEqualTo(new Post(
                        "notes",
                        "a",
                        null,
                        "Title",
                        "Ada",
                        null,
                        null,
                        "en",
                        List.of("AI"),
                        new Body(Body.Form.TEXT, "Text.")));
        assertThat(store.keep(post, new Sectioner().split(post), SEEN)).isTrue();
    }

    @Test
    void aPostWithoutSectionsIsKnownAllTheSame() {
        assertThat(store.keep(post("notes", "a"), outline(), SEEN)).isTrue();
        assertThat(store.posts().sections(List.of("notes"))).isEmpty();
        assertThat(store.keep(post("notes", "a"), outline(), SEEN)).isFalse();
    }

    @Test
    void whatWasKeptIsThereAfterReopening() {
        store.keep(post("notes", "a"), outline(ONE, TWO), SEEN);
        List<KeptSection> before = store.posts().sections(List.of("notes"));
        store.close();
        store = new TestStore(home);
        assertThat(store.posts().sections(List.of("notes"))).isEqualTo(before);
    }
}
