package io.courant.post;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes that should be text. */
@Fuzzer
class DecodingFuzz {
    @FuzzTest
    void texts(byte[] input) {
        Trial.of(input, DecodingFuzz::read);
    }

    private static void read(byte[] text) {
        String type = Trial.choice(text, "text/xml; charset=utf-8", "text/xml; charset=shift_jis", "charset=x", "");
        isClean(Decoding.text(text));
        isClean(Decoding.html(text));
        isClean(Decoding.xml(text, type.isEmpty() ? null : type));
        Decoding.xmlCharset(text);
    }

    private static void isClean(String text) {
        Promises.isClean("text", text.replace("\0", "")); // left in for whoever asks whether this is text
    }
}
