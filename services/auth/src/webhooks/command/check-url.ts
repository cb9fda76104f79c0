import { mistakeSaid } from '@vox/contracts';
import type { Egress } from '@vox/platform/egress';
import { invalidField } from '@vox/platform/fault';

export type CheckUrlDependencies = Readonly<{ egress: Pick<Egress, 'check'> }>;

/** Throws the fault of a URL that may not be called. Where its name leads is checked each time that it is called. */
export function checkUrl({ egress }: CheckUrlDependencies, url: string): void {
  const refused = egress.check(url);
  if (refused !== undefined) throw invalidField('url', mistakeSaid(`hook-${refused}`));
}
