import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { refusalAsPage } from './refusal-as-page.ts';

describe('a refusal of the widget’s page', () => {
  const run = refusalAsPage.run({});
  it('is a page for a browser, and says why as text', () => {
    const request = asked({ headers: { accept: 'html' } });
    run(request);
    const page = request.response.locals.refusalPage({ userMessage: '<b>no</b>' });
    expect(page).toContain('&#60;b&#62;no');
  });
  it('stays a problem for a program', () => {
    const request = asked({ headers: { accept: 'json' } });
    run(request);
    expect(request.response.locals.refusalPage).toBeUndefined();
  });
});
