export { compile, revive, type Compiled } from './engine/compile.ts';
export { newState, step } from './engine/step.ts';
export type {
  CloseReason, Command, Context, Effect, OpenTask, Refusal, Rejection, StartTimer, Step,
} from './engine/command.ts';
export type { Multi, Phase, State, Status, Token } from './engine/state.ts';
export { nodeById } from './engine/model.ts';
export type {
  Definition, EventKind, EventSpec, Flow, Issue, Json, LoopSpec, Mapping, Node, NodeKind, Policy, TaskSpec, TimerSpec, Variables,
} from './engine/model.ts';
