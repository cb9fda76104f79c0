export type { BooksSource } from './open.ts';
export { type Report, verifyBooks } from './report.ts';
