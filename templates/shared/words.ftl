<#-- The sentences that the shipped templates share. Functions only: what they give is escaped where it is shown. -->

<#function count number one many>
  <#return number + " " + (number == 1)?then(one, many)>
</#function>

<#-- 12 posts from 5 sources, 6 min -->
<#function extent>
  <#return count(issue.posts, "post", "posts") + " from " + count(issue.sources, "source", "sources") + ", " + issue.minutes + " min">
</#function>

<#-- What is new, in one sentence. -->
<#function news>
  <#local parts = []>
  <#list sections as section>
    <#if section?index < 4>
      <#local parts += [(section?index == 0)?then(count(section.items?size, "item", "items"), section.items?size) + " on " + section.title]>
    </#if>
  </#list>
  <#local more = 0>
  <#list sections as section>
    <#if section?index gte 4><#local more += section.items?size></#if>
  </#list>
  <#if more gt 0><#local parts += [more + " on " + count(sections?size - 4, "other topic", "other topics")]></#if>
  <#if brief?size gt 0><#local parts += [brief?size + " in brief"]></#if>
  <#return "New in this issue: " + parts?join(", ", "", ".")?replace(", (?=[^,]*$)", " and ", "r")>
</#function>

<#-- The lead topic, how much is new in it, and the lead itself. -->
<#function subject>
  <#if sections?size == 0>
    <#local rest = (brief?size gt 1)?then(" and " + (brief?size - 1) + " more in brief", "")>
    <#return cut(lead.title, 78 - rest?length) + rest>
  </#if>
  <#local topic = cut(lead.topic, 40) + ": ">
  <#if sections[0].posts gt 1>
    <#local topic += sections[0].posts + " new posts – ">
    <#return topic + cut(lead.title, 78 - topic?length)>
  </#if>
  <#local rest = (issue.posts gt 1)?then(" (+" + (issue.posts - 1) + " more)", "")>
  <#return topic + cut(lead.title, 78 - topic?length - rest?length) + rest>
</#function>

<#-- What mail programs show after the subject: the next two topics, never less than 40 characters. -->
<#function preheader>
  <#local parts = []>
  <#list sections as section>
    <#if section?index == 1 || section?index == 2>
      <#local parts += [cut(section.title + ": " + section.items[0].title, 43)]>
    </#if>
  </#list>
  <#local text = parts?join(" · ")>
  <#if text?length < 40>
    <#local text = parts?join(" · ", "", " · ") + extent()?replace(" min", "") + " " + (issue.minutes == 1)?then("minute", "minutes") + " of reading">
  </#if>
  <#return cut(text, 90)>
</#function>

<#-- Whether there is evidence that a topic moves. -->
<#function moves trend>
  <#return trend.label == "new" || trend.label == "rising" || trend.label == "fading">
</#function>

<#-- Rising -->
<#function movement trend>
  <#return {"new": "New", "rising": "Rising", "fading": "Fading", "steady": "Steady"}[trend.label]!"">
</#function>

<#-- Why nothing is said of trends, if nothing can be; else empty. -->
<#function trendless>
  <#list sections as section>
    <#if section.trend?? && section.trend.label == "unknown">
      <#return "Which topics rise cannot be said yet: " + section.trend.evidence + ".">
    </#if>
  </#list>
  <#return "">
</#function>
