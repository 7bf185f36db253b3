package io.courant.job;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.courant.delivery.Conductor;
import io.courant.delivery.Progress;
import java.lang.management.ManagementFactory;

/**
 * Keeps the Java heap small for as long as a run goes. Left alone, HotSpot's collector takes what a large machine
 * offers and fills it before it collects, for work that needs a tenth of that. A jar cannot bring JVM options along;
 * the two that are set here may be changed at any time. They make a collection give back what is not in use. It looks
 * each time that a conductor is told of progress, which is often.
 */
final class SmallHeap implements Conductor {
    private static final String MIN_FREE_PERCENT = "20";
    private static final String MAX_FREE_PERCENT = "50";

    private final Conductor conductor;
    private long enough;

    SmallHeap(Conductor conductor) {
        this.conductor = conductor;
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null) { // another JVM has its own ways
            jvm.setVMOption("MinHeapFreeRatio", MIN_FREE_PERCENT);
            jvm.setVMOption("MaxHeapFreeRatio", MAX_FREE_PERCENT);
        }
        shrink();
    }

    @Override
    public Order order() {
        return conductor.order();
    }

    @Override
    public void progressed(Progress progress) {
        if (Runtime.getRuntime().totalMemory() > enough) {
            shrink(); // before it is filled
        }
        conductor.progressed(progress);
    }

    @Override
    public void remarked(String remark) {
        conductor.remarked(remark);
    }

    private void shrink() {
        System.gc();
        enough = Runtime.getRuntime().totalMemory() * 3 / 2; // whatever it needs; more than that was taken, not needed
    }
}
