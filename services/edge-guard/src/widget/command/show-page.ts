import { readFileSync } from 'node:fs';
import type { Policy } from '@vox/contracts';
import { widgetFiles } from '@vox/widget/files';
import { filled } from '../decide/page.ts';
import { pagePolicy } from '../decide/page-policy.ts';

/** A page, and the rules that it is sent with. */
export type ShownPage = Readonly<{ html: string; policy: string }>;

/** The page of the call, for the one origin that may frame it. */
export function showPage({ providerUrl }: Readonly<{ providerUrl: string }>) {
  const html = readFileSync(widgetFiles.page, 'utf8');
  const provider = new URL(providerUrl).origin;
  return ({ policy, origin }: Readonly<{ policy: Policy; origin: string }>): ShownPage => ({
    html: filled(html, { ORIGIN: origin, PROVIDER: provider }),
    policy: pagePolicy(origin, provider, policy.bot.mode === 'turnstile'),
  });
}
