package io.courant.section;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The shared list article, and the same article as other programs would have written it. */
record Article(String title, String intro, List<Part> parts, Part tail) {
    static final Path FILE = Path.of("..", "shared", "data", "posts", "deep-learning-trends.txt");

    static final List<String> HEADINGS = List.of(
            "Transformer Models and Their Evolution",
            "Federated Learning and Privacy Preservation",
            "Explainable AI (XAI)",
            "Self-Supervised Learning",
            "Edge AI and On-Device Learning",
            "AI for Drug Discovery and Healthcare",
            "Generative Adversarial Networks (GANs) Advancements",
            "Sustainable AI and Energy Efficiency",
            "Collaborative AI and Human-AI Partnerships",
            "The Rise of AI in Creative Fields");

    /** A heading with its paragraph. */
    record Part(String heading, String text) {}

    /** Reads the shared page; skips the test where there is none. */
    static Article shared() {
        assumeTrue(Files.exists(FILE), "the shared article is not here: " + FILE);
        try {
            List<String> paragraphs = Files.readAllLines(FILE).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < HEADINGS.size(); i++) {
                parts.add(new Part(HEADINGS.get(i), paragraphs.get(4 + 2 * i)));
            }
            return new Article(
                    paragraphs.get(1), paragraphs.get(2), parts, new Part(paragraphs.get(23), paragraphs.get(24)));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** File contents by file name: the article under many conventions. */
    Map<String, String> variants() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("atx.md", markdown("# " + title, (n, h) -> "## " + n + ". " + h, "## "));
        files.put("atx-closed.md", markdown("# " + title + " #", (n, h) -> "## " + n + ") " + h + " ##", "## "));
        files.put("unnumbered.md", markdown("# " + title, (n, h) -> "## " + h, "## "));
        files.put("level-three.markdown", markdown("# " + title, (n, h) -> "### " + n + ". " + h, "### "));
        files.put("same-level.md", markdown("# " + title, (n, h) -> "# " + n + ". " + h, "# "));
        files.put("second-level-title.md", markdown("## " + title, (n, h) -> "### " + h, "### "));
        files.put("setext.md", markdown(title + "\n=====", (n, h) -> n + ". " + h + "\n-----", "## "));
        files.put("bold.md", markdown("# " + title, (n, h) -> "**" + n + ". " + h + "**", "## "));
        files.put("bold-tail.md", markdown("**" + title + "**", (n, h) -> "**" + n + ". " + h + "**", "**", "**"));
        files.put("bold-unnumbered.md", markdown("# " + title, (n, h) -> "**" + h + "**", "**", "**"));
        files.put("ordered.md", markdown("# " + title, (n, h) -> n + ". **" + h + "**", "## "));
        files.put("ordered-plain.md", markdown(title, (n, h) -> n + ". " + h, ""));
        files.put("trend-n.md", markdown("# " + title, (n, h) -> "## Trend " + n + ": " + h, "## "));
        files.put(
                "emphasis.md", markdown("# **" + title + "**", (n, h) -> "## **" + n + ". " + h + "**", "## **", "**"));
        files.put(
                "front-matter.md",
                "---\r\ntitle: \"" + title + "\"\r\ndate: 2025-09-14\r\ntags: [ai]\r\n---\r\n"
                        + markdown("", (n, h) -> "## " + n + ". " + h, "## ").replace("\n", "\r\n"));
        files.put("same-line.md", sameLine());
        files.put("indented.md", indented());
        files.put("page.txt", text((n, h) -> n + ". " + h));
        files.put("hash.txt", text((n, h) -> "#" + n + " - " + h));
        files.put("trend.txt", text((n, h) -> "Trend " + n + ": " + h));
        files.put("countdown.txt", text((n, h) -> (11 - n) + ") " + h));
        files.put(
                "wordpress-h2.html",
                wordPress((n, h) -> "<h2 class=\"wp-block-heading\">" + n + ". " + h + "</h2>", "h2"));
        files.put("wordpress-h2-unnumbered.html", wordPress((n, h) -> "<h2>" + h + "</h2>", "h2"));
        files.put("wordpress-h3.html", wordPress((n, h) -> "<h3>" + n + ". " + h + "</h3>", "h3"));
        files.put("wordpress-h3-unnumbered.htm", wordPress((n, h) -> "<h3><strong>" + h + "</strong></h3>", "h3"));
        files.put("wordpress-bold.html", wordPress((n, h) -> "<p><strong>" + n + ". " + h + "</strong></p>", "h2"));
        files.put("wordpress-h3-tail-h2.html", wordPress((n, h) -> "<h3>" + n + ". " + h + "</h3>", "h2"));
        files.put(
                "wordpress-spans.html",
                wordPress((n, h) -> "<h2><span id=\"s" + n + "\"></span><b>" + n + ".</b>&nbsp;" + h + "</h2>", "h4"));
        files.put("theme-without-classes.html", bare((n, h) -> "<h2>" + n + ". " + h + "</h2>", "h2"));
        files.put("ordered-list.html", orderedList());
        files.put("copied-page.txt", copiedPage());
        files.put("copied-page.md", copiedPage());
        files.put("old-theme.html", oldTheme((n, h) -> "<h3>" + n + ") " + h + "</h3>"));
        files.put("old-theme-unnumbered.html", oldTheme((n, h) -> "<h4>" + h + "</h4>"));
        files.put("page-builder.html", pageBuilder());
        files.put(
                "one-form.html",
                "<title>" + title + "</title><form id=aspnetForm><div class=menu><a href=/>Home</a></div>" + "<h1>"
                        + title + "</h1>" + paragraphs((n, h) -> "<h2>" + n + ". " + h + "</h2>", "h2") + "</form>");
        files.put("html5-sections.html", html5Sections());
        files.put("block-theme.html", blockTheme());
        return files;
    }

