export { Adapters, type Flow, type Outcome, type Preview, type Refusal, type Sink, type Step } from './flow.ts';
export { adaptersModule } from './module.ts';
