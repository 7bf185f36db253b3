<#import "/shared/words.ftl" as words>
${words.subject()}
