import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const textOf = (path: string): string => readFileSync(path, 'utf8');
const { version } = JSON.parse(textOf('package.json')) as { version: string };
const workspaces = globSync('{shared/*,services/*,cli,ops,local,bench,widget,console}/package.json');

describe('the version of VOX', () => {
  it.each(workspaces)('is the same in every workspace: %s', (path) => {
    expect(JSON.parse(textOf(path)).version).toBe(version);
  });
  it('is the tag and the label of the image', () => {
    const { services } = parse(textOf('docker-compose.yml'), { merge: true, maxAliasCount: -1 }) as {
      services: object;
    };
    const images = Object.values(services).map(({ image }: { image: string }) => image);
    expect(new Set(images.filter((image) => image.startsWith('vox')))).toEqual(
      new Set([`vox:${version}`, `vox-dev:${version}`]),
    );
    expect(textOf('Dockerfile')).toContain(`org.opencontainers.image.version=${version}\n`);
  });
  it('is that of the chart', () => {
    const chart = parse(textOf('ops/helm/vox/Chart.yaml')) as Record<string, string>;
    expect([chart.version, chart.appVersion]).toEqual([version, version]);
  });
  it('stands in the generated documents', () => {
    for (const path of ['docs/generated/openapi.json', 'docs/generated/asyncapi.json'])
      expect(JSON.parse(textOf(path)).info.version).toBe(version);
  });
  it('heads the list of changes', () => {
    const [latest] = [...textOf('CHANGELOG.md').matchAll(/^## \[?(\d+\.\d+\.\d+)/gm)].map(([, number]) => number);
    expect(latest).toBe(version);
  });
});
