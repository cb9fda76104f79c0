import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Browser as Firefox } from 'puppeteer-core';
import { note, skipped } from './report.ts';
import { freePort } from './spawned.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Chromium with a fake microphone, from CHROMIUM_PATH or from Debian's path. When there is none, returns `undefined`
 * and reports it.
 */
export async function chromiumBrowser(env: Env, more: readonly string[] = []): Promise<Browser | undefined> {
  const executablePath = env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (existsSync(executablePath)) {
    const browser = await chromium.launch({ executablePath, args: [...flags, ...more] });
    note({ kind: 'server', what: 'Chromium', version: browser.version(), from: executablePath }, env);
    return browser;
  }
  return skipped('a browser', `there is no Chromium at ${executablePath}`, env);
}

/** Firefox with a fake microphone, that plays what it hears and finds its peer on this machine. */
const preferences = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
};

/**
 * Firefox by WebDriver BiDi, from FIREFOX_PATH or from Debian's path. When there is none, returns `undefined` and
 * reports it.
 */
export async function firefoxBrowser(env: Env): Promise<Firefox | undefined> {
  const executablePath = env.FIREFOX_PATH ?? '/usr/bin/firefox-esr';
  if (!existsSync(executablePath)) return skipped('Firefox', `there is no Firefox at ${executablePath}`, env);
  const { launch } = await import('puppeteer-core');
  const browser = await launch({ browser: 'firefox', executablePath, extraPrefsFirefox: preferences });
  note({ kind: 'server', what: 'Firefox', version: await browser.version(), from: executablePath }, env);
  return browser;
}

/** A page that can be frozen as a browser freezes tabs that nobody looks at, and woken again. */
export type FreezablePage = Readonly<{
  page: Page;
  freeze: () => Promise<void>;
  wake: () => Promise<void>;
  close: () => Promise<void>;
}>;

/**
 * Opens such a page in a Chromium of its own. Pages that Playwright opens always seem to be looked at, and are never
 * frozen, whatever the protocol answers: this one is left as the browser makes it.
 */
export async function freezablePage(env: Env): Promise<FreezablePage | undefined> {
  const port = await freePort();
  const browser = await chromiumBrowser(env, [`--remote-debugging-port=${port}`]);
  if (browser === undefined) return undefined;
  const connected = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  const [context = await connected.newContext()] = connected.contexts();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const become = async (state: 'frozen' | 'active'): Promise<void> => {
    await devtools.send('Page.setWebLifecycleState', { state });
  };
  return {
    page,
    freeze: () => become('frozen'),
    wake: () => become('active'),
    async close() {
      await connected.close();
      await browser.close();
    },
  };
}
