import { describe, expect, it } from 'vitest';
import { clock } from '../../checks/asked.fixture.ts';
import { shown, verifying } from '../../checks/tenants.fixture.ts';
import { shownWidgetToken } from './shown-widget-token.ts';

describe('a widget token that need not be shown', () => {
  const run = shownWidgetToken.run({ verifyWidget: verifying(shown), clock });
  it('is verified where it is shown', async () => {
    expect(await run({ token: 'good' })).toEqual({ shown });
    await expect(run({ token: 'bad' })).rejects.toThrow();
  });
  it('may be left out', async () => {
    expect(await run({ token: undefined })).toEqual({ shown: undefined });
  });
});
