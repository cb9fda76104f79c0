import express, { type Express } from 'express';

/** What becomes of the widget on a page: a call, its frame, an error with this code, or it is not loaded at all. */
export type Outcome = 'call' | 'frame' | 'not loaded' | `error ${string}`;

/** A page with policies, by their rows in docs/widget.md. `frame` puts it into a frame of its own site. */
export type PolicyPage = Readonly<{
  rows: readonly string[];
  headers?: (vox: string) => Readonly<Record<string, string>>;
  frame?: string;
  outcome: Outcome;
}>;

const csp = (directives: string) => ({ 'Content-Security-Policy': directives });

/** The least that a page with a strict policy must allow. */
export const strictPolicy = (vox: string): string =>
  `default-src 'none'; script-src 'self' ${vox}; connect-src ${vox}; frame-src ${vox}; base-uri 'none'; ` +
  "require-trusted-types-for 'script'; trusted-types 'none'";

const [microphone, opener, referrer] = [
  'Permissions-Policy: microphone',
  'Cross-Origin-Opener-Policy',
  'Referrer-Policy',
];
const [sandbox, allow] = ['<iframe sandbox> around the page', '<iframe allow> around the page'];
const sources = ['style-src', 'img-src', 'media-src', 'worker-src'];

/** The rows of the table of page policies: all that a page may forbid at once, and each that it must not. */
export const policyPages: readonly PolicyPage[] = [
  {
    rows: [...sources, 'require-trusted-types-for', microphone, opener, referrer],
    headers: (vox) => ({
      ...csp(strictPolicy(vox)),
      'Permissions-Policy': `microphone=(self "${vox}")`,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
    }),
    outcome: 'call',
  },
  {
    rows: ['script-src'],
    headers: (vox) => csp(`default-src 'none'; script-src 'self'; connect-src ${vox}; frame-src ${vox}`),
    outcome: 'not loaded',
  },
  {
    rows: ['connect-src'],
    headers: (vox) => csp(`default-src 'none'; script-src 'self' ${vox}; frame-src ${vox}`),
    outcome: 'error CONNECT_BLOCKED',
  },
  {
    rows: ['frame-src'],
    headers: (vox) => csp(`default-src 'none'; script-src 'self' ${vox}; connect-src ${vox}`),
    outcome: 'error FRAME_BLOCKED',
  },
  {
    rows: [microphone],
    headers: () => ({ 'Permissions-Policy': 'microphone=(self)' }),
    outcome: 'error MICROPHONE_POLICY',
  },
  {
    rows: ['Cross-Origin-Embedder-Policy'],
    headers: () => ({ 'Cross-Origin-Embedder-Policy': 'credentialless' }),
    outcome: 'error FRAME_BLOCKED',
  },
  { rows: [sandbox], frame: 'sandbox="allow-scripts"', outcome: 'error ORIGIN_MISMATCH' },
  { rows: [sandbox, allow], frame: 'sandbox="allow-scripts allow-same-origin"', outcome: 'frame' },
  { rows: [allow], frame: `allow="microphone 'none'"`, outcome: 'error MICROPHONE_POLICY' },
];

/** What a theme, and a page that is drawn with it, does to elements that it does not know. */
const resets = `
  * { margin: 0; padding: 0; font: inherit; line-height: 3; letter-spacing: 4px; box-sizing: content-box; }
  button, svg { all: unset; width: 100% !important; height: auto !important; min-width: 300px !important; opacity: .1;
    position: static !important; transform: scale(3); text-transform: uppercase; }
  iframe, dialog { position: static !important; width: 100% !important; height: auto !important; max-width: 50px; }
  div:empty, body > :last-child, body > :not(h1, section, script) { display: none; visibility: hidden; }`;

/** Notes what the page is told, before the widget is there. */
const listening = `window.events = []; window.violations = []; setTimeout(() => (window.isDone = true), 500);
  for (const name of ['ready', 'session:start', 'session:end', 'message', 'error'])
    addEventListener('vox:' + name, ({ detail }) => window.events.push([name, detail]));
  document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.effectiveDirective));`;

