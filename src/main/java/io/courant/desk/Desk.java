package io.courant.desk;

import io.courant.job.DeskServer;
import io.courant.job.PageServer;
import io.courant.web.HttpServer;
import java.net.InetSocketAddress;
import org.springframework.context.ApplicationContext;

/** Serves the desk. What it looks into and sets going comes from the context around. */
public final class Desk implements DeskServer {
    /** A list of some hundred thousand subscribers, as a spreadsheet exports it: a file, which is kept on disk. */
    static final int LARGEST_LIST = 64 * 1024 * 1024;

    /** What is written into fields, which are read into memory, and before it is known who sent them. */
    private static final int LARGEST_FORM = 1024 * 1024;

    private final ApplicationContext around;

    public Desk(ApplicationContext around) {
        this.around = around;
    }

    @Override
    public PageServer.Running start(InetSocketAddress address) {
        return new HttpServer(around, Site.class, true, LARGEST_FORM, "desk-port").start(address);
    }
}
