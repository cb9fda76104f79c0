export { changeEvery, withChanged } from './change-every.ts';
export {
  type Counted,
  type Counter,
  type Counters,
  counterDueAtMs,
  countersIn,
  leftPending,
  type Pending,
} from './counter.ts';
export {
  type DocumentStore,
  documentShardKey,
  type StoredDocument,
  type StoredKind,
  type Update,
} from './documents.ts';
export { ensureIndex } from './ensure-index.ts';
export { everyTagged } from './every.ts';
export { holdGeneration, storeGeneration } from './generation.ts';
export { type MemoryDocumentsOptions, memoryDocuments } from './memory.ts';
export { mongoDocuments } from './mongo.ts';
export { concerns, connectMongo, type MongoOptions, type MongoStore } from './mongo-connection.ts';
export { isDuplicateKey } from './mongo-rows.ts';
export { type KeyRange, rowsOf } from './rows.ts';
