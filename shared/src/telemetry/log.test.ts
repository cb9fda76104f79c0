import { describe, expect, it } from 'vitest';
import { hostileOrigins, hostileWords } from '../testing/mod.ts';
import { logger } from './log.ts';

function lines(withPersonalData = false) {
  const written: string[] = [];
  const log = logger({
    service: 'test',
    withPersonalData,
    destination: { write: (line: string) => void written.push(line) },
  });
  return { log, text: () => written.join('') };
}

describe('a log line', () => {
  it('is one line, whatever is told in it, and tells it as it is', () => {
    for (const word of [...hostileWords, ...hostileOrigins]) {
      const { log, text } = lines();
      log.info({ word, deep: [{ word }] }, 'x');
      expect(text().split('\n')).toEqual([expect.any(String), '']);
      expect(JSON.parse(text())).toMatchObject({ level: 'info', msg: 'x', word, deep: [{ word }] });
    }
  });
  it('cuts whatever stands under the name of a secret, however deep', () => {
    const { log, text } = lines();
    log.info(
      { request: { headers: { authorization: 'canary-1' }, body: [{ authToken: 'canary-2' }] }, seed: 'canary-3' },
      'x',
    );
    expect(text()).not.toMatch(/canary/);
  });
  it('leaves personal data out unless it is asked for', () => {
    const without = lines();
    without.log.info({ 'pii.ip': '192.0.2.1' }, 'x');
    expect(without.text()).not.toContain('192.0.2.1');
    const withIt = lines(true);
    withIt.log.info({ 'pii.ip': '192.0.2.1' }, 'x');
    expect(withIt.text()).toContain('192.0.2.1');
  });
  it('tells an error by kind and place, never by a foreign message', () => {
    const { log, text } = lines();
    log.error({ error: new Error('canary', { cause: new TypeError('canary too') }) }, 'x');
    expect(text()).not.toMatch(/canary/);
    expect(text()).toContain('TypeError');
  });
});
