package io.courant.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much a run may send. */
final class Limit {
    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = AtLeastOne.class,
            description = "Sends N messages at most, then ends; what is left waits for another run.")
    private long messages = Long.MAX_VALUE;

    long messages() {
        return messages;
    }

    boolean isSet() {
        return messages < Long.MAX_VALUE;
    }

    /** Reads a number of messages. */
    static final class AtLeastOne implements ITypeConverter<Long> {
        @Override
        public Long convert(String number) {
            if (!number.matches("0*[1-9]\\d{0,17}")) {
                throw new TypeConversionException("expected a number from 1, found '" + number + "'");
            }
            return Long.valueOf(number);
        }
    }
}
