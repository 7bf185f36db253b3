package io.courant.post;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads an export that is made up while it is read; a process of its own, so that its heap can be small. */
final class LargeExport {
    private LargeExport() {}

    /**
     * Reads one and prints what was in it.
     *
     * @param arguments megabytes, and how many items stand hold one post: the others are attachments
     */
    public static void main(String... arguments) {
        int megabytes = Integer.parseInt(arguments[0]);
        int every = Integer.parseInt(arguments[1]);
        String paragraph = "Seedlings &amp; <em>tomatoes</em> grow in a <a href=\"/shed\">green house</a> all year. ";
        String text = (paragraph.repeat(10) + "\n\n").repeat(24);
        int items = (int) (megabytes * 1_000_000L / item(0, text, true).length());
        Stream<String> parts = Stream.concat(
                Stream.of("<?xml version=\"1.0\"?><rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>"),
                Stream.concat(
                        IntStream.range(0, items).mapToObj(i -> item(i, text, i % every == 0)),
                        Stream.of("</channel></rss>")));
        long[] characters = new long[1];
        WxrExport.Summary summary = WxrExport.read(
                "made up", stream(parts), post -> characters[0] += post.html().length());
        System.out.println(
                summary.posts() + " posts, " + summary.leftOut() + " others, " + characters[0] + " characters");
    }

    private static String item(int number, String text, boolean post) {
        return "<item><title>Item " + number + "</title><link>https://blog.example/" + number + "</link>"
                + "<guid>https://blog.example/?p=" + number + "</guid><content:encoded><![CDATA[" + text
                + "]]></content:encoded><wp:status>publish</wp:status><wp:post_type>" + (post ? "post" : "attachment")
                + "</wp:post_type></item>\n";
    }

    private static InputStream stream(Stream<String> parts) {
        Iterator<String> each = parts.iterator();
        return new InputStream() {
            private ByteArrayInputStream part = new ByteArrayInputStream(new byte[0]);

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                while (part.available() == 0 && each.hasNext()) {
                    part = new ByteArrayInputStream(each.next().getBytes(StandardCharsets.UTF_8));
                }
                return part.read(buffer, offset, length);
            }
        };
    }
}
