import { withoutDrawn } from '@vox/testing';
import { describe, expect, it } from 'vitest';

import {
  appended,
  card,
  ended,
  granted,
  openFixture,
  publish,
  type SaidMessage,
  whose,
} from '../transcripts.fixture.ts';

describe('a card that the edge let pass', () => {
  it('is cut in its message or across messages, and published without a digit of it', async () => {
    const { bus, settle, finalise, read, stop } = await openFixture();
    const parts: readonly SaidMessage[] = [
      { id: 'a', text: `my card is ${card} thanks`, second: 1 },
      { id: 'b', text: 'and the other one: 5555 5555', second: 10 },
      { id: 'c', text: '5555 4444', second: 11 },
    ];
    for (const fact of [granted, ...parts.map((each) => appended(each)), ended]) await publish(bus, fact);
    await settle();
    await finalise();
    const text = JSON.stringify((await read()).messages);
    expect(text).not.toMatch(/4111|1111|5555|4444/);
    expect(text).toContain('my card is [REDACTED:card] thanks');
    const slipped = bus.published().filter(({ type }) => type.startsWith('vox.privacy.source-slipped'));
    expect(slipped).toHaveLength(2);
    expect(slipped[0]?.data).toEqual({ ...whose, source: 'edge-guard', found: [{ kind: 'card', count: 1 }] });
    expect(withoutDrawn(JSON.stringify(slipped))).not.toMatch(/4111|1111|5555/);
    await stop();
  });

  it('is not seen in an order number that was asked for, and nothing is published', async () => {
    const { bus, settle, finalise, read, stop } = await openFixture();
    const parts: readonly SaidMessage[] = [
      { id: 'a', role: 'assistant', text: 'And your order number?', second: 1 },
      { id: 'b', text: '45123398', second: 2 },
    ];
    for (const fact of [granted, ...parts.map((each) => appended(each)), ended]) await publish(bus, fact);
    await settle();
    await finalise();
    expect((await read()).messages.map(({ text }) => text)).toEqual(parts.map(({ text }) => text));
    expect(bus.published().filter(({ type }) => type.startsWith('vox.privacy.source-slipped'))).toEqual([]);
    await stop();
  });
});
