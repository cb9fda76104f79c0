import type { Table } from '../table.ts';
import { pair } from './against-floor.ts';

export const edge: Table = {
  name: 'edge',
  title: 'The edge alone',
  measure: async (servers, tell) => {
    tell(
      await pair(
        servers,
        { path: 'refused at the edge', floor: 'Express that parses the same JSON', aim: 0.8 },
        { is: { name: 'edge refuses', refused: true }, of: { name: 'bare json' } },
      ),
    );
    tell(
      await pair(
        servers,
        { path: 'edge decision that passes', floor: 'Express and one Redis round trip', aim: 0.8 },
        { is: { name: 'edge passes' }, of: { name: 'bare redis' } },
      ),
    );
    tell(
      await pair(
        servers,
        { path: 'the same by a widget token', floor: 'the same and one signature verified by jose', aim: 0.8 },
        { is: { name: 'edge passes by token' }, of: { name: 'bare redis and token' } },
      ),
    );
  },
};
