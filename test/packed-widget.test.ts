import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Project, projectWithWidget, run } from './packed-widget.ts';

type Door = string | Readonly<{ types: string; default: string }>;

describe('the widget as it is published', () => {
  let project: Project;
  beforeAll(async () => {
    project = await projectWithWidget();
  }, 60_000);
  afterAll(() => project?.close());

  it('holds what its doors name and the examples, and no test, no TypeScript and no page of VOX', async () => {
    const { files, folder } = project;
    const text = await readFile(join(folder, 'node_modules/@vox/widget/package.json'), 'utf8');
    const { exports } = JSON.parse(text) as { exports: Record<string, Door> };
    const doors = Object.values(exports).flatMap((door) => (typeof door === 'string' ? [] : Object.values(door)));
    expect(doors.length).toBe(6);
    for (const door of doors) expect(files).toContain(door.slice(2));
    expect(files).toEqual(expect.arrayContaining(['README.md', 'examples/react/app.js', 'examples/headless/app.js']));
    expect(files.filter((file) => /\.(test|fixture)\.|(?<!\.d)\.ts$|\.css$|src\/.*\.html$/.test(file))).toEqual([]);
  });

  it('is imported and rendered on a server, and touches no window there', async () => {
    await writeFile(
      join(project.folder, 'server.js'),
      `for (const name of ['window', 'document', 'location', 'localStorage', 'customElements'])
        Object.defineProperty(globalThis, name, { get() { throw new Error(name + ' was touched'); } });
      const { mountVoxWidget } = await import('@vox/widget');
      const { createCall } = await import('@vox/widget/client');
      const { VoxWidget, useVoxWidget } = await import('@vox/widget/react');
      const { createElement } = await import('react');
      const { renderToString } = await import('react-dom/server');
      const config = { base: 'https://vox.example', widgetKey: 'w_acme_site_0123456789abcdef' };
      const Page = () => createElement('p', null, useVoxWidget(config).state, createElement(VoxWidget, config));
      console.log(JSON.stringify([typeof mountVoxWidget, createCall(config).state, renderToString(createElement(Page))]));`,
    );
    const { stdout, stderr } = await run(process.execPath, ['server.js'], { cwd: project.folder });
    expect([JSON.parse(stdout), stderr]).toEqual([['function', 'idle', '<p>loading</p>'], '']);
  }, 60_000);

  it('has types for all that it shows, which a strict project checks with its own', async () => {
    await writeFile(
      join(project.folder, 'app.ts'),
      `import { mountVoxWidget } from '@vox/widget';
      import { type Caption, createCall } from '@vox/widget/client';
      import { VoxWidget } from '@vox/widget/react';
      import { createElement } from 'react';
      const config = { base: 'https://vox.example', widgetKey: 'w' };
      const off: () => void = mountVoxWidget(config).on('error', ({ code, message, hint }) => [code, message, hint]);
      const call = createCall({ ...config, audio: new Audio(), locale: 'fr' });
      const captions: Caption[] = [];
      call.on('caption', (caption) => captions.push(caption));
      const state: 'idle' | 'starting' | 'live' = await call.start({ agreed: 'hash' });
      createElement(VoxWidget, { ...config, onMessage: ({ role, text }) => [role, text, off, state] });
      // @ts-expect-error there is no such event
      call.on('captoin', () => undefined);
      // @ts-expect-error a call needs a key
      createCall({ base: 'https://vox.example' });`,
    );
    const options = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--target',
      'es2024',
      '--lib',
      'es2024,dom',
    ];
    const check = run('tsc', [...options, '--module', 'nodenext', '--types', '', 'app.ts'], { cwd: project.folder });
    await expect(check.catch(({ stdout }) => stdout)).resolves.toMatchObject({ stdout: '' });
  }, 60_000);
});
