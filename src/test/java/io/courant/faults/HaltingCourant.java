package io.courant.faults;

import io.courant.Courant;
import io.courant.delivery.Deliveries;
import io.courant.delivery.Deliveries.Settlement;
import io.courant.delivery.Outcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The program, which halts in the middle of its work with the ledger; the first argument says where. */
final class HaltingCourant implements SpringApplicationRunListener {
    /** As after kill -9. */
    static final int HALTED = 128 + 9;

    private final Halt halt;

    private HaltingCourant(Halt halt) {
        this.halt = halt;
    }

    /** A commit of the ledger, and the side of it on which the process ends. */
    enum Halt {
        BEFORE_CLAIM,
        AFTER_CLAIM,
        BEFORE_MARK,
        AFTER_MARK,
        BEFORE_OUTCOME,
        AFTER_OUTCOME;

        boolean isBefore() {
            return name().startsWith("BEFORE");
        }

        boolean isAt(Method method, Object[] arguments) {
            return switch (this) {
                case BEFORE_CLAIM, AFTER_CLAIM -> method.getName().equals("settleAndClaim");
                case BEFORE_MARK, AFTER_MARK -> method.getName().equals("markDots");
                case BEFORE_OUTCOME, AFTER_OUTCOME ->
                    method.getName().startsWith("settle")
                            && ((List<?>) arguments[1])
                                    .stream().anyMatch(one -> ((Settlement) one).outcome() instanceof Outcome.Accepted);
            };
        }
    }

    public static void main(String[] arguments) {
        HaltingCourant listener = new HaltingCourant(Halt.valueOf(arguments[0]));
        SpringApplication.withHook(
                application -> listener, () -> Courant.main(Arrays.copyOfRange(arguments, 1, arguments.length)));
    }

    /** The jobs find this ledger before that of the home folder, whose name it takes. */
    @Override
    public void contextPrepared(ConfigurableApplicationContext jobs) {
        ApplicationContext home = Objects.requireNonNull(jobs.getParent());
        String name = home.getBeanNamesForType(Deliveries.class)[0];
        jobs.getBeanFactory().registerSingleton(name, halting(home.getBean(name, Deliveries.class)));
    }

    private Deliveries halting(Deliveries deliveries) {
        return (Deliveries) Proxy.newProxyInstance(
                Deliveries.class.getClassLoader(), new Class<?>[] {Deliveries.class}, (proxy, method, arguments) -> {
                    boolean here = halt.isAt(method, arguments);
                    if (here && halt.isBefore()) {
                        Runtime.getRuntime().halt(HALTED);
                    }
                    Object result = call(deliveries, method, arguments);
                    if (here) {
                        Runtime.getRuntime().halt(HALTED);
                    }
                    return result;
                });
    }

    private static Object call(Deliveries deliveries, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(deliveries, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
