import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { note, skipped } from './report.ts';

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

/**
 * Chromium with a fake microphone, from CHROMIUM_PATH or from Debian's path. When there is none, returns `undefined`
 * and reports it.
 */
export async function chromiumBrowser(env: Readonly<Record<string, string | undefined>>): Promise<Browser | undefined> {
  const executablePath = env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (existsSync(executablePath)) {
    const browser = await chromium.launch({ executablePath, args: flags });
    note({ kind: 'server', what: 'Chromium', version: browser.version(), from: executablePath }, env);
    return browser;
  }
  return skipped('a browser', `there is no Chromium at ${executablePath}`, env);
}
