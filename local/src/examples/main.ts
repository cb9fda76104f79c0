import { httpUrl, positive } from '@vox/platform/config';
import { listen } from '@vox/platform/http';
import { configured } from '@vox/platform/lifecycle';
import { z } from 'zod';
import { exampleNames, examplePages } from './examples.ts';

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: positive(65_535).default(8_091),
  VOX_URL: httpUrl().describe('where a browser reaches edge-guard'),
  WIDGET_KEY: z.string().min(1).describe('a key that is bound to the origin of this server'),
});
const settings = configured('the examples', { schema, rules: [] }, process.env, process.argv);
const pages = examplePages({ base: settings.VOX_URL, widgetKey: () => settings.WIDGET_KEY });
const server = await listen(pages, { host: settings.HOST, port: settings.PORT });
process.stdout.write(`${exampleNames.map((name) => `${server.url}/${name}/`).join('\n')}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void server.close(0).then(() => process.exit(0)));
