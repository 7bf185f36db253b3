package io.courant.desk;

import io.courant.render.DeskPages;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.HstsConfig;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** The desk's pages, and who gets to them. */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@EnableWebSecurity
@Import({
    Api.class,
    Sheets.class,
    Gate.class,
    Refusals.class,
    Things.class,
    Zones.class,
    LoginPages.class,
    TodayPages.class,
    Ailing.class,
    IssuePages.class,
    Newsletters.class,
    Proofs.class,
    Copies.class,
    DraftPages.class,
    DraftEdits.class,
    PreviewPages.class,
    TrendPages.class,
    Errands.class,
    Making.class,
    ErrandPages.class,
    Dispatch.class,
    IssueActs.class,
    IssueMail.class,
    IssueLists.class,
    Failing.class,
    Sender.class,
    InstancePages.class,
    Progress.class,
    MePages.class,
    UsersPages.class,
    AuditPages.class,
    SourcePages.class,
    WorkerPages.class,
    SubscriberPages.class,
    SubscriberPage.class,
    ImportPages.class,
    SettingPages.class,
    Troubles.class
})
class Site {
    static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src"
                    + " 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private static final int IN_MEMORY = 64 * 1024;

    @Bean
    DispatcherServlet dispatcherServlet() {
        return new DispatcherServlet();
    }

    @Bean
    MultipartConfigElement multipartConfig() {
        return new MultipartConfigElement("", Desk.LARGEST_LIST, Desk.LARGEST_LIST, IN_MEMORY);
    }

    @Bean
    StandardServletMultipartResolver multipartResolver() {
        return new StandardServletMultipartResolver();
    }

    @Bean
    DeskPages deskPages() {
        return new DeskPages();
    }

    @Bean
    @Order(2)
    SecurityFilterChain chain(HttpSecurity security, Gate gate, Refusals refusals) {
        return security.authorizeHttpRequests(requests -> {
                    Rights.EVERYBODY.forEach(
                            pattern -> requests.requestMatchers(pattern).permitAll());
                    Rights.RULES.forEach(rule -> requests.requestMatchers(rule.method(), rule.pattern())
                            .access(gate.asking(rule.permission())));
                    requests.anyRequest().denyAll();
                })
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login"))
                                .accessDeniedHandler(refusals))
                .logout(logout -> logout.logoutUrl("/logout").logoutSuccessUrl("/login"))
                .csrf(Customizer.withDefaults())
                .addFilterBefore(new Uninvited(gate), CsrfFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                        .frameOptions(FrameOptionsConfig::disable)
                        .httpStrictTransportSecurity(HstsConfig::disable) // that is for the server in front to say
                        .addHeaderWriter(Site::refuseFrames)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    /** Unless a page says otherwise. */
    private static void refuseFrames(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader("X-Frame-Options")) {
            response.setHeader("X-Frame-Options", "DENY");
        }
    }
}
