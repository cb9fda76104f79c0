import { randomBytes, randomUUID } from 'node:crypto';
import { profilesOf } from '@vox/contracts';
import { sealKeysFrom } from '@vox/platform/crypto';
import { egress, wayOutOf } from '@vox/platform/egress';
import { openBus, openClock, openStore, runService } from '@vox/platform/lifecycle';
import { openMasterKeys } from '@vox/platform/master-keys';
import { codeRulesOf, config, defaultsOf, invitationsOf, loginRulesOf, publicOriginsOf } from './config.ts';
import { smtpServer } from './courier/mod.ts';
import { mongoStores } from './mongo.ts';
import { startAuth } from './service.ts';
import { fetchThrough } from './single-sign-on/publish/fetch-outside.ts';
import { dnsTxt } from './single-sign-on/publish/resolve-txt.ts';

const name = 'auth';
const dnsTimeoutMs = 2_000;

await runService({
  name,
  ...config,
  env: process.env,
  argv: process.argv,
  async open(settings, lifecycle) {
    const store = await openStore(name, settings, lifecycle);
    const bus = await openBus(name, settings, lifecycle);
    const clock = await openClock(bus, lifecycle);
    const auth = await startAuth({
      bus,
      copy: lifecycle.copy,
      ...(await mongoStores(store)),
      defaults: defaultsOf(settings),
      providers: profilesOf(settings.PROVIDERS),
      sealKey: sealKeysFrom(settings.SEAL_KEY, settings.SEAL_KEY_PREVIOUS),
      masterKeys: openMasterKeys(settings, lifecycle, clock),
      codeRules: codeRulesOf(settings),
      codePeppers: [settings.CODE_PEPPER, ...(settings.CODE_PEPPER_PREVIOUS ? [settings.CODE_PEPPER_PREVIOUS] : [])],
      loginRules: loginRulesOf(settings),
      invitations: invitationsOf(settings),
      mailServer: smtpServer({ url: settings.SMTP_URL, from: settings.MAIL_FROM, isPlain: settings.SMTP_PLAIN }),
      publicOrigins: publicOriginsOf(settings),
      allowLoopbackHttp: settings.SSO_ALLOW_LOOPBACK_HTTP,
      fetchOutside: fetchThrough(
        egress({
          ...{ purpose: 'single-sign-on', ports: [443], allowLoopback: settings.SSO_ALLOW_LOOPBACK_HTTP },
          ...wayOutOf(settings),
        }),
      ),
      resolveTxt: dnsTxt(dnsTimeoutMs),
      clock,
      uuid: randomUUID,
      random: randomBytes,
      egress: egress({
        ...{ purpose: 'webhooks', ports: settings.WEBHOOK_PORTS, allowLoopback: settings.WEBHOOK_LOOPBACK },
        ...wayOutOf(settings),
        // The queue of an endpoint that fails rests by itself.
        breaker: false,
      }),
      log: lifecycle.log,
      sweepMs: 1_000,
    });
    lifecycle.onStop(auth.stop);
  },
});
