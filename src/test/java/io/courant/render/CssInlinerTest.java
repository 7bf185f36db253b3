package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CssInlinerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p{color:red} | <p>x</p> | color:red",
                "p{color:red}p{color:blue} | <p>x</p> | color:blue",
                ".a{color:red}p{color:blue} | <p class='a'>x</p> | color:red",
                "#a{color:red}.a.b.c{color:blue} | <p id='a' class='a b c'>x</p> | color:red",
                "div p{color:red}p{color:blue} | <div><p>x</p></div> | color:red",
                "p[dir]{color:red}p{color:blue} | <p dir='rtl'>x</p> | color:red",
                "p:not(.b){color:red}p{color:blue} | <p>x</p> | color:red",
                "p:first-child{color:red}p{color:blue} | <div><p>x</p></div> | color:red",
                "p{color:red} | <p style='color:green'>x</p> | color:green",
                "p{color:red!important} | <p style='color:green'>x</p> | color:red",
                "p{color:red!important} | <p style='color:green!important'>x</p> | color:green!important",
                "p{color:red!important}.a{color:blue} | <p class='a'>x</p> | color:red",
                "p{margin:0;margin-top:3px} | <p>x</p> | margin:0;margin-top:3px",
                ".a{margin:0}p{margin-top:3px} | <p class='a'>x</p> | margin-top:3px;margin:0",
                "h1,p{color:red} | <p>x</p> | color:red",
                "p:hover{color:red} | <p>x</p> | ''",
                "@media(max-width:9px){p{color:red}} | <p>x</p> | ''",
            })
    void theDeclarationThatWinsIsInlined(String css, String body, String style) {
        Document document = Jsoup.parse(CssInliner.inline("<style>" + css + "</style>" + body));
        assertThat(document.expectFirst("p").attr("style")).isEqualTo(style);
    }

    @Test
    void whatAnAttributeCannotSayStays() {
        String html = CssInliner.inline("""
                <!DOCTYPE html><html><head><style>
                p, a:hover { color: red }
                a::before { content: '>' }
                [data-ogsc] .dark { color: white !important }
                @media (prefers-color-scheme: dark) { p { color: white !important } }
                @font-face { font-family: Own; src: url(https://example.org/own.woff2) }
                </style></head><body><p class="dark"><a href="#">x</a></p></body></html>""");
        String style = Jsoup.parse(html).expectFirst("style").data();
        assertThat(style)
                .contains("a:hover{color:red", "a::before{", "[data-ogsc] .dark{color:white!important")
                .contains("@media", "prefers-color-scheme", "@font-face")
                .doesNotContain("p,");
        assertThat(html).startsWith("<!doctype html>").contains("<p class=\"dark\" style=\"color:red\">");
    }

    @Test
    void theDocumentIsOtherwiseAsItWas() {
        String html = "<!doctype html><html lang=\"en\"><head><title>a &amp; b</title><!--[if mso]><xml><o:x/></xml>"
                + "<![endif]--></head><body>\n<!--[if mso]><table><tr><td><![endif]-->\n"
                + "<p>  two  spaces, &lt;b&gt; &nbsp;“q”</p>\n<!--[if mso]></td></tr></table><![endif]--></body></html>";
        assertThat(CssInliner.inline(html)).isEqualTo(html);
    }

    @Test
    void quotesInAFontNameDoNotEndTheAttribute() {
        String html = CssInliner.inline("<style>p{font-family:'Segoe UI',\"Some Font\"}</style><p>x</p>");
        assertThat(Jsoup.parse(html).expectFirst("p").attr("style")).contains("Segoe UI", "Some Font");
    }
}
