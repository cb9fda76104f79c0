import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

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

/** Chromium with a pretended microphone, from CHROMIUM_PATH or where Debian puts it. `undefined` when there is none, said aloud. */
export async function chromiumBrowser(env: Readonly<Record<string, string | undefined>>): Promise<Browser | undefined> {
  const executablePath = env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (existsSync(executablePath)) return chromium.launch({ executablePath, args: flags });
  const missing = `there is no Chromium at ${executablePath}`;
  if (env.REQUIRE_SERVERS === '1') throw new Error(`REQUIRE_SERVERS=1, and ${missing}`);
  process.stderr.write(`SKIPPED: what needs a browser, for ${missing}\n`);
  return undefined;
}
