export type { ManagerDependencies } from './accept/manager.ts';
export { managerLimit } from './accept/manager-limit.ts';
