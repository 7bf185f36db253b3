package io.courant.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.courant.audience.Erasures;
import io.courant.delivery.Token.Purpose;
import io.courant.render.ReaderPage;
import io.courant.render.ReaderPage.Flaw;
import io.courant.report.PersonalData;
import io.courant.web.Bearers.Bearer;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Taking one's data along, and having them forgotten (GDPR articles 15, 17 and 20). */
@Controller
@RequestMapping("/p/{token}")
final class RightsPages {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final MediaType JSON_TYPE = new MediaType(MediaType.APPLICATION_JSON, UTF_8);

    private final Bearers bearers;
    private final PersonalData data;
    private final Erasures erasures;
    private final Answers answers;
    private final InstantSource clock;

    RightsPages(Bearers bearers, PersonalData data, Erasures erasures, Answers answers, InstantSource clock) {
        this.bearers = bearers;
        this.data = data;
        this.erasures = erasures;
        this.answers = answers;
        this.clock = clock;
    }

    @GetMapping("/data.json")
    ResponseEntity<String> export(@RequestAttribute Home home, @PathVariable String token) {
        return bearers.find(home, token, Purpose.PREFERENCES)
                .flatMap(bearer -> data.of(bearer.reader().address()))
                .map(person -> ResponseEntity.ok()
                        .contentType(JSON_TYPE)
                        .cacheControl(CacheControl.noStore())
                        .header("X-Robots-Tag", "noindex, nofollow")
                        .header("Content-Disposition", "attachment; filename=\"data.json\"")
                        .body(JSON.writeValueAsString(person)))
                .orElseGet(() -> answers.gone(home));
    }

    @GetMapping("/erase")
    ResponseEntity<String> ask(@RequestAttribute Home home, @PathVariable String token) {
        return bearers.find(home, token, Purpose.PREFERENCES)
                .map(bearer -> ask(home, token, bearer, List.of()))
                .orElseGet(() -> answers.gone(home));
    }

    @PostMapping("/erase")
    ResponseEntity<String> erase(
            @RequestAttribute Home home, @PathVariable String token, @RequestParam(defaultValue = "") String sure) {
        return bearers.find(home, token, Purpose.PREFERENCES)
                .map(bearer -> {
                    if (!sure.equals(Wishes.YES)) {
                        return ask(home, token, bearer, List.of(new Flaw("sure", "sure")));
                    }
                    erasures.erase(bearer.reader().address(), clock.instant());
                    return answer(home, bearer, new ReaderPage.Notice("erased"));
                })
                .orElseGet(() -> answers.gone(home));
    }

    private ResponseEntity<String> ask(Home home, String token, Bearer bearer, List<Flaw> flaws) {
        String back = home.path() + "/p/" + token;
        return answer(
                home,
                bearer,
                new ReaderPage.Erase(
                        back + "/erase", back, bearer.reader().address().value(), flaws));
    }

    private ResponseEntity<String> answer(Home home, Bearer bearer, ReaderPage page) {
        return answers.personal(
                home, bearer.newsletter(), bearer.reader().preferences().language(), page);
    }
}
