package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.editor.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.util.NameValuePair;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

class RightsTest {
    /** Spring Security answers it; it would end the session that the other rules are tried in. */
    private static final String LOGOUT = "/logout";

    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachRoleGetsWhereItMayAndNowhereElse(Role role) {
        desk.editor("ada", role);
        try (WebClient browser = desk.signedIn("ada")) {
            browser.getOptions().setRedirectEnabled(false);
            String token = desk.open(browser, "/")
                    .<DomElement>getFirstByXPath("//input[@name='_csrf']")
                    .getAttribute("value");
            for (Rights.Rule rule : Rights.RULES) {
                boolean may = rule.permission() == null || role.may(rule.permission());
                if (isPost(rule)) {
                    assertThat(status(browser, rule, null))
                            .as("without a token: " + rule)
                            .isEqualTo(403);
                }
                if (!rule.pattern().equals(LOGOUT) && !rule.pattern().endsWith("/events")) {
                    assertThat(status(browser, rule, token) != 403)
                            .as(role + " " + rule)
                            .isEqualTo(may);
                }
            }
        }
    }

    @Test
    void whoHasNotSignedInGetsNowhere() {
        try (WebClient browser = TestDesk.browser()) {
            browser.getOptions().setRedirectEnabled(false);
            for (Rights.Rule rule : Rights.RULES) {
                assertThat(status(browser, rule, null)).as(rule.toString()).isEqualTo(isPost(rule) ? 403 : 302);
            }
        }
    }

    private static boolean isPost(Rights.Rule rule) {
        return rule.method().matches("POST");
    }

    private int status(WebClient browser, Rights.Rule rule, @Nullable String token) {
        try {
            String path = rule.pattern().replace("*", "nothing");
            WebRequest request =
                    new WebRequest(URI.create(desk.url(path)).toURL(), isPost(rule) ? HttpMethod.POST : HttpMethod.GET);
            if (token != null && isPost(rule)) {
                request.setRequestParameters(List.of(new NameValuePair("_csrf", token)));
            }
            return browser.getPage(request).getWebResponse().getStatusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyAddressHasItsRuleAndEveryRuleItsAddress() {
        Set<String> ruled = Rights.RULES.stream()
                .filter(rule -> !rule.pattern().equals(LOGOUT))
                .map(rule -> rule.method() + " " + rule.pattern())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> mapped = Stream.of(Objects.requireNonNull(Site.class.getAnnotation(Import.class))
                        .value())
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .flatMap(RightsTest::addresses)
                .filter(address -> !Rights.EVERYBODY.contains(address.substring(address.indexOf(' ') + 1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(mapped).isEqualTo(ruled);
    }

    private static Stream<String> addresses(Method method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        return mapping == null
                ? Stream.empty()
                : Stream.of(mapping.method())
                        .map(RequestMethod::name)
                        .flatMap(verb ->
                                Stream.of(mapping.path()).map(path -> verb + " " + path.replaceAll("\\{[^}]*}", "*")));
    }
}