    private String markdown(String top, BiFunction<Integer, String, String> heading, String tailMark) {
        return markdown(top, heading, tailMark, "");
    }

    private String markdown(String top, BiFunction<Integer, String, String> heading, String before, String after) {
        return top + "\n\n" + intro + "\n\n" + body(heading) + before + tail.heading() + after + "\n\n" + tail.text()
                + "\n";
    }

    private String body(BiFunction<Integer, String, String> heading) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            text.append(heading.apply(i + 1, parts.get(i).heading())).append("\n\n");
            text.append(parts.get(i).text()).append("\n\n");
        }
        return text.toString();
    }

    private String sameLine() {
        StringBuilder text = new StringBuilder("# " + title + "\n\n" + intro + "\n\n");
        for (int i = 0; i < parts.size(); i++) {
            text.append("**" + (i + 1) + ". " + parts.get(i).heading() + ":** "
                    + parts.get(i).text() + "\n\n");
        }
        return text + "## " + tail.heading() + "\n\n" + tail.text();
    }

    private String indented() {
        StringBuilder text = new StringBuilder("# " + title + "\n\n" + intro + "\n\n");
        for (int i = 0; i < parts.size(); i++) {
            text.append((i + 1) + ". **" + parts.get(i).heading() + "**\n\n    "
                    + parts.get(i).text() + "\n\n");
        }
        return text + "**" + tail.heading() + "**\n\n" + tail.text();
    }

    private String text(BiFunction<Integer, String, String> heading) {
        return "Posted in\n\n" + markdown(title, heading, "")
                + "\nLeave a Reply\n\nYour email address will not be published. Required fields are marked *";
    }

    private String paragraphs(BiFunction<Integer, String, String> heading, String tailTag) {
        StringBuilder html = new StringBuilder("<p>" + intro + "</p>\n");
        for (int i = 0; i < parts.size(); i++) {
            html.append(heading.apply(i + 1, parts.get(i).heading())).append('\n');
            html.append("<p>").append(parts.get(i).text()).append("</p>\n");
        }
        return html + "<" + tailTag + ">" + tail.heading() + "</" + tailTag + ">\n<p>" + tail.text() + "</p>\n";
    }

    private String orderedList() {
        StringBuilder html =
                new StringBuilder("<title>" + title + "</title><body><h1>" + title + "</h1><p>" + intro + "</p><ol>");
        for (Part part : parts) {
            html.append("<li><strong>" + part.heading() + "</strong> " + part.text() + "</li>");
        }
        return html + "</ol><h2>" + tail.heading() + "</h2><p>" + tail.text() + "</p></body>";
    }

    private String bare(BiFunction<Integer, String, String> heading, String tailTag) {
        return "<html><head><title>" + title + " | Some Blog</title></head><body><div id=top><a href=/>Home</a>"
                + "<a href=/about>About</a></div><div><div><h1>" + title + "</h1><div>Posted in</div>"
                + paragraphs(heading, tailTag) + "<div><h3>Leave a Reply</h3><p>Your email address will not be"
                + " published. Required fields are marked *</p></div></div></div>"
                + "<div>© 2025 Some Blog. All rights reserved.</div></body></html>";
    }

    private String wordPress(BiFunction<Integer, String, String> heading, String tailTag) {
        return """
                <!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8">
                <title>%1$s &#8211; Some Blog</title>
                <link rel="canonical" href="https://blog.example/2025/09/deep-learning-trends/">
                <meta property="og:title" content="%1$s - Some Blog"><meta property="og:site_name" content="Some Blog">
                <meta property="article:published_time" content="2025-09-14T08:30:00+00:00">
                <style>.x{color:red}</style><script>var cookies = "We use cookies";</script></head>
                <body class="post-template-default single single-post postid-7 single-format-standard comments-open">
                <a class="skip-link screen-reader-text" href="#content">Skip to content</a>
                <div id="page" class="site"><header id="masthead" class="site-header"><h1 class="site-title">
                <a href="/">Some Blog</a></h1><p class="site-description">Thoughts on machines</p>
                <nav id="site-navigation" class="main-navigation"><ul><li><a href="/">Home</a></li><li><a href="/about">
                About</a></li><li><a href="/contact">Contact</a></li></ul></nav></header>
                <div id="content" class="site-content"><main id="primary" class="site-main">
                <article id="post-7" class="post-7 post type-post status-publish format-standard hentry category-ai tag-share">
                <header class="entry-header"><span class="cat-links">Posted in <a href="/c/ai" rel="category tag">AI</a></span>
                <h1 class="entry-title">%1$s</h1><div class="entry-meta"><span class="posted-on">Posted on
                <time class="entry-date published" datetime="2025-09-14T08:30:00+00:00">September 14, 2025</time></span>
                <span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/a">Ada</a></span></span>
                </div></header>
                <div class="entry-content"><div id="ez-toc-container"><p>Table of Contents</p><ul><li><a href="#s1">One</a></li>
                <li><a href="#s2">Two</a></li></ul></div>
                %2$s
                <div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="/?share=x">
                <span>Click to share on X (Opens in new window)</span> X</a></li><li><a>Facebook</a></li></ul></div>
                <div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3>
                <p>Ten tools to try</p></div></div>
                <footer class="entry-footer"><span class="tags-links">Tagged <a href="/t/ai" rel="tag">AI</a></span></footer>
                </article>
                <nav class="navigation post-navigation"><h2 class="screen-reader-text">Post navigation</h2>
                <div class="nav-previous"><a href="/p">Previous: An older post</a></div></nav>
                <section class="more"><h2>Related Posts</h2><article class="card"><h3>Why GPUs matter</h3><p>Short.</p></article></section>
                <div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts on &ldquo;%1$s&rdquo;</h2>
                <ol class="comment-list"><li><article class="comment-body"><p>Great read, thank you!</p></article></li></ol>
                <div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply <small><a>Cancel reply</a></small></h3>
                <form><p class="comment-notes">Your email address will not be published. Required fields are marked *</p>
                <label>Comment *</label><textarea></textarea><p>Save my name, email, and website in this browser for the
                next time I comment.</p></form></div></div></main>
                <aside id="secondary" class="widget-area"><section class="widget"><h2 class="widget-title">Recent Posts</h2>
                <ul><li><a href="/x">Deep Learning in 2024</a></li></ul></section></aside></div>
                <footer id="colophon" class="site-footer"><p>Proudly powered by WordPress</p></footer></div>
                <div id="cookie-notice" role="dialog">We use cookies to ensure that we give you the best experience.
                <button>Accept</button></div></body></html>
                """.formatted(title, paragraphs(heading, tailTag));
    }

    private String copiedPage() {
        return "Skip to content\n\nHome\n\nAbout\n\nContact\n\nPosted in AI, Deep Learning\n\n"
                + markdown(title, (n, h) -> n + ". " + h, "")
                + """

                Share this:

                Facebook

                X

                Related Posts

                Why GPUs matter

                Ten tools to try

                3 thoughts on “Deep Learning Trends”

                Bob says: what a great read, thank you.

                Leave a Reply Cancel reply

                Your email address will not be published. Required fields are marked *

                Save my name, email, and website in this browser for the next time I comment.

                © 2025 Some Blog
                """;
    }

    private String oldTheme(BiFunction<Integer, String, String> heading) {
        return "<html><head><title>Some Blog &raquo; " + title + "</title></head><body><div id=page><div id=header>"
                + "<h1><a href=/>Some Blog</a></h1><div class=description>Thoughts</div></div><div id=content class=narrow>"
                + "<div class=navigation><div>&laquo; <a href=/a>Older</a></div></div><div class=post id=post-7><h2><a href=/7>"
                + title + "</a></h2><div class=entry>" + paragraphs(heading, "h3")
                + "<p class=postmetadata>Posted in <a href=/ai>AI</a></p></div></div><h3 id=comments>3 Comments</h3>"
                + "<ol class=commentlist><li><p>Great!</p></li></ol><h3 id=respond>Leave a Reply</h3><form><p>Name</p></form>"
                + "</div><div id=sidebar><ul><li><h2>Archives</h2><ul><li><a href=/m>May</a></li></ul></li><li><h2>Meta</h2>"
                + "</li></ul></div><div id=footer><p>Some Blog is proudly powered by WordPress</p></div></div></body></html>";
    }

    private String pageBuilder() {
        StringBuilder html = new StringBuilder("<title>" + title + "</title><body class='elementor-page single'><div"
                + " class='elementor-location-header'><div class=menu><a href=/>Home</a></div></div><div class='elementor"
                + " elementor-9'>" + widget("heading", "<h1>" + title + "</h1>") + widget("text-editor", intro));
        for (int i = 0; i < parts.size(); i++) {
            html.append(widget("heading", "<h2>" + (i + 1) + ". " + parts.get(i).heading() + "</h2>"));
            html.append(widget("text-editor", "<p>" + parts.get(i).text() + "</p>"));
        }
        return html + widget("heading", "<h2>" + tail.heading() + "</h2>")
                + widget("text-editor", "<p>" + tail.text() + "</p>")
                + widget("share-buttons", "<p>Share on Facebook</p>")
                + widget("post-comments", "<h3>Leave a Reply</h3><p>" + "Your email address will not be published.</p>")
                + "</div><div>We use cookies to improve this site.</div>";
    }

    private static String widget(String kind, String content) {
        return "<div class='elementor-section'><div class='elementor-element elementor-widget elementor-widget-" + kind
                + "'><div class='elementor-widget-container'>" + content + "</div></div></div>";
    }

    private String html5Sections() {
        StringBuilder html =
                new StringBuilder("<title>" + title + "</title><header><nav>Home</nav></header><main><article>"
                        + "<header><h1>" + title + "</h1><p>By Ada</p></header><p>" + intro + "</p>");
        for (Part part : parts) {
            html.append(
                    "<section><header><h2>" + part.heading() + "</h2></header><p>" + part.text() + "</p></section>");
        }
        return html + "<section><h2>" + tail.heading() + "</h2><p>" + tail.text()
                + "</p></section><footer>Filed under: AI" + "</footer></article></main><footer>© 2025</footer>";
    }

    private String blockTheme() {
        return "<!DOCTYPE html><html><head><title>" + title
                + " – Some Blog</title></head><body class='wp-singular'><div"
                + " class=wp-site-blocks><header class=wp-block-template-part><p class=wp-block-site-title>Some Blog</p></header>"
                + "<main class=wp-block-group><div class=wp-block-group><h1 class=wp-block-post-title>" + title
                + "</h1><div"
                + " class=wp-block-post-date>Sep 14</div></div><div class='entry-content wp-block-post-content is-layout-flow'>"
                + paragraphs((n, h) -> "<h2 class=wp-block-heading><strong>" + n + ". " + h + "</strong></h2>", "h2")
                + "</div><div class=wp-block-comments><h2>Leave a Reply</h2></div><h2 class=wp-block-heading>More posts</h2><ul"
                + " class=wp-block-post-template><li><h3><a href=/x>Another post</a></h3></li></ul></main><footer"
                + " class=wp-block-template-part><p>Designed with WordPress</p></footer></div></body></html>";
    }
}
