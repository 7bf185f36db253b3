<#-- What the text parts share. -->
<#import "words.ftl" as words>

<#-- What an editor says first. -->
<#macro introduction>
<#list issue.introduction as paragraph>
${paragraph}

</#list>
</#macro>

<#-- Source, day (updated), minutes -->
<#function facts item>
  <#return item.source + ", " + item.date + mark(item, " (", ")") + ", " + say("minutes", item.minutes)>
</#function>

<#function mark item before after="">
  <#return item.updated?then(before + say("updated") + after, "")>
</#function>

<#-- Source, updated, minutes, also at … -->
<#function short item>
  <#local also = item.also?has_content?then(", " + say("also.inline", elsewhere(item)), "")>
  <#return item.source + mark(item, ", ") + ", " + say("minutes", item.minutes) + also>
</#function>

<#function elsewhere item>
  <#return item.also?map(other -> other.source)?join(", ")>
</#function>

<#macro origin item>
<#if item.machineWritten>
  (${say("machine")})
</#if>
<#if item.part>
  ${say("part", say("quoted", item.post))}
</#if>
</#macro>

<#macro also item>
<#if item.also?has_content>
  ${say("also", item.also?map(other -> other.source + (other.link??)?then(" (" + (other.link!"") + ")", ""))?join(", "))}
</#if>
</#macro>

<#macro notes item>
<@origin item/>
<@also item/>
<#if item.why?has_content>
  ${say("why", item.why)}
</#if>
</#macro>

<#macro trend section>
<#if section.trend?? && words.moves(section.trend)>
${say("colon", words.movement(section.trend), section.trend.evidence)}

</#if>
</#macro>

<#macro rest>
<#if carriedOver gt 0>
${say("carried", carriedOver)}

</#if>
<#if words.trendless()?has_content>
${words.trendless()}

</#if>
</#macro>

<#macro foot>
${say("asked.text", newsletter.title, reader.since)}
${reader.address}
<#if edition.topics?has_content>
${say("chosen", edition.topics?join(", "))}
</#if>

${say("unsubscribe")}:
${reader.unsubscribeUrl}

${say("web")}:
${issue.link}

${say("issues")}:
${newsletter.archive}

${say("settings")}:
${reader.preferencesUrl}

${newsletter.postalAddress}
</#macro>
