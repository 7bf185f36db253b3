package io.courant;

import io.courant.cli.Settings;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Journal;
import io.courant.delivery.Ledger;
import io.courant.delivery.Press;
import io.courant.delivery.Soundness;
import io.courant.delivery.TokenKeys;
import io.courant.delivery.TokenSigner;
import io.courant.issue.NewSections;
import io.courant.job.JobFolder;
import io.courant.job.Onlooker;
import io.courant.lab.Audit;
import io.courant.post.PostReader;
import io.courant.render.Renderer;
import io.courant.render.TemplateFolder;
import io.courant.report.Reporter;
import io.courant.section.Collector;
import io.courant.section.SectionedPosts;
import io.courant.section.Sectioner;
import io.courant.store.Database;
import io.courant.store.FileJournal;
import io.courant.store.StoreConfiguration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the packages together, but for the jobs. Settings and the clock are handed in by {@link HomeSession}. */
@Configuration(proxyBeanMethods = false)
@Import(StoreConfiguration.class)
class Wiring {
    // The home folder comes as a value, never as a property: an environment variable would override it in a dry run.
    @Bean
    Database database(Settings settings) {
        return Database.open(settings.home());
    }

    @Bean
    TemplateFolder templates(Settings settings) {
        return new TemplateFolder(settings.templates());
    }

    @Bean
    JobFolder jobFolder(Settings settings, TemplateFolder templates) {
        return new JobFolder(settings.jobs(), templates.names(), settings.environment(), settings.overrides());
    }

    @Bean
    Collector collector(SectionedPosts posts, InstantSource clock) {
        return new Collector(new PostReader(clock), new Sectioner(), posts, clock);
    }

    @Bean
    Press press(SectionedPosts posts, NewSections newSections, FrozenIssues issues, TemplateFolder templates) {
        return new Press(posts, newSections, issues, new Renderer(templates, Renderer.randomNonces()));
    }

    @Bean
    TokenSigner tokenSigner(Settings settings) {
        return new TokenSigner(TokenKeys.in(settings.home().resolve("keys")));
    }

    @Bean
    Journal journal(Settings settings) {
        return new FileJournal(settings.home());
    }

    @Bean
    Reporter reporter(FrozenIssues issues, Ledger ledger) {
        return new Reporter(issues, ledger);
    }

    @Bean
    Audit audit(FrozenIssues issues, Ledger ledger, Soundness soundness) {
        return new Audit(issues, ledger, soundness);
    }

    @Bean
    Onlooker onlooker() {
        return new Onlooker();
    }
}
