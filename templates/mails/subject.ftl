${say("mail." + mail.kind + ".subject", newsletter.title)}
