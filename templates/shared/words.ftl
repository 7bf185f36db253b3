<#-- The sentences that the shipped templates share, made of what words/ has. Functions only: what they give is escaped
     where it is shown. -->

<#-- A title in a sentence of which it may not have the direction. -->
<#function apart text>
  <#return (newsletter.dir == "rtl")?then("\x2068" + text + "\x2069", text)>
</#function>

<#-- 12 posts from 5 sources, 6 min -->
<#function extent reading=say("minutes", issue.minutes)>
  <#return say("extent", say("posts", issue.posts), say("sources", issue.sources), reading)>
</#function>

<#-- What is new, in one sentence. -->
<#function news>
  <#local parts = []>
  <#list sections as section>
    <#if section?index < 4>
      <#local count = section.items?size>
      <#local parts += [say("news.on", (section?index == 0)?then(say("items", count), count), apart(section.title))]>
    </#if>
  </#list>
  <#local more = 0>
  <#list sections as section>
    <#if section?index gte 4><#local more += section.items?size></#if>
  </#list>
  <#if more gt 0><#local parts += [say("news.on", more, say("topics", sections?size - 4))]></#if>
  <#if brief?size gt 0><#local parts += [say("news.brief", brief?size)]></#if>
  <#local all = (parts?size == 1)?then(parts[0], say("and", parts[0..<parts?size - 1]?join(", "), parts?last))>
  <#return (edition.since??)?then(say("news.since", edition.since!"", all), say("news", all))>
</#function>

<#-- The lead topic, how much is new in it, and the lead itself: at most 78 characters. -->
<#function subject>
  <#if sections?size == 0>
    <#if brief?size == 1><#return cut(lead.title, 78)></#if>
    <#local others = brief?size - 1>
    <#return say("subject.brief", cut(lead.title, 78 - say("subject.brief", "", others)?length), others)>
  </#if>
  <#local topic = cut(lead.topic, 40)>
  <#if sections[0].posts gt 1>
    <#local posts = say("new-posts", sections[0].posts)>
    <#local room = 78 - say("subject.posts", topic, posts, "")?length>
    <#return say("subject.posts", topic, posts, cut(lead.title, room))>
  </#if>
  <#local others = issue.posts - 1>
  <#if others == 0><#return say("colon", topic, cut(lead.title, 78 - say("colon", topic, "")?length))></#if>
  <#local room = 78 - say("subject.more", say("colon", topic, ""), others)?length>
  <#return say("subject.more", say("colon", topic, cut(lead.title, room)), others)>
</#function>

<#-- What mail programs show after the subject: what an editor wants, else the next two topics, never less than 40 characters. -->
<#function preheader>
  <#if issue.preheader?has_content><#return issue.preheader></#if>
  <#local parts = []>
  <#list sections as section>
    <#if section?index == 1 || section?index == 2>
      <#local parts += [cut(say("colon", section.title, section.items[0].title), 43)]>
    </#if>
  </#list>
  <#local text = parts?join(" · ")>
  <#if text?length < 40>
    <#local text = parts?join(" · ", "", " · ") + extent(say("reading", issue.minutes))>
  </#if>
  <#return cut(text, 90)>
</#function>

<#-- Whether there is evidence that a topic moves. -->
<#function moves trend>
  <#return trend.label == "new" || trend.label == "rising" || trend.label == "fading">
</#function>

<#-- Rising -->
<#function movement trend>
  <#return say("trend." + trend.label)>
</#function>

<#-- Why nothing is said of trends, if nothing can be; else empty. -->
<#function trendless>
  <#list sections as section>
    <#if section.trend?? && section.trend.label == "unknown">
      <#return say("trendless", section.trend.evidence)>
    </#if>
  </#list>
  <#return "">
</#function>

<#-- What a letter says of an item: of the lead more than of others, unless a machine said it. -->
<#function told item>
  <#return (item.opening?has_content && !item.machineWritten)?then(item.opening, item.teaser)>
</#function>
