${say("mail." + mail.kind + ".lead", newsletter.title)}
<#if mail.link??>

${say("mail." + mail.kind + ".act")}:
${mail.link}
</#if>

${say("mail." + mail.kind + ".rest")}

----------------------------------------------------------------------------
${newsletter.title}
${newsletter.home}

${newsletter.postalAddress}
