export type { CellKind, Cells, Change, Found } from './cells.ts';
export { type MemoryCellsOptions, memoryCells } from './memory.ts';
