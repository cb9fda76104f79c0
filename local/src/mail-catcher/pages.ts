import { escaped } from '../page/escaped.ts';
import { htmlPage } from '../page/html-page.ts';
import type { CaughtMail } from './caught.ts';

const look = `
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse } th, td { text-align: left; padding: 4px 16px 4px 0 }
      iframe { width: 100%; height: 32rem; border: 1px solid #999 } pre { white-space: pre-wrap }
`;

const frame = (title: string, nonce: string, body: string): string => htmlPage({ title, nonce, style: look, body });

/** The list of mails, the newest first. */
export function listPage(mails: readonly CaughtMail[], nonce: string): string {
  const row = ({ id, at, recipients, subject }: CaughtMail): string =>
    `<tr><td>${escaped(at)}</td><td>${escaped(recipients.join(', '))}</td><td><a href="/messages/${id}">${escaped(subject) || '(no subject)'}</a></td></tr>`;
  const rows = mails.map(row).reverse().join('\n');
  const table = `<table><tr><th>When</th><th>To</th><th>Subject</th></tr>${rows}</table>`;
  return frame('Mails', nonce, `<h1>Mails</h1>${mails.length === 0 ? '<p>No mail has come yet.</p>' : table}`);
}

/** One mail: its text, and its HTML in a frame in which nothing runs. */
export function mailPage({ id, at, from, recipients, subject, text }: CaughtMail, nonce: string): string {
  const rows = [
    ['When', at],
    ['From', from],
    ['To', recipients.join(', ')],
  ].map(([name = '', value = '']) => `<tr><th>${name}</th><td>${escaped(value)}</td></tr>`);
  return frame(
    subject,
    nonce,
    `<p><a href="/">All mails</a></p><h1>${escaped(subject)}</h1><table>${rows.join('')}</table>
    <h2>HTML</h2><iframe sandbox="" title="The mail as HTML" src="/messages/${id}/html"></iframe>
    <h2>Text</h2><pre>${escaped(text)}</pre>`,
  );
}

/** What a page of ours may do: show itself and its style, and frame a mail. */
export const pagePolicy = (nonce: string): string =>
  `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

/** What a mail may do: look like something. It runs nothing, and fetches nothing from anywhere. */
export const mailPolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";
