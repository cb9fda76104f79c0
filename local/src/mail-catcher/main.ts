import { positive } from '@vox/platform/config';
import { configured } from '@vox/platform/lifecycle';
import { z } from 'zod';
import { openMailCatcher } from './mail-catcher.ts';

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: positive(65_535).default(8_025).describe('where the page is served'),
  SMTP_PORT: positive(65_535).default(1_025).describe('where mails are taken'),
});

const settings = configured('the mail catcher', { schema, rules: [] }, process.env, process.argv);
const catcher = await openMailCatcher({ host: settings.HOST, port: settings.PORT, smtpPort: settings.SMTP_PORT });
process.stdout.write(`mails are taken at ${catcher.smtpUrl} and shown at ${catcher.url}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void catcher.close().then(() => process.exit(0)));
