import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig } from '@vox/platform/config';
import { describe, expect, it } from 'vitest';
import { services } from './configuration.ts';
import { pages } from './pages.ts';

const root = new URL('../../../', import.meta.url);

describe('a generated page', () => {
  it.each(Object.keys(pages))('%s is what the code generates today (make docs)', (path) => {
    expect(readFileSync(fileURLToPath(new URL(path, root)), 'utf8')).toBe(pages[path]?.());
  });
});

describe('the configuration', () => {
  const mistakesOf = (service: string, env: Record<string, string>): readonly string[] => {
    try {
      const { schema, rules } = services[service] as (typeof services)[string];
      readConfig(schema, env, rules);
      return [];
    } catch (error) {
      return (error as { mistakes: readonly string[] }).mistakes;
    }
  };
  const names = Object.keys(services);

  it.each(names)('of %s lists every mistake at once, by name', (service) => {
    const mistakes = mistakesOf(service, {
      NODE_ENV: 'prod',
      LOG_LEVEL: 'loud',
      PRIVATE_PORT: '0',
      NATS_NKEY_SEED: 'x',
    });
    for (const name of ['NODE_ENV', 'LOG_LEVEL', 'PRIVATE_PORT', 'NATS_URL', 'NATS_NKEY_SEED'])
      expect(mistakes.some((mistake) => mistake.startsWith(`${name}: `))).toBe(true);
  });
  it.each(names)('of %s has no default for a secret, and requires its nkey in production', (service) => {
    const mistakes = mistakesOf(service, {});
    expect(mistakes).toContain('NATS_NKEY_SEED: is required in production');
    const { schema } = services[service] as (typeof services)[string];
    const secrets = ['SEAL_KEY', 'CODE_PEPPER', 'SMTP_URL', 'MAIL_FROM', 'SECRET_KEY', 'OPENAI_API_KEY'].filter(
      (name) => name in schema.shape,
    );
    for (const name of secrets) expect(mistakes).toContain(`${name}: is required`);
  });
  it('of edge-guard is refused in production without bot protection', () => {
    expect(mistakesOf('edge-guard', { DISABLE_BOT_PROTECTION: 'true' })).toContain(
      'DISABLE_BOT_PROTECTION: is refused in production',
    );
    const unproductive = mistakesOf('edge-guard', { DISABLE_BOT_PROTECTION: 'true', NODE_ENV: 'development' });
    expect(unproductive.some((mistake) => mistake.startsWith('DISABLE_BOT_PROTECTION'))).toBe(false);
  });
});