/** Wakes what an optimiser put to sleep: a copy with another type, or with the address in its place. */
const waking = `for (const asleep of document.querySelectorAll('script[type$="-text/javascript"], [data-rocket-src]')) {
    const awake = document.createElement('script');
    for (const { name, value } of asleep.attributes)
      if (name !== 'type') awake.setAttribute(name === 'data-rocket-src' ? 'src' : name, value);
    asleep.replaceWith(awake);
  }`;

type Tag = Readonly<{ src: string; key: string; text: string }>;

/** What content systems, their themes and their optimisers make of the one tag. */
export const siteTags: Readonly<Record<string, (tag: Tag) => string>> = {
  'a WordPress page with a deferred tag and a version': ({ src, key }) =>
    `<script id="vox-js" src="${src}?ver=6.9.1" data-cfasync="false" data-wp-strategy="defer" defer
       data-tenant-widget-key="${key}"></script>`,
  'a page whose optimiser rewrites the type of each script': ({ src, key }) =>
    `<script type="5b1c-text/javascript" src="${src}" data-tenant-widget-key="${key}"></script>
     <script>setTimeout(() => { ${waking} }, 50);</script>`,
  'a page whose optimiser holds back the address of each script': ({ src, key }) =>
    `<script type="rocketlazyloadscript" data-rocket-src="${src}" data-tenant-widget-key="${key}"></script>
     <script>setTimeout(() => { ${waking} }, 50);</script>`,
  'a page whose tag became a module': ({ src, key }) =>
    `<script type="module" src="${src}" data-tenant-widget-key="${key}"></script>`,
  'a page whose optimiser puts the text of the script into the page': ({ src, key, text }) =>
    `<script>window.voxConfig = ${JSON.stringify({ base: new URL(src).origin, widgetKey: key })};</script>
     <script>${text}</script>`,
  'a Shopify page that renders its section again': ({ src, key }) =>
    `<script src="${src}" data-tenant-widget-key="${key}"></script>
     <script>setTimeout(() => {
       const section = document.querySelector('section');
       section.replaceWith(document.createRange().createContextualFragment(section.outerHTML));
     }, 200);</script>`,
  'a page with the tag twice, and the older name of the script': ({ src, key }) =>
    [src, src, src.replace('voice-widget', 'widget')]
      .map((each) => `<script async src="${each}" data-tenant-widget-key="${key}"></script>`)
      .join(''),
};

const pageOf = (body: string, style = ''): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Shop</title>${style}
  <body><h1>Shop</h1><section><p>Things</p><script src="/listen.js"></script>${body}</section></body></html>`;

/** A site with a page for each policy (`/policy/0`) and for each tag (`/site/0`). */
export function sitePages(vox: string, key: () => string): Express {
  const app = express();
  const src = `${vox}/voice-widget.js`;
  const tag = () => `<script src="${src}" data-tenant-widget-key="${key()}"></script>`;
  app.get('/listen.js', (_request, response) => void response.type('js').send(listening));
  for (const [at, { headers, frame }] of policyPages.entries()) {
    app.get(`/policy/${at}`, (_request, response) => {
      const outer = `<iframe src="/policy/${at}/inner" ${frame} width="900" height="560"></iframe>`;
      response
        .set(headers?.(vox))
        .type('html')
        .send(pageOf(frame === undefined ? tag() : outer));
    });
    app.get(`/policy/${at}/inner`, (_request, response) => void response.type('html').send(pageOf(tag())));
  }
  for (const [at, tagOf] of Object.values(siteTags).entries())
    app.get(`/site/${at}`, async (_request, response) => {
      const text = await (await fetch(src)).text();
      response.type('html').send(pageOf(tagOf({ src, key: key(), text }), `<style>${resets}</style>`));
    });
  return app;
}
