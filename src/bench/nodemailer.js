// The usual way in Node: a pooled nodemailer transport, a handlebars template filled for each message.
// Usage: node nodemailer.js PORT MESSAGES CONNECTIONS TEMPLATE; prints seconds and CPU seconds.
const fs = require('fs');
const nodemailer = require('nodemailer');
const handlebars = require('handlebars');

const [port, messages, connections] = process.argv.slice(2, 5).map(Number);
const html = handlebars.compile(fs.readFileSync(process.argv[5] + '.html', 'utf8'));
const text = handlebars.compile(fs.readFileSync(process.argv[5] + '.txt', 'utf8'));
const pool = nodemailer.createTransport({
  host: '127.0.0.1', port, pool: true, maxConnections: connections, maxMessages: Infinity, ignoreTLS: true,
});

async function main() {
  const begin = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  let next = 0;
  async function sender() {
    while (next < messages) {
      const i = next++;
      const reader = {address: `reader${i}@example.org`, unsubscribeUrl: `https://news.example.org/u/${i}`};
      await pool.sendMail({
        from: 'Bench <digest@news.example.org>',
        to: reader.address,
        envelope: {from: `bounce+${i}@news.example.org`, to: reader.address},
        subject: 'Bench',
        list: {unsubscribe: {url: reader.unsubscribeUrl}},
        html: html({reader}),
        text: text({reader}),
        textEncoding: 'quoted-printable',
      });
    }
  }
  await Promise.all(Array.from({length: connections * 2}, sender));
  const used = process.cpuUsage(cpu);
  console.log(Number(process.hrtime.bigint() - begin) / 1e9, (used.user + used.system) / 1e6);
  pool.close();
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
