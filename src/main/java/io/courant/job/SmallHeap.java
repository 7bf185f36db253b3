package io.courant.job;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Keeps the Java heap small for as long as a run goes. Left alone, HotSpot's collector takes what a large machine
 * offers and fills it before it collects, for work that needs a tenth of that. A jar cannot bring JVM options along;
 * the two that are set here may be changed at any time. They make a collection give back what is not in use.
 */
public final class SmallHeap {
    private static final String MIN_FREE_PERCENT = "20";
    private static final String MAX_FREE_PERCENT = "50";
    private static final long LOOK_MILLIS = 50; // in which not much can be filled

    private final Thread keeper = new Thread(this::keep, "small heap");
    private long enough;

    public SmallHeap() {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null) { // another JVM has its own ways
            jvm.setVMOption("MinHeapFreeRatio", MIN_FREE_PERCENT);
            jvm.setVMOption("MaxHeapFreeRatio", MAX_FREE_PERCENT);
        }
        shrink();
        keeper.setDaemon(true);
        keeper.start();
    }

    private void keep() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                if (Runtime.getRuntime().totalMemory() > enough) {
                    shrink(); // before it is filled
                }
            }
        } catch (InterruptedException e) {
            return; // the run is over
        }
    }

    private void shrink() {
        System.gc();
        enough = Runtime.getRuntime().totalMemory() * 3 / 2; // whatever it needs; more than that was taken, not needed
    }

    /** Leaves the heap to itself again. */
    public void release() {
        keeper.interrupt();
    }
}
