export { type Machine, type MachineRequest, type ProveMachine, proveMachine } from './accept/prove-machine.ts';
export { proveKey } from './command/prove-key.ts';
