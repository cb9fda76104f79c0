import { describe, expect, it } from 'vitest';
import { amountTyped } from './amount-typed.js';
import { amount, calendarDay, dollars, duration, fromNow, moment } from './format.js';
import { snippetOf } from './snippet.js';

describe('a figure of the console', () => {
  it('is money of micro-dollars, time of seconds, or a number, in the language of the page', () => {
    expect(dollars('en', 1_234_567)).toBe('$1.2346');
    expect([duration(0), duration(62), duration(3_723), duration(-5)]).toEqual(['0:00', '1:02', '1:02:03', '0:00']);
    expect(amount('en', 'microsPerDay', 20_000_000)).toBe('$20.00');
    expect(amount('en', 'secondsPerMonth', 600)).toBe('10:00');
    expect(amount('en', 'tokensPerDay', 300_000)).toBe('300,000');
    expect(amount('es', 'tokensPerDay', 300_000)).toBe('300.000');
  });
  it('is typed in dollars and minutes, and kept in micro-dollars and seconds', () => {
    expect(amountTyped('microsPerDay', '12.5')).toBe(12_500_000);
    expect(amountTyped('microsPerDay', '0.1')).toBe(100_000);
    expect(amountTyped('secondsPerDay', '1.5')).toBe(90);
    expect(amountTyped('tokensPerDay', '1000')).toBe(1_000);
  });
});

describe('a time of the console', () => {
  it('is shown in the zone of the tenant, which it names', () => {
    expect(moment('en', 'UTC', '2026-05-01T22:30:00.000Z')).toContain('10:30:00');
    const there = moment('en', 'Asia/Tokyo', '2026-05-01T22:30:00.000Z');
    expect(there).toContain('May 2, 2026');
    expect(there).toContain('GMT+9');
  });
  it('is a day as it was counted, whatever the zone', () => {
    expect(calendarDay('en', '2026-05-01')).toBe('May 1, 2026');
  });
  it('says how far off it is', () => {
    const now = Date.parse('2026-05-01T00:00:00Z');
    expect(fromNow('en', '2026-05-04T01:00:00Z', now)).toBe('in 3 days');
    expect(fromNow('en', '2026-04-30T22:00:00Z', now)).toBe('2 hours ago');
    expect(fromNow('es', '2026-05-01T00:00:20Z', now)).toBe('dentro de 20 segundos');
  });
});

describe('a snippet', () => {
  it('is one line that the embed script finds, and nothing in it ends an attribute', () => {
    expect(snippetOf('https://vox.example', 'w_acme_shop_0123456789abcdef')).toBe(
      '<script src="https://vox.example/voice-widget.js" data-tenant-widget-key="w_acme_shop_0123456789abcdef" async></script>',
    );
    expect(snippetOf('x"><b', '&')).toContain('src="x&#34;&#62;&#60;b/voice-widget.js" data-tenant-widget-key="&#38;"');
  });
});
