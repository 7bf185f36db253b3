package io.courant.section;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.courant.post.Post;
import io.courant.post.PostException;
import io.courant.post.PostReader;
import io.courant.post.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Posts with the topics that a person gave them: files of a folder, and a CSV file with the columns {@code file}, {@code
 * date} and {@code topic}, of which the last may name several topics with {@code |} between them, or none.
 *
 * @param posts in the order of their dates
 * @param problems lines that say nothing that can be used, each with what is wrong with it
 * @param foreign what is named as a topic and is none of the newsletter's, with the posts that count as being about none
 */
public record LabelledPosts(List<LabelledPost> posts, List<Problem> problems, Map<String, Integer> foreign) {
    private static final List<String> ENDINGS = List.of("", ".txt", ".md", ".html");

    public LabelledPosts {
        posts = List.copyOf(posts);
        problems = List.copyOf(problems);
        foreign = Collections.unmodifiableMap(new TreeMap<>(foreign));
    }

    /**
     * A post and what it is about.
     *
     * @param file as the labels name it
     * @param whole the post as one section
     * @param topics ids, the main topic first; empty for a post about none of the topics
     */
    public record LabelledPost(String file, Instant date, Section whole, List<String> topics) {
        public LabelledPost {
            topics = List.copyOf(topics);
        }
    }

    /**
     * Reads labels and the posts that they name.
     *
     * @param labels UTF-8, with or without a line of headings
     * @throws IllegalArgumentException if the labels cannot be read at all
     */
    public static LabelledPosts read(Path folder, Path labels, Taxonomy taxonomy) {
        List<LabelledPost> posts = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Integer> foreign = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("no folder " + folder + "; name the one that has the posts");
        }
        if (!Files.isRegularFile(labels)) {
            throw new IllegalArgumentException("no file " + labels + "; name a CSV file with lines of file,date,topic");
        }
        try (CsvReader<CsvRecord> rows =
                CsvReader.builder().detectBomHeader(true).ofCsvRecord(labels)) {
            for (CsvRecord row : rows) {
                boolean heading = row.getStartingLineNumber() == 1
                        && row.getField(0).strip().equalsIgnoreCase("file");
                if (!heading) {
                    try {
                        posts.add(post(folder, row, taxonomy, foreign));
                    } catch (PostException | IllegalArgumentException e) {
                        problems.add(new Problem(
                                labels.getFileName() + ":" + row.getStartingLineNumber(),
                                String.valueOf(e.getMessage())));
                    }
                }
            }
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(labels + ": not UTF-8; save the labels as UTF-8", e);
        } catch (IOException | CsvParseException e) {
            throw new IllegalArgumentException(labels + ": cannot be read as CSV (" + e.getMessage() + ")", e);
        }
        posts.sort(Comparator.comparing(LabelledPost::date).thenComparing(LabelledPost::file));
        return new LabelledPosts(posts, problems, foreign);
    }

    private static LabelledPost post(Path folder, CsvRecord row, Taxonomy taxonomy, Map<String, Integer> foreign) {
        if (row.getFieldCount() < 3) {
            throw new IllegalArgumentException("expected file,date,topic and found " + row.getFields());
        }
        String name = row.getField(0).strip();
        Path file = file(folder, name)
                .orElseThrow(() -> new IllegalArgumentException("no file '" + name + "' in " + folder));
        return new LabelledPost(
                name, date(row.getField(1).strip()), whole(PostReader.read(file)), topics(row, taxonomy, foreign));
    }

    private static Optional<Path> file(Path folder, String name) {
        try {
            return ENDINGS.stream()
                    .map(ending -> folder.resolve(name + ending))
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Instant date(String text) {
        try {
            if (text.length() <= 10) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            String moment = text.replace(' ', 'T');
            return moment.matches(".*([zZ]|[+-]\\d\\d:?\\d\\d)")
                    ? OffsetDateTime.parse(moment).toInstant()
                    : LocalDateTime.parse(moment).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no date '" + text + "' (expected one such as 2026-11-23)", e);
        }
    }

    /** Topics are named by id or title; what is no topic of the newsletter counts as none. */
    private static List<String> topics(CsvRecord row, Taxonomy taxonomy, Map<String, Integer> foreign) {
        List<String> topics = new ArrayList<>();
        for (String part : row.getField(2).split("\\|", -1)) {
            String named = part.strip();
            Optional<String> topic = taxonomy.topics().stream()
                    .filter(one -> isCalled(one, named))
                    .map(Topic::id)
                    .findFirst();
            if (topic.isEmpty() && !named.isEmpty()) {
                foreign.merge(named, 1, Integer::sum);
            }
            topic.filter(id -> !topics.contains(id)).ifPresent(topics::add);
        }
        return topics;
    }

    private static boolean isCalled(Topic topic, String named) {
        return topic.id().equals(named.toLowerCase(Locale.ROOT))
                || topic.title().equalsIgnoreCase(named);
    }

    /** A post as one section: its title, all its headings and all its text. */
    static Section whole(Post post) {
        Outline outline = new Sectioner().split(post);
        if (outline.sections().size() == 1
                && outline.sections().get(0).heading().equals(outline.title())) {
            return outline.sections().get(0);
        }
        List<Section> parts = Stream.concat(outline.sections().stream(), Stream.ofNullable(outline.tail()))
                .toList();
        List<String> headings = parts.stream()
                .flatMap(part -> Stream.concat(Stream.of(part.heading()), part.subheadings().stream()))
                .toList();
        StringBuilder text = new StringBuilder(outline.intro());
        parts.forEach(part ->
                text.append("\n\n").append(part.heading()).append("\n\n").append(part.text()));
        return new Section(outline.title(), headings, text.toString().strip());
    }
}
