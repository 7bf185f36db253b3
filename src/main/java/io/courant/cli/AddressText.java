package io.courant.cli;

import io.courant.audience.EmailAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an address from a command line. */
final class AddressText implements ITypeConverter<EmailAddress> {
    @Override
    public EmailAddress convert(String address) {
        try {
            return new EmailAddress(address);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
