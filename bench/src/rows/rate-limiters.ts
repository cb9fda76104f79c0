import { type Measured, measure } from '../measure.ts';
import type { Table } from '../table.ts';

const others = ['express-rate-limit', 'rate-limiter-flexible'] as const;

/** The limits of an edge decision by other libraries. They decide less: no key, no origin, no tenant, no fact. */
export const rateLimiters: Table = {
  name: 'rate-limiters',
  title: 'The same limits through what else there is, on the same Redis',
  measure: async (servers, report) => {
    for (const what of ['refuses', 'passes'] as const) {
      const refused = what === 'refuses';
      const ours = await measure(servers, { name: `edge ${what}`, refused });
      const row = (by: string, it: Measured) =>
        report({
          path: refused ? 'refused' : 'passes',
          by,
          perSecond: it.perSecond,
          oursPerTheirs: ours.perSecond / it.perSecond,
          p50Ms: it.p50Ms,
          p99Ms: it.p99Ms,
          openP99Ms: it.openP99Ms,
          failed: it.failed,
          residentMib: it.residentMib,
        });
      row('VOX', ours);
      for (const by of others) row(by, await measure(servers, { name: `${by} ${what}`, refused }));
    }
  },
};
