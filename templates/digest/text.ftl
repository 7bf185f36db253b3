<#import "/shared/text.ftl" as parts>
<#import "/shared/words.ftl" as words>
<#macro heading title>

----------------------------------------------------------------------------
${title?upper_case}

</#macro>
${newsletter.title?upper_case}
${issue.period}
${words.extent()}

<@parts.introduction/>
${words.news()}
<#list sections as section>
<@heading section.title/>
<@parts.trend section/>
<#list section.items as item>
* ${item.title}
  ${parts.facts(item)}
<#if item.teaser?has_content>
  ${item.teaser}
</#if>
<@parts.notes item/>
<#if item.link??>
  ${item.link}
</#if>

</#list>
</#list>
<#if brief?has_content>
<@heading say("brief")/>
<#list brief as item>
* ${item.title} (${parts.short(item)})
<#if item.link??>
  ${item.link}
</#if>
</#list>

</#if>
<@parts.rest/>
============================================================================
<@parts.foot/>
