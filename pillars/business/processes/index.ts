export { compile, revive, type Compiled } from './engine/compile.ts';
export { newState, step } from './engine/step.ts';
export { kindOf } from './engine/command.ts';
export type {
  CloseReason, Command, Context, Effect, OpenTask, Refusal, Rejection, StartTimer,
} from './engine/command.ts';
export type { Multi, Phase, State, Status, Step, Token } from './engine/state.ts';
export { nodeById } from './engine/model.ts';
export type {
  Definition, EventKind, EventSpec, Flow, Issue, Json, LoopSpec, Mapping, Node, NodeKind, Policy, TaskSpec, TimerSpec, Variables,
} from './engine/model.ts';
export { definitionHash, nameDefinitions, type NamedDefinition } from './definitions.ts';
export { applyCommand, startInstance, writeOf, type Applied, type World } from './instances.ts';
export { processesModule } from './module.ts';
export { Processes } from './processes.ts';
export { fireDueTimers, type TimerHandler } from './timers.ts';
export type { Diagram, InstanceRow, InstanceWrite } from './store.ts';
export { migrate, previewMigration, type ElementMapping, type Migration as InstanceMigration, type Problem } from './engine/migration.ts';
export { migrateInstance, previewInstances, type Migrated } from './migrating.ts';
export { fireDueStarts, type Announcement, type InForce, type Surroundings } from './starts.ts';
export { startEvents, type StartEvent } from './engine/starts.ts';
