export type { CellKind, Cells, Change, Found } from './cells.ts';
export { everyTagged } from './every.ts';
export { type MemoryCellsOptions, memoryCells } from './memory.ts';
export { mongoCells } from './mongo.ts';
export { connectMongo, type MongoOptions, type MongoStore } from './mongo-connection.ts';
export { isDuplicateKey } from './mongo-rows.ts';
export { type KeyRange, rowsOf } from './rows.ts';
export { type Counted, leftPending, type Pending, type Tallies, type Tally, talliesIn, tallyDueAtMs } from './tally.ts';
