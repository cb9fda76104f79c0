import { describe, expect, it } from 'vitest';
import { type Brand, letterOf } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import type { MailContent } from './mail.ts';

const acme: Brand = { displayName: 'Acme', primaryColor: '#123456' };
const at = '2026-05-05T12:00:00.000Z';
const contents: readonly MailContent[] = [
  { template: 'code', values: { code: '314159', purpose: 'login', expiresAt: at } },
  { template: 'code', values: { code: '314159', purpose: 'step-up', expiresAt: at } },
  {
    template: 'invitation',
    values: { invitedBy: 'Bob', role: 'admin', link: 'https://a.example/?x=1&y', expiresAt: at },
  },
  { template: 'new-device', values: { device: 'Firefox on Linux', place: 'a network in Spain', at } },
  {
    template: 'second-factor',
    values: {
      ...{ byMember: true, at },
      changes: [
        { what: 'added', factorKind: 'totp' },
        { what: 'recovery-made', factorKind: null },
      ],
    },
  },
  {
    template: 'second-factor',
    values: { byMember: false, at, changes: [{ what: 'removed', factorKind: 'passkey' }] },
  },
  { template: 'digest', values: { from: at, to: at, counts: [{ code: 'BOT_BLOCKED', count: 12 }] } },
];
const written = (content: MailContent, brand = acme) => {
  const letter = letterOf(content, brand);
  return { subject: letter.subject, text: letterText(letter, brand), html: letterHtml(letter, brand) };
};
const hostile = `<script>x</script>"'&\r\nBcc: eve@example.com\u202e`;

describe('a mail', () => {
  it.each([
    [contents[0], ['314159', '2026-05-05 12:00 UTC']],
    [contents[1], ['314159', 'confirm']],
    [contents[2], ['Bob', 'admin', 'Accept the invitation']],
    [contents[3], ['Firefox on Linux', 'a network in Spain', '2026-05-05 12:00 UTC']],
    [contents[4], ['An authenticator app was added', 'recovery codes were made', 'your own login', '12:00 UTC']],
    [contents[5], ['A passkey was removed', 'by somebody who manages your members']],
    [contents[6], ['BOT_BLOCKED', '12']],
  ])('says the same as text and as HTML: %#', (content, words) => {
    const { text, html } = written(content as MailContent);
    for (const word of words) {
      expect(text).toContain(word);
      expect(html).toContain(word);
    }
  });

  it('has no code in its subject', () => {
    for (const content of contents) expect(written(content).subject).not.toContain('314159');
  });

  it('has nothing of what a tenant or a stranger writes as HTML, and no line end of it in its subject', () => {
    const brand = { ...acme, displayName: hostile, logoUrl: `https://a.example/"onerror="x` };
    const values = {
      ...{ invitedBy: hostile, role: hostile, device: hostile, place: hostile, at, expiresAt: at, from: at, to: at },
      ...{ link: `https://a.example/"><script>x`, counts: [{ code: hostile, count: 1 }] },
      ...{ code: '314159', purpose: 'login', byMember: true, changes: [{ what: 'added', factorKind: null }] },
    };
    for (const { template } of contents) {
      const { subject, html } = written({ template, values } as unknown as MailContent, brand);
      expect(html).not.toMatch(/<script|"onerror|\u202e/);
      expect(html.match(/<\/title>/g)).toHaveLength(1);
      expect(subject).not.toMatch(/[\r\n\u202e]/);
    }
  });

  it('links to the web alone', () => {
    const values = { invitedBy: 'Bob', role: 'admin', link: 'javascript:alert(1)', expiresAt: at };
    expect(written({ template: 'invitation', values }).html).not.toContain('javascript');
  });

  it.each([
    ['#ffffff', 'color:#000000'],
    ['#000000', 'color:#ffffff'],
    ['#ffff00', 'color:#000000'],
    ['red;background:url(x)', 'background:#1f2937;color:#ffffff'],
  ])('is readable on the colour %s', (primaryColor, style) => {
    expect(written(contents[0] as MailContent, { ...acme, primaryColor }).html).toContain(style);
  });

  it('shows a logo over https alone', () => {
    const withLogo = (logoUrl: string) => written(contents[0] as MailContent, { ...acme, logoUrl }).html;
    expect(withLogo('https://a.example/logo.png')).toContain('<img src="https://a.example/logo.png"');
    expect(withLogo('http://a.example/logo.png')).not.toContain('<img');
  });
});
