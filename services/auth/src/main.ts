import { randomBytes, randomUUID } from 'node:crypto';
import { openBus, openClock, openStore, runService } from '@vox/platform/lifecycle';
import { codeRulesOf, config, defaultsOf, invitationsOf, loginRulesOf } from './config.ts';
import { smtpServer } from './courier/mod.ts';
import { mongoStores } from './mongo.ts';
import { startAuth } from './service.ts';

const name = 'auth';

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
      ...(await mongoStores(store)),
      defaults: defaultsOf(settings),
      sealKey: settings.SEAL_KEY,
      codeRules: codeRulesOf(settings),
      codePeppers: [settings.CODE_PEPPER, ...(settings.CODE_PEPPER_PREVIOUS ? [settings.CODE_PEPPER_PREVIOUS] : [])],
      loginRules: loginRulesOf(settings),
      invitations: invitationsOf(settings),
      mailServer: smtpServer({ url: settings.SMTP_URL, from: settings.MAIL_FROM, isPlain: settings.SMTP_PLAIN }),
      clock,
      uuid: randomUUID,
      random: randomBytes,
      log: lifecycle.log,
      sweepMs: 1_000,
    });
    lifecycle.onStop(auth.stop);
  },
});
