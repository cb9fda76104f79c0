import { measure } from '../measure.ts';
import type { Table } from '../table.ts';
import { againstFloor, pair } from './against-floor.ts';

/** A server that speaks MongoDB's protocol may bear little more than a hundred grants a second. */
const perSecond = 50;

export const grant: Table = {
  name: 'grant',
  title: 'A whole grant',
  measure: async (servers, report) => {
    report(
      await pair(
        servers,
        { path: 'whole grant, stores on the twins', floor: 'Express and three JetStream hops', aim: 0.7 },
        { ours: { name: 'grant on twins' }, bare: { name: 'bare chain' } },
      ),
    );
    const ours = await measure(servers, { name: 'grant on mongo', perSecond });
    const writes = String(Math.round(ours.writesPerRequest));
    const bare = await measure(servers, { name: 'bare chain with writes', perSecond, env: { WRITES: writes } });
    const names = { path: 'whole grant, stores on MongoDB', floor: `the chain with ${writes} writes`, aim: 0.8 };
    report(againstFloor({ ...names, ours, bare }));
  },
};
