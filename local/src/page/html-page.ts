import { escaped } from './escaped.ts';

export type HtmlPage = Readonly<{
  title: string;
  /** Of the policy under which the page is sent: nothing without it applies or runs. */
  nonce: string;
  style: string;
  body: string;
  script?: string;
}>;

/** A page of a local mode. Only its title is escaped here. */
export const htmlPage = ({ title, nonce, style, body, script = '' }: HtmlPage): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <title>${escaped(title)}</title>
    <style nonce="${nonce}">${style}</style>
  </head>
  <body>${body}${script === '' ? '' : `<script nonce="${nonce}">${script}</script>`}</body>
</html>`;
