#!/bin/bash
# What is typed in the mail lab: courant COMMAND… is the program, $WORK the folder with everything, $LAB the lab's.
courant() { "$JAVA" -XX:TieredStopAtLevel=1 -cp "$CLASSPATH" io.courant.Courant "$@" --home "$WORK/home" --jobs "$WORK/jobs" --templates "$TEMPLATES"; }
delivered() { find "$LAB/home" -path '*/new/*' -name '*.*' -type f 2>/dev/null | wc -l; }
say() { echo "== $1" >&2; shift; "$@" >"$WORK/$name.out" 2>"$WORK/$name.err"; echo "exit code $?" >&2; }

name=import say import courant subscribers import "$WORK/readers.csv"
name=collect say collect courant collect weekly
name=compose say compose courant compose weekly

courant send weekly >"$WORK/killed.out" 2>"$WORK/killed.err" &
while [ "$(delivered)" -lt "$KILL_AFTER" ] && kill -0 $! 2>/dev/null; do sleep 0.1; done
pkill -9 -f 'io.courant.Courant send' && echo "killed with $(delivered) mails delivered" >&2
delivered >"$WORK/at-the-kill.out"
sleep 2 # for what is in doubt to be due

for name in send-1 send-2 send-3; do say "$name" courant send weekly --json; sleep 2; done
for _ in $(seq 50); do [ "$(ls "$LAB/home/bounce/Maildir/new" 2>/dev/null | wc -l)" -gt 0 ] && break; sleep 0.2; done

for name in rejected deferred accepted in-doubt; do say "who is $name" courant who weekly --state $name --json; done
name=read say bounces courant bounces read weekly --json
name=bounces say bounces courant bounces weekly --json
name=again say "bounces again" courant bounces read weekly --json
name=audit say audit courant status weekly --json
