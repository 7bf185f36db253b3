<#import "/shared/text.ftl" as parts>
<#import "/shared/words.ftl" as words>
<#macro entry item>
* ${item.title}
  ${parts.short(item)}
<#if item.lead && item.teaser?has_content>
  ${item.teaser}
<#if item.machineWritten>
  (${say("machine")})
</#if>
</#if>
<#if item.link??>
  ${item.link}
</#if>
</#macro>
${newsletter.title?upper_case}
${issue.period}
${words.extent()}

<@parts.introduction/>
<#list sections as section>

== ${section.title}
<@parts.trend section/>

<#list section.items as item>
<@entry item/>
</#list>
</#list>
<#if brief?has_content>

== ${say("brief")}

<#list brief as item>
<@entry item/>
</#list>
</#if>

<@parts.rest/>
----------------------------------------------------------------------------
<@parts.foot/>
