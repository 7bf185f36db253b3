package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.post.Post;
import io.courant.post.PostReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ArticleTest {

    @TempDir
    Path folder;

    @Test
    void theSharedPageGivesItsTitleItsTenSectionsAndOneTail() {
        Article article = Article.shared();
        verify(article, PostReader.read(Article.FILE));
    }

    @TestFactory
    Stream<DynamicTest> theSameArticleGivesTheSameOutlineInEveryForm() throws IOException {
        Article article = Article.shared();
        return article.variants().entrySet().stream()
                .map(variant -> DynamicTest.dynamicTest(variant.getKey(), () -> {
                    Path file = Files.writeString(folder.resolve(variant.getKey()), variant.getValue());
                    verify(article, PostReader.read(file));
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
