import type { Table } from '../table.ts';
import { pair } from './against-floor.ts';

export const edge: Table = {
  name: 'edge',
  title: 'The edge alone',
  measure: async (servers, report) => {
    report(
      await pair(
        servers,
        { path: 'refused at the edge', floor: 'Express that parses the same JSON', aim: 0.8 },
        { ours: { name: 'edge refuses', refused: true }, bare: { name: 'bare json' } },
      ),
    );
    report(
      await pair(
        servers,
        { path: 'edge decision that passes', floor: 'Express and one Redis round trip', aim: 0.8 },
        { ours: { name: 'edge passes' }, bare: { name: 'bare redis' } },
      ),
    );
    report(
      await pair(
        servers,
        { path: 'the same by a widget token', floor: 'the same and one signature verified by jose', aim: 0.8 },
        { ours: { name: 'edge passes by token' }, bare: { name: 'bare redis and token' } },
      ),
    );
  },
};
