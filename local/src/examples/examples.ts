import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';
import { rolldown } from 'rolldown';

export const exampleNames = ['script-tag', 'module', 'react', 'headless'] as const;

/** What stands in the examples, so that they can be copied as they are. */
const written = { base: 'https://vox.example', widgetKey: 'w_acme_site_0123456789abcdef' };

type Options = Readonly<{
  /** The origin of VOX. */
  base: string;
  widgetKey: () => string;
  /** The folder with the examples. Packages are looked for from there on upwards. */
  folder?: string;
}>;

/** The examples of the widget with a VOX and a key that are there, bundled as a tenant bundles them: `/react/`. */
export function examplePages({ base, widgetKey, folder = examplesFolder }: Options): Express {
  const here = (text: string) => text.replaceAll(written.base, base).replaceAll(written.widgetKey, widgetKey());
  const app = express();
  app.disable('x-powered-by');
  for (const name of exampleNames) {
    app.get(`/${name}/`, (_request, response) => {
      response.type('html').send(here(readFileSync(join(folder, name, 'index.html'), 'utf8')));
    });
    app.get(`/${name}/app.js`, async (_request, response) => {
      response.type('js').send(here(await bundled(join(folder, name, 'app.js'))));
    });
  }
  return app;
}

const examplesFolder = fileURLToPath(new URL('../../../widget/examples/', import.meta.url));

/** A module and all that it imports as one. React says more of what is wrong while it is being developed with. */
async function bundled(input: string): Promise<string> {
  const define = { 'process.env.NODE_ENV': "'development'" };
  // The mark `use client` is for frameworks that render on a server; alone, a bundler drops it.
  const checks = { moduleLevelDirective: false };
  await using bundle = await rolldown({ input, platform: 'browser', checks, transform: { define } });
  const { output } = await bundle.generate({ format: 'es', codeSplitting: false });
  return output[0].code;
}
