import { measure } from '../measure.ts';
import type { Table } from '../table.ts';
import { against, pair } from './against-floor.ts';

/** A MongoDB-wire server may bear no more than a hundred and some grants a second. */
const perSecond = 50;

export const grant: Table = {
  name: 'grant',
  title: 'A whole grant',
  measure: async (servers, tell) => {
    tell(
      await pair(
        servers,
        { path: 'whole grant, stores on the twins', floor: 'Express and three JetStream hops', aim: 0.7 },
        { is: { name: 'grant on twins' }, of: { name: 'bare chain' } },
      ),
    );
    const is = await measure(servers, { name: 'grant on mongo', perSecond });
    const writes = String(Math.round(is.writesPerRequest));
    const of = await measure(servers, { name: 'bare chain with writes', perSecond, env: { WRITES: writes } });
    const names = { path: 'whole grant, stores on MongoDB', floor: `the chain with ${writes} writes`, aim: 0.8 };
    tell(against({ ...names, is, of }));
  },
};
