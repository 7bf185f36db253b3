package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.post.Post;
import io.courant.post.PostReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ArticleTest {
    private final PostReader reader = new PostReader(InstantSource.fixed(Instant.parse("2025-11-01T00:00:00Z")));

    @TempDir
    Path folder;

    @Test
    void theSharedPageGivesItsTitleItsTenSectionsAndOneTail() {
        Article article = Article.shared();
        verify(article, reader.read(Article.FILE));
    }

    @TestFactory
    Stream<DynamicTest> theSameArticleGivesTheSameOutlineInEveryForm() throws IOException {
        Article article = Article.shared();
        return article.variants().entrySet().stream()
                .map(variant -> DynamicTest.dynamicTest(variant.getKey(), () -> {
                    Path file = Files.writeString(folder.resolve(variant.getKey()), variant.getValue());
                    verify(article, reader.read(file));
                }));
    }

    private static void verify(Article article, Post post) {
        Outline outline = new Sectioner().split(post);
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(post.title()).isEqualTo("Deep Learning Trends: Exciting Updates You Can’t Miss");
        softly.assertThat(outline.intro()).isEqualTo(article.intro());
        softly.assertThat(outline.sections()).extracting(Section::heading).containsExactlyElementsOf(Article.HEADINGS);
        softly.assertThat(outline.sections())
                .extracting(Section::text)
                .containsExactlyElementsOf(
                        article.parts().stream().map(Article.Part::text).toList());
        softly.assertThat(outline.tail()).isNotNull().satisfies(tail -> {
            assertThat(tail.heading()).isEqualTo("Our contribution");
            assertThat(tail.text()).isEqualTo(article.tail().text());
        });
        softly.assertAll();
    }
}
