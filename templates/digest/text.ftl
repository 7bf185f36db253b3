<#import "/shared/words.ftl" as words>
<#macro heading title>

----------------------------------------------------------------------------
${title?upper_case}

</#macro>
<#macro entry item>
* ${item.title}
  ${item.source}, ${item.date}<#if item.updated> (updated)</#if>, ${item.minutes} min
<#if item.teaser?has_content>
  ${item.teaser}
</#if>
<#if item.machineWritten>
  (Summary written by a machine)
</#if>
<#if item.part>
  Part of “${item.post}”
</#if>
<#if item.also?has_content>
  Also at <#list item.also as other>${other.source}<#sep>, </#sep></#list>
</#if>
<#if item.why?has_content>
  Why it is here: ${item.why}
</#if>
<#if item.link??>
  ${item.link}
</#if>

</#macro>
${newsletter.title?upper_case}
${issue.period}
${words.extent()}

${words.news()}
<#list sections as section>
<@heading section.title/>
<#if section.trend?? && words.moves(section.trend)>
${words.movement(section.trend)}: ${section.trend.evidence}

</#if>
<#list section.items as item>
<@entry item/>
</#list>
</#list>
<#if brief?has_content>
<@heading "In brief"/>
<#list brief as item>
* ${item.title} (${item.source}<#if item.updated>, updated</#if>, ${item.minutes} min<#if item.also?has_content>, also at <#list item.also as other>${other.source}<#sep>, </#sep></#list></#if>)
<#if item.link??>
  ${item.link}
</#if>
</#list>

</#if>
<#if carriedOver gt 0>
${words.count(carriedOver, "more item is", "more items are")} carried over to the next issue.

</#if>
<#if words.trendless()?has_content>
${words.trendless()}

</#if>
============================================================================
You get this because this address asked for ${newsletter.title}
on ${reader.since}:
${reader.address}

Unsubscribe with one click:
${reader.unsubscribeUrl}

This issue on the web:
${issue.link}

All issues and your settings:
${newsletter.home}

${newsletter.postalAddress}
