import { type MongoStore, mongoCells } from '@vox/platform/store';
import { type Budgets, budgetCells } from './budgets.ts';
import { type Requests, requestCells } from './requests.ts';

export const mongoBudgets = ({ db }: MongoStore): Promise<Budgets> => mongoCells(db, budgetCells);
export const mongoRequests = ({ db }: MongoStore): Promise<Requests> => mongoCells(db, requestCells);
