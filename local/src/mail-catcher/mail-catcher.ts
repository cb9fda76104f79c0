import { listen } from '@vox/platform/http';
import type { Express } from 'express';
import { pagesOfThisMachine, sendPage } from '../page/own-machine.ts';
import { type CaughtMail, type CaughtMails, catchMails } from './caught.ts';
import { listPage, mailPage, mailPolicy, pagePolicy } from './pages.ts';

export type MailCatcher = CaughtMails & Readonly<{ url: string }>;

export type MailCatcherOptions = Readonly<{
  host?: string;
  /** Where mails are taken; any free port when left out. */
  smtpPort?: number;
  /** Where they are shown. */
  port?: number;
  now?: () => Date;
  /** How many are kept, the newest. */
  keptMax?: number;
}>;

/** Catches mails, and shows them on a page at `url`. `GET /messages?to=` answers them as JSON. */
export async function openMailCatcher({
  host = '127.0.0.1',
  smtpPort = 0,
  port = 0,
  now = () => new Date(),
  keptMax = 500,
}: MailCatcherOptions = {}): Promise<MailCatcher> {
  const caught = await catchMails({ host, port: smtpPort, now, keptMax });
  const page = await listen(pagesOf(caught), { host, port });
  return {
    ...caught,
    url: page.url,
    async close() {
      await page.close(0);
      await caught.close();
    },
  };
}

function pagesOf({ all }: CaughtMails): Express {
  const app = pagesOfThisMachine();
  app.get('/', (_request, response) => sendPage(response, pagePolicy, (nonce) => listPage(all(), nonce)));
  app.get('/messages', ({ query: { to } }, response) => {
    response.json(typeof to === 'string' ? all().filter(({ recipients }) => recipients.includes(to)) : all());
  });
  const found = (id: string): CaughtMail | undefined => all().find((mail) => String(mail.id) === id);
  app.get('/messages/:id', ({ params: { id } }, response, next) => {
    const mail = found(id);
    if (mail === undefined) next();
    else sendPage(response, pagePolicy, (nonce) => mailPage(mail, nonce));
  });
  app.get('/messages/:id/html', ({ params: { id } }, response, next) => {
    const mail = found(id);
    if (mail === undefined) next();
    else response.set('Content-Security-Policy', mailPolicy).type('html').send(mail.html);
  });
  app.use((_request, response) => void response.status(404).type('text').send('There is nothing here.'));
  return app;
}
