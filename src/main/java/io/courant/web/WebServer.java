package io.courant.web;

import io.courant.consent.Outbox;
import io.courant.job.JobFolder;
import io.courant.job.PageServer;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Serves the subscribers' pages. What they look into comes from the context around. */
public final class WebServer implements PageServer {
    private final ApplicationContext around;

    public WebServer(ApplicationContext around) {
        this.around = around;
    }

    @Override
    public Running start(InetSocketAddress address) {
        return new HttpServer(around, Site.class, false, Doorway.MAX_BODY, "port").start(address);
    }

    /** The pages. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @Import({
        Answers.class,
        Bearers.class,
        PreferenceForm.class,
        SignUpPages.class,
        ConfirmPages.class,
        PreferencePages.class,
        RightsPages.class,
        UnsubscribePages.class,
        ArchivePages.class,
        ClickPages.class,
        Troubles.class,
        Doorway.class
    })
    static class Site {
        @Bean
        DispatcherServlet dispatcherServlet() {
            return new DispatcherServlet();
        }

        @Bean
        Postman postman(Outbox outbox) {
            return new Postman(outbox);
        }

        @Bean
        Bursts bursts(InstantSource clock) {
            return new Bursts(clock);
        }

        @Bean
        Newsletters newsletters(JobFolder jobs, InstantSource clock) {
            return new Newsletters(jobs, clock);
        }
    }
}
