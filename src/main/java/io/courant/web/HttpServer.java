package io.courant.web;

import io.courant.job.PageServer;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextException;

/**
 * Tomcat, and no more of Spring MVC than a site needs.
 *
 * @param around the context in which the site finds what it looks into
 * @param site its configuration, with a {@code DispatcherServlet}
 * @param cookies whether the site has sessions
 * @param largest bytes of a form at the most
 * @param option the command line's word for the address, without {@code --}: what to change when it is taken
 */
public record HttpServer(ApplicationContext around, Class<?> site, boolean cookies, int largest, String option) {
    /** Tomcat says when it starts and stops, and what was wrong with a request: with addresses, which are tokens. */
    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    private static final String SLOWEST = "5000"; // milliseconds between two pieces of a request

    /**
     * Begins to serve.
     *
     * @throws IllegalStateException when nobody can listen at the address
     */
    public PageServer.Running start(InetSocketAddress address) {
        TOMCAT.setLevel(Level.SEVERE);
        AnnotationConfigServletWebServerApplicationContext context =
                new AnnotationConfigServletWebServerApplicationContext();
        context.setParent(around);
        context.register(site);
        context.registerBean(TomcatServletWebServerFactory.class, () -> tomcat(address));
        try {
            context.refresh();
        } catch (ApplicationContextException e) {
            context.close();
            if (e.getCause() instanceof WebServerException taken) {
                throw new IllegalStateException(
                        "nobody can listen at " + address.getHostString() + ":" + address.getPort()
                                + "; is another server there? --" + option + " chooses another port",
                        taken);
            }
            throw e;
        }
        return new PageServer.Running() {
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

    private TomcatServletWebServerFactory tomcat(InetSocketAddress address) {
        TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(address.getPort());
        tomcat.setAddress(address.getAddress());
        tomcat.setShutdown(Shutdown.GRACEFUL);
        tomcat.getSettings().getSession().getCookie().setSameSite(Cookie.SameSite.LAX);
        tomcat.setRegisterDefaultServlet(false);
        tomcat.setDisableMBeanRegistry(true);
        tomcat.addConnectorCustomizers(connector -> {
            connector.setMaxPostSize(largest);
            connector.setMaxParameterCount(500);
            // Whoever sends slowly holds a thread, and there must be some for those who want to leave.
            connector.setProperty("connectionTimeout", SLOWEST);
            connector.setProperty("keepAliveTimeout", SLOWEST);
            connector.setProperty("maxThreads", "1000");
            connector.setProperty("minSpareThreads", "4");
        });
        tomcat.addContextCustomizers(context -> {
            context.setCookies(cookies);
            context.setRequestCharacterEncoding("UTF-8"); // a browser does not say in which it sends a form: the page's
            context.getPipeline().addValve(new BehindTls());
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(""); // or Tomcat's own would answer before ours
                host.getPipeline().addValve(new PlainErrors());
            }
        });
        return tomcat;
    }
}
