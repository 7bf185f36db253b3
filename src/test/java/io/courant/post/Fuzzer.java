package io.courant.post;

import com.code_intelligence.jazzer.third_party.com.github.fmeum.rules_jni.RulesJni;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A class whose only test is fuzzed, in a process of its own. An input that takes half a minute has hung. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("fuzz")
@Timeout(value = 30, unit = TimeUnit.SECONDS) // of each input: Jazzer takes it so
@ExtendWith(Fuzzer.NeedsNatives.class)
public @interface Fuzzer {

    /** Jazzer brings native code for Linux (glibc), macOS and Windows. */
    final class NeedsNatives implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            try {
                RulesJni.loadLibrary("jazzer_signal_handler", "/com/code_intelligence/jazzer/driver");
                return ConditionEvaluationResult.enabled("the native code of Jazzer can be loaded");
            } catch (UnsatisfiedLinkError missing) {
                String why = "not fuzzed: Jazzer's native code cannot be loaded here (" + missing.getMessage() + ")";
                System.err.println(context.getDisplayName() + " " + why);
                return ConditionEvaluationResult.disabled(why);
            }
        }
    }
}
