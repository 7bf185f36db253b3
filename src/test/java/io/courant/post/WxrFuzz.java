package io.courant.post;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/** Exports of WordPress. */
@Fuzzer
class WxrFuzz {
    @FuzzTest
    void exports(byte[] input) {
        Trial.of(input, WxrFuzz::read);
    }

    private static void read(byte[] export) {
        WxrExport.isWxr(export);
        List<Feed.Entry> entries = new ArrayList<>();
        WxrExport.Summary summary = WxrExport.read("export.xml", new ByteArrayInputStream(export), entries::add);
        Promises.areKeptBy(new Feed(summary.title(), summary.link(), summary.language(), entries));
        Promises.isTrue(summary.posts() == entries.size(), "posts", summary.toString());
        summary.problems().forEach(problem -> Promises.isOneLine("problem", problem.toString()));
    }
}
