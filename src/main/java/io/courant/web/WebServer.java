package io.courant.web;

import io.courant.consent.Outbox;
import io.courant.job.JobFolder;
import io.courant.job.PageServer;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Tomcat, and no more of Spring MVC than the pages need. What they look into comes from the context around. */
public final class WebServer implements PageServer {
    /** Tomcat says when it starts and stops, and what was wrong with a request: with addresses, which are tokens. */
    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    private final ApplicationContext around;

    private static final String SLOWEST = "5000"; // milliseconds between two pieces of a request

    public WebServer(ApplicationContext around) {
        this.around = around;
    }

    @Override
    public Running start(InetSocketAddress address) {
        TOMCAT.setLevel(Level.SEVERE);
        AnnotationConfigServletWebServerApplicationContext context =
                new AnnotationConfigServletWebServerApplicationContext();
        context.setParent(around);
        context.register(Site.class);
        context.registerBean(TomcatServletWebServerFactory.class, () -> tomcat(address));
        try {
            context.refresh();
        } catch (ApplicationContextException e) {
            context.close();
            if (e.getCause() instanceof WebServerException taken) {
                throw new IllegalStateException(
                        "nobody can listen at " + address.getHostString() + ":" + address.getPort()
                                + "; is another server there? --host and --port choose another address",
                        taken);
            }
            throw e;
        }
        return new Running() {
            @Override
            public int port() {
                return Objects.requireNonNull(context.getWebServer()).getPort();
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    private static TomcatServletWebServerFactory tomcat(InetSocketAddress address) {
        TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(address.getPort());
        tomcat.setAddress(address.getAddress());
        tomcat.setShutdown(Shutdown.GRACEFUL);
        tomcat.setRegisterDefaultServlet(false);
        tomcat.setDisableMBeanRegistry(true);
        tomcat.addConnectorCustomizers(connector -> {
            connector.setMaxPostSize(Doorway.MAX_BODY);
            connector.setMaxParameterCount(500);
            // Whoever sends slowly holds a thread, and there must be some for those who want to leave.
            connector.setProperty("connectionTimeout", SLOWEST);
            connector.setProperty("keepAliveTimeout", SLOWEST);
            connector.setProperty("maxThreads", "1000");
            connector.setProperty("minSpareThreads", "4");
        });
        tomcat.addContextCustomizers(context -> {
            context.setCookies(false);
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(""); // or Tomcat's own would answer before ours
                host.getPipeline().addValve(new PlainErrors());
            }
        });
        return tomcat;
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
