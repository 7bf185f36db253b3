<#import "/shared/text.ftl" as parts>
<#import "/shared/words.ftl" as words>
${newsletter.title}
${issue.date}

<@parts.introduction/>
${words.news()}
<#list sections as section>

                                   * * *

${section.title?upper_case}

<@parts.trend section/>
<#list section.items as item>
${item.title}
<#if words.told(item)?has_content>
${words.told(item)}
</#if>
  ${parts.facts(item)}
<#if item.lead>
<@parts.notes item/>
<#else>
<@parts.origin item/>
<@parts.also item/>
</#if>
<#if item.link??>
  ${item.link}
</#if>

</#list>
</#list>
<#if brief?has_content>

                                   * * *

${say("brief")?upper_case}

<#list brief as item>
${item.title}
  ${parts.short(item)}
<#if item.link??>
  ${item.link}
</#if>

</#list>
</#if>
<@parts.rest/>
-- ${newsletter.title}

----------------------------------------------------------------------------
<@parts.foot/>
