package io.courant.desk;

import io.courant.editor.ApiTokens;
import io.courant.editor.KeptAnswers;
import io.courant.editor.Permission;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** What programs may ask the desk for, and who lets them in: a chain of its own, before that of the pages. */
@Configuration(proxyBeanMethods = false)
@Import({
    ApiDescription.class,
    ApiNewsletters.class,
    ApiErrands.class,
    NamedIssues.class,
    ApiIssues.class,
    ApiSends.class,
    ApiSubscribers.class,
    ApiRecords.class,
    HealthPages.class,
    MetricsPages.class,
    Traffic.class
})
class Api {
    @Bean
    Problems problems() {
        return new Problems();
    }

    /** Not a bean of type Filter: Tomcat would send every request through it. */
    @Bean
    Notes notes(ApiTokens tokens, InstantSource clock, Problems problems, Gate gate) {
        return new Notes(new ApiGate(tokens, clock, problems, new Pacing(clock), gate));
    }

    /** The gate, for those who have something to write down. */
    record Notes(ApiGate gate) {}

    @Bean
    @Order(1)
    SecurityFilterChain apiChain(
            HttpSecurity security, Notes notes, Problems problems, KeptAnswers answers, InstantSource clock) {
        return security.securityMatcher(Endpoints::isFor)
                .authorizeHttpRequests(requests -> {
                    ApiRights.EVERYBODY.forEach(pattern ->
                            requests.requestMatchers(HttpMethod.GET, pattern).permitAll());
                    ApiRights.RULES.forEach(rule -> requests.requestMatchers(rule.method(), rule.pattern())
                            .access(ApiGate.asking(Objects.requireNonNullElse(rule.permission(), Permission.LOOK))));
                    requests.anyRequest().denyAll();
                })
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .addFilterBefore(notes.gate(), AuthorizationFilter.class)
                .addFilterAfter(new OnceOnly(answers, clock, problems), AuthorizationFilter.class)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable) // no cookie counts here, so no page can borrow one
                .build();
    }
}
