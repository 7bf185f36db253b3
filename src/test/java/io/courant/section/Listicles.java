package io.courant.section;

import io.courant.post.PostReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jsoup.Jsoup;

/**
 * Posts in Markdown, and the same posts as plain text, as other programs would have made it of them. A file of posts
 * has {@code === name sections} before each; {@code ~30} stands for thirty words of prose.
 */
final class Listicles {
    private static final Pattern POST = Pattern.compile("^=== (\\S+) (\\d+)$");
    private static final Pattern ORDERED = Pattern.compile("(?m)^1[.)] ");
    private static final Pattern PROSE = Pattern.compile("~(\\d+)");
    private static final List<String> WORDS = List.of(
            ("the team small garden often finds that careful planning of water light and time makes every morning a"
                            + " little calmer while neighbours share tools seeds stories and warm bread with anyone who"
                            + " walks along the river path before noon")
                    .split(" ", -1));
    private static final int WIDTH = 72;

    private Listicles() {}

    /** A post that should have so many sections. */
    record Post(String name, int sections, String markdown) {}

    /** Headings found in text against those of the Markdown. */
    record Score(
            int posts, int expected, int found, int right, int plain, List<String> falselySplit, List<String> notes) {
        double precision() {
            return found == 0 ? 1 : (double) right / found;
        }

        double recall() {
            return expected == 0 ? 1 : (double) right / expected;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d texts of listicles: %d headings, P %.3f R %.3f; %d of %d other texts falsely split",
                    posts,
                    expected,
                    precision(),
                    recall(),
                    falselySplit.size(),
                    plain);
        }
    }

    static List<Post> read(String file) {
        List<Post> posts = new ArrayList<>();
        Matcher head = null;
        List<String> lines = new ArrayList<>();
        for (String line : (file + "\n=== end 0").lines().toList()) {
            Matcher next = POST.matcher(line);
            if (next.matches()) {
                if (head != null) {
                    posts.add(new Post(head.group(1), Integer.parseInt(head.group(2)), withProse(lines)));
                }
                head = next;
                lines.clear();
            } else {
                lines.add(line);
            }
        }
        return posts;
    }

    private static String withProse(List<String> lines) {
        int[] seed = {lines.size()};
        return PROSE.matcher(String.join("\n", lines))
                .replaceAll(found -> prose(Integer.parseInt(found.group(1)), seed));
    }

    /** Sentences of up to a dozen words. */
    private static String prose(int words, int[] seed) {
        StringBuilder text = new StringBuilder();
        int inSentence = 0;
        for (int i = 0; i < words; i++) {
            String word = WORDS.get(Math.floorMod(seed[0] * 31 + i * 7, WORDS.size()));
            boolean first = inSentence == 0;
            text.append(text.isEmpty() ? "" : " ");
            text.append(first ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word);
            inSentence++;
            if (inSentence == 7 + Math.floorMod(seed[0] + i, 6) || i == words - 1) {
                text.append('.');
                inSentence = 0;
                seed[0]++;
            }
        }
        return text.toString();
    }

    /** How other programs make plain text of Markdown. */
    static Map<String, UnaryOperator<String>> strips() {
        Map<String, UnaryOperator<String>> strips = new LinkedHashMap<>();
        strips.put("blocks", Listicles::blocks);
        strips.put("wrapped", markdown -> wrapped(blocks(markdown)));
        strips.put("marks", Listicles::withoutMarks);
        strips.put("marks-wrapped", markdown -> wrapped(withoutMarks(markdown)));
        strips.put("elements", Listicles::elements);
        return strips;
    }

    /** Block by block with empty lines between, lists numbered. */
    private static String blocks(String markdown) {
        return TextContentRenderer.builder()
                .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
                .build()
                .render(parse(markdown.replaceAll("(?s)<!--.*?-->|</?[a-z][^>]*>", "")));
    }

    /** The source without its marks, line by line. */
    private static String withoutMarks(String markdown) {
        return body(markdown)
                .replaceAll("(?s)<!--.*?-->|</?[a-z][^>]*>", "")
                .replaceAll("(?m)^ {0,3}(```|~~~).*\n", "")
                .replaceAll("(?m)^ {0,3}#{1,6} +(.*?)( #+)?$", "$1")
                .replaceAll("(?m)^(=+|-{3,})$", "")
                .replaceAll("(?m)^> ?", "")
                .replaceAll("!\\[[^\\]\n]*\\]\\([^)\n]*\\)", "")
                .replaceAll("\\[([^\\]\n]*)\\]\\([^)\n]*\\)", "$1")
                .replaceAll("\\*\\*|__|`", "")
                .replaceAll("\\\\(\\p{Punct})", "$1");
    }

    /** The text of each element on lines of its own, with no empty lines between paragraphs, and lists without numbers. */
    private static String elements(String markdown) {
        return Jsoup.parse(HtmlRenderer.builder().build().render(parse(markdown)))
                .body()
                .wholeText();
    }

    /** A web page with the post as its article. */
    static String page(String markdown) {
        String title = markdown.startsWith("---") || markdown.startsWith("+++")
                ? "<h1>" + markdown.replaceFirst("(?s).*?title\\s?[:=]\\s?\"?([^\"\n]+).*", "$1") + "</h1>"
                : "";
        return "<!DOCTYPE html><html><body><nav><a href=/>Home</a><a href=/about>About</a></nav><article>" + title
                + HtmlRenderer.builder().build().render(parse(markdown))
                + "</article><aside><h2>Recent posts</h2></aside><footer>All rights reserved</footer></body></html>";
    }

    private static Node parse(String markdown) {
        return Parser.builder().build().parse(body(markdown));
    }

    private static String body(String markdown) {
        return markdown.replaceFirst("(?s)\\A(---|\\+\\+\\+)\n.*?\n\\1\n", "");
    }

    private static String wrapped(String text) {
        return text.lines().map(Listicles::wrappedLine).collect(Collectors.joining("\n"));
    }

    private static String wrappedLine(String line) {
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (String word : line.split("(?<=\\S) ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                wrapped.append('\n');
                column = 0;
            } else if (column > 0) {
                wrapped.append(' ');
                column++;
            }
            wrapped.append(word);
            column += word.length();
        }
        return wrapped.toString();
    }

    static Outline split(Path folder, String name, String content) {
        try {
            return new Sectioner().split(PostReader.read(Files.writeString(folder.resolve(name), content)));
        } catch (IOException cause) {
            throw new IllegalStateException(cause);
        }
    }

    static List<String> headings(Outline outline) {
        return outline.sections().size() < 2
                ? List.of()
                : outline.sections().stream()
                        .map(section -> section.heading().replaceAll("[*_`]", ""))
                        .toList();
    }

    /** Compares each post with its text, stripped in each way; elements have lost the numbers of ordered lists. */
    static Score score(Path folder, List<Post> posts) {
        int texts = 0;
        int expected = 0;
        int found = 0;
        int right = 0;
        int plain = 0;
        List<String> falselySplit = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Post post : posts) {
            List<String> markdown = headings(split(folder, post.name() + ".md", post.markdown()));
            for (Map.Entry<String, UnaryOperator<String>> strip : strips().entrySet()) {
                String text = strip.getValue().apply(post.markdown());
                boolean numbersLost = strip.getKey().equals("elements")
                        && ORDERED.matcher(post.markdown()).find();
                if (numbersLost && post.sections() > 1) {
                    continue;
                }
                List<String> headings = headings(split(folder, post.name() + ".txt", text));
                if (post.sections() < 2) {
                    plain++;
                    if (!headings.isEmpty()) {
                        falselySplit.add(post.name() + " " + strip.getKey() + " " + headings);
                    }
                    continue;
                }
                List<String> left = new ArrayList<>(markdown);
                int hits = (int) headings.stream().filter(left::remove).count();
                texts++;
                expected += markdown.size();
                found += headings.size();
                right += hits;
                if (hits < markdown.size() || hits < headings.size()) {
                    List<String> extra = new ArrayList<>(headings);
                    extra.removeAll(markdown);
                    notes.add(post.name() + " " + strip.getKey() + " missing " + left + " extra " + extra);
                }
            }
        }
        return new Score(texts, expected, found, right, plain, falselySplit, notes);
    }
}
